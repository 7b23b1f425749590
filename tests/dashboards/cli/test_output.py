"""What the program does when nobody can take its output any more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboards.cli.layout import aligned, moment, shortened

FULL = Path("/dev/full")
PROGRAM = [sys.executable, "-c", "from dashboards.cli import main; main()"]


@pytest.mark.skipif(not FULL.exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("words", [["ask"], ["ask", "--json"], ["status", "--help"]])
def test_a_full_disk_is_exit_code_4_and_one_sentence(words: list[str]) -> None:
    with FULL.open("wb") as full:
        ended = subprocess.run([*PROGRAM, *words], stdout=full, stderr=subprocess.PIPE, check=False)
    said = ended.stderr.decode()
    assert ended.returncode == 4
    assert said == "La sortie n’a pas pu être écrite en entier : le disque est plein.\n"


def test_a_reader_that_leaves_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run([*PROGRAM, "ask"], stdout=writer, stderr=subprocess.PIPE, check=False)
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (0, b"")


def test_a_long_identifier_keeps_both_its_ends() -> None:
    assert shortened("CES-ESS-RA-2014-2016/organisation/CRESS", 20) == "CES-ESS-RA…ion/CRESS"
    assert len(shortened("x" * 500)) == 60
    assert shortened("a\nb\x1b[31m") == "a b [31m"
    assert aligned([["a", "bb"], ["ccc", "d"]], "  ") == ["  a    bb", "  ccc  d"]


def test_dates_are_french() -> None:
    assert moment("2016-03-01") == "01/03/2016"
    assert moment("") == "date inconnue"
    assert moment("2016-03-01T10:00:00+00:00").startswith("01/03/2016 à ")
