"""Words as a room reads them: few, whole, never cut in their middle."""

from dashboards import words


def shortened_text(text: str, most: int) -> str:
    """Return the first words of a text, with an ellipsis when some are left out.

    >>> shortened_text("un lieu partagé pour les associations", 3)
    'un lieu partagé…'
    """
    found = " ".join(text.split()).rstrip(".").split(" ")
    said = " ".join(found) if len(found) <= most else f"{' '.join(found[:most]).rstrip(',;:')}…"
    return words.typeset(said)


def capital(text: str) -> str:
    """Return a text with its first letter in capital."""
    return text[:1].upper() + text[1:]
