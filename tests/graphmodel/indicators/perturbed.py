"""Contracts like MINI, perturbed: what a data set from elsewhere may hold or lack, drawn from a seed."""

import random
from typing import Any

Data = dict[str, Any]

CRITERIA = ("elu_delegue", "deliberation", "budget", "agent", "commande_responsable", "co_construction")


def contract(seed: int) -> Data:
    """Return a data set in the exchange form; the same seed gives the same one.

    Waves without participation, actions without place, amounts unknown or zero, beneficiaries unknown or
    none, communes without EPCI, seats unknown, reports not received.
    """
    draw = random.Random(seed)
    communes = [f"K{at}" for at in range(1, draw.randint(4, 8))]
    data: Data = {"communes": {name: _commune(draw) for name in communes}}
    data["qpv"] = _quarters(draw, data["communes"])
    data["syndicat_mixte"] = {"Z": draw.sample(communes, draw.randint(1, len(communes)))}
    data["collectivites"] = {
        f"C{at}": {"communes": draw.sample(communes, draw.randint(1, len(communes))), "organisation": None}
        for at in range(draw.randint(2, 3))
    }
    data["operateurs"] = {name: _operator(draw, communes) for name in "ABCDEFGH"[: draw.randint(3, 8)]}
    data["familles_possibles"] = ["association", "cooperative", "mutuelle"]
    data["actions"] = {f"a{at}": _action(draw) for at in range(1, draw.randint(3, 7))}
    data["actions"]["ANIMATION"] = {"axe": None, "codee": False, "ubiquitaire": True}
    data["annees"] = ["2014", "2015", "2016"][: draw.randint(2, 3)]
    data["participe"] = _participations(draw, data)
    data["lieux"] = {
        year: {action: _places(draw, data) for action in data["actions"] if draw.random() < 0.75}
        for year in data["annees"]
    }
    data["financements"] = _payments(draw, data)
    data["bilans"] = _reports(draw, data)
    _add_policies(draw, data)
    return data


def _commune(draw: random.Random) -> Data:
    people = draw.choice((1000, 2500, 6000, 40_000))
    epci = draw.choice(("X", "Y", None))
    return {"pop": people, "dep": draw.choice(("D1", "D2")), "epci": epci, "zrr": draw.random() < 0.4}


def _quarters(draw: random.Random, communes: Data) -> Data:
    chosen = draw.sample(sorted(communes), draw.randint(1, 3))
    return {
        f"Q{at}": {"pop": draw.choice((100, 250, 400)), "commune": name} for at, name in enumerate(chosen, 1)
    }


def _operator(draw: random.Random, communes: list[str]) -> Data:
    world = draw.choice(("ESS", "ESS", "CLASSIQUE", "PUBLIC", "ESS_COMMERCIALE", "RECHERCHE"))
    seat = {"siege": draw.choice(communes)} if draw.random() < 0.8 else {}
    return {"monde": world, "famille": draw.choice(("association", "cooperative", None)), **seat}


def _action(draw: random.Random) -> Data:
    graded = draw.choice((True, False, None))
    return {
        "axe": draw.choice(("I", "II", None)),
        "ubiquitaire": draw.random() < 0.2,
        "innovation_sociale": graded,
    }


def _participations(draw: random.Random, data: Data) -> Data:
    names = sorted(data["operateurs"])
    found: Data = {}
    for year in data["annees"]:
        if year == data["annees"][0] or draw.random() < 0.85:
            told = {
                action: draw.sample(names, draw.randint(1, min(4, len(names))))
                for action in data["actions"] if draw.random() < 0.8
            }  # fmt: skip
            found |= {year: told} if told else {}
    return found


def _places(draw: random.Random, data: Data) -> list[Data]:
    groups = {row["epci"] for row in data["communes"].values() if row["epci"]}
    departements = {row["dep"] for row in data["communes"].values()}
    every = sorted({*data["communes"], *data["qpv"], *groups, *departements, "Z", *data["collectivites"]})
    chosen = draw.sample(every, draw.randint(1, 3))
    way = draw.choice(("plain", "declared", "both", "reached", "mixed"))
    parts = ((1,), (0.25, 0.75), (0.5, 0.25, 0.25))[len(chosen) - 1]
    rows: list[Data] = []
    for name, part in zip(chosen, parts, strict=True):
        targeted = {"territoire": name, "degre": "cible"}
        reached = {"territoire": name, "degre": "atteint", "beneficiaires": draw.choice((None, 0, 7, 10))}
        if way == "declared":
            rows.append(targeted | {"part": part})
        elif way == "both":
            rows += [targeted, reached | {"beneficiaires": draw.choice((0, 5, 20))}]
        elif way == "reached" or (way == "mixed" and draw.random() < 0.5):
            rows.append(reached)
        else:
            rows.append(targeted)
    return rows


def _payments(draw: random.Random, data: Data) -> list[Data]:
    return [
        {
            "action": action,
            "financeur": draw.choice(("Région", "Etat")),
            "annee": year,
            "nature": draw.choice(("paye", "paye", "paye", "conventionne")),
            "montant": draw.choice((None, 0, 1000, 2500, 90_000)),
        }
        for year in data["annees"]
        for action in data["actions"]
        for _ in range(draw.choice((0, 1, 1, 2)))
    ]


def _reports(draw: random.Random, data: Data) -> list[Data]:
    kept = draw.choice((0.5, 0.8, 1.0))
    return [
        {
            "operateur": operator,
            "action": action,
            "annee": year,
            "attendu_le": f"{int(year) + 1}-03-31",
            "recu_le": f"{int(year) + 1}-03-15" if draw.random() < kept else None,
        }
        for year, actions in data["participe"].items()
        for action, operators in actions.items()
        for operator in operators
    ]


def _add_policies(draw: random.Random, data: Data) -> None:
    """Add needs and their answers, policies, delegations, commitments and clusters."""
    authorities, years, actions = sorted(data["collectivites"]), data["annees"], sorted(data["actions"])
    data["engagements"] = {
        year: {
            action: {name: draw.choice(("porteur", "financeur")) for name in draw.sample(authorities, 2)}
            for action in actions if action == actions[0] or draw.random() < 0.4
        }
        for year in years
    }  # fmt: skip
    data["besoins"] = {
        f"b{at}": {"collectivite": draw.choice(authorities), "priorite": draw.randint(1, 3),
                   "date": f"{draw.randint(2013, 2016)}-0{draw.randint(1, 9)}-15"}
        for at in range(draw.randint(1, 5))
    }  # fmt: skip
    data["reponses"] = [
        {"action": draw.choice(actions), "besoin": draw.choice(sorted(data["besoins"])),
         "statut": draw.choice(("aucune", "prevue", "operationnelle", "abandonnee")),
         "date": f"{draw.randint(2014, 2016)}-{month:02}-10"}
        for month in range(1, draw.randint(2, 8))
    ]  # fmt: skip
    data["politiques"] = {
        name: {
            year: {criterion: draw.choice((True, False, True, False, None)) for criterion in CRITERIA}
            if draw.random() < 0.3
            else dict.fromkeys(CRITERIA, True) | {draw.choice(CRITERIA): False}
            for year in years
        }
        for name in authorities
    }
    data["delegations"] = {
        name: {
            "ess": draw.random() < 0.7,
            "domaines": draw.sample(("emploi", "ville", "santé"), draw.randint(0, 3)),
        }
        for name in authorities
    }
    names = sorted(data["operateurs"])
    data["ptce"] = {
        f"P{at}": {year: draw.sample(names, draw.randint(1, len(names))) for year in years} for at in range(2)
    }
