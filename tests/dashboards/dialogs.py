"""The dialogs that a page opens: a hostile name that runs opens one."""

from playwright.sync_api import Dialog, Page


def dialogs_of(page: Page) -> list[str]:
    """Return the list, filled from now on, of what the dialogs of a page say; each is dismissed."""
    said: list[str] = []

    def note(dialog: Dialog) -> None:
        said.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    return said
