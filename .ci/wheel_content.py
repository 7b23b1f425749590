"""Check that a wheel carries every file that git keeps in the four packages, and nothing of the tests."""

import subprocess
import sys
import zipfile

PACKAGES = ("graphmodel", "geodata", "loaders", "dashboards")


def main(wheel: str) -> int:
    """Compare the wheel with the checkout; print what differs, and return the exit code."""
    with zipfile.ZipFile(wheel) as archive:
        carried = {name for name in archive.namelist() if ".dist-info/" not in name}
    listed = subprocess.run(["git", "ls-files", *PACKAGES], check=True, capture_output=True, text=True)
    kept = set(listed.stdout.splitlines())
    for name in sorted(kept - carried):
        print(f"missing from the wheel: {name}")
    for name in sorted(carried - kept):
        print(f"in the wheel, not in git: {name}")
    print(f"{wheel}: {len(carried)} files")
    return int(kept != carried)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
