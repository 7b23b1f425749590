"""What the pages are for: a working document on this machine, a publication elsewhere, said in the header."""

import os
from contextlib import nullcontext

import pytest

from dashboards import frame, server
from dashboards.cli import serving
from dashboards.cli.session import SESSION
from dashboards.mode import MODE_VARIABLE, current_mode


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Stand in for the server: note the mode that its processes would read."""
    found: list[str] = []
    monkeypatch.setenv(MODE_VARIABLE, "")
    monkeypatch.setenv("MAILLAGE_PASSWORD", "mot de passe d’essai")
    monkeypatch.setattr(server, "serve", lambda *_, **__: found.append(os.environ[MODE_VARIABLE]))
    monkeypatch.setattr(type(SESSION), "open", lambda *_, **__: nullcontext())
    monkeypatch.setattr(type(SESSION), "served_url", lambda *_: "sqlite:///nulle-part.sqlite")
    return found


def test_the_mode_follows_the_address_unless_it_is_said(served: list[str]) -> None:
    serving.serve("127.0.0.1", 0, 1)
    serving.serve("0.0.0.0", 0, 1)
    serving.serve("127.0.0.1", 0, 1, "publication")
    serving.serve("0.0.0.0", 0, 1, "working")
    assert served == ["working", "publication", "publication", "working"]


def test_a_mode_that_nobody_set_is_the_careful_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(MODE_VARIABLE, raising=False)
    assert current_mode() == "publication"
    assert "Publication" in str(frame.mode_mark())
    monkeypatch.setenv(MODE_VARIABLE, "working")
    assert current_mode() == "working"
    assert "Document de travail" in str(frame.mode_mark())
