"""The territory of MINI, without its places, for the tests of territorial indicators."""

from typing import Any

MINI_TERRITORY: dict[str, Any] = {
    "communes": {
        "K1": {"pop": 50_000, "dep": "D1", "epci": "X", "zrr": False},
        "K2": {"pop": 30_000, "dep": "D2", "epci": "X", "zrr": False},
        "K3": {"pop": 10_000, "dep": "D1", "epci": "Y", "zrr": False},
        "K4": {"pop": 6_000, "dep": "D1", "epci": "Y", "zrr": True},
        "K5": {"pop": 4_000, "dep": "D2", "epci": "Y", "zrr": True},
    },
    "qpv": {
        "Q1": {"pop": 8_000, "commune": "K1"},
        "Q2": {"pop": 4_000, "commune": "K2"},
        "Q3": {"pop": 3_000, "commune": "K1"},
    },
    "syndicat_mixte": {"Z": ["K2", "K3", "K4"]},
    "actions": {
        "a1": {"axe": "I", "ubiquitaire": True},
        "a2": {"axe": "II"},
        "a3": {"axe": "II"},
        "a4": {"axe": "III"},
    },
}


def place(territory: str, **extra: Any) -> dict[str, Any]:
    """Return a row of `lieux`, targeted unless told otherwise."""
    return {"territoire": territory, "degre": "cible"} | extra


def paid(action: str | None, amount: float | None, **extra: Any) -> dict[str, Any]:
    """Return a row of `financements`, paid in 2014."""
    return {
        "action": action,
        "financeur": "Région",
        "annee": "2014",
        "nature": "paye",
        "montant": amount,
        "base": None,
    } | extra
