"""What the authorities did and said: criteria of policy, delegations, needs, and what was found."""

from dataclasses import dataclass
from datetime import date, timedelta

from loaders.demonstration.draw import Draw
from loaders.demonstration.scenario import YEARS, Scenario, day, table

CRITERIA = ("elu_delegue", "deliberation", "budget", "agent", "commande_responsable", "co_construction")

DELEGATED_IN_2014 = (
    "CG-ISERE", "GRENOBLE-ALPES-METROPOLE", "SAINT-ETIENNE-METROPOLE", "ROANNAIS-AGGLOMERATION", "CAPI",
    "VILLE-LYON", "VILLE-VILLEURBANNE",
)  # fmt: skip
"""Authorities whose delegations name the social economy: the convention says so."""

DELEGATIONS = (
    ("PAYS-VOIRONNAIS", "Fictine CANEVAS",
     "conseillère déléguée à l’emploi et à l’économie sociale et solidaire", ("emploi",)),
    ("VAL-DE-DROME", "Fictien MAQUETTE", "vice-président à l’économie de proximité et à l’ESS",
     ("économie de proximité", "développement durable")),
    ("VILLE-GRENOBLE", "Fictiane ESQUISSE", "conseillère municipale déléguée à l’ESS",
     ("commande publique", "ville")),
)  # fmt: skip
"""Fictional delegations of 2015 and 2016: authority, elected official, function, domains."""

_DELEGATED_FROM = {"PAYS-VOIRONNAIS": 2015, "VAL-DE-DROME": 2015, "VILLE-GRENOBLE": 2016}

LINKS = ("mise en œuvre", "coopération", "réponse", "stratégie")
RATERS = ("cotateur fictif A", "cotateur fictif B")
EFFECTS = ("E1.1", "E1.2", "E1.3", "E1.4", "E1.5", "E2.1", "E2.2", "E2.3", "E3.1", "E3.2", "E3.3")
RIVALS = ("élections de 2014 et 2015", "loi ESS de 2014", "contrats de ville", "conjoncture", "CPER")

_STRENGTH = {
    "E1.1": 2.5, "E1.2": 1.6, "E1.3": 1.3, "E1.4": 1.0, "E1.5": 1.8, "E2.1": 2.1, "E2.2": 1.7, "E2.3": 1.1,
    "E3.1": 1.9, "E3.2": 2.2, "E3.3": 1.2,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Act:
    """A criterion of policy in a year: present, looked for in vain, or not looked for (None)."""

    organisation: str
    criterion: str
    year: int
    present: bool | None
    on: date | None
    themes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A step in the history of the answer of an action to a need."""

    action: str
    need: str
    status: str
    on: date


@dataclass(frozen=True, slots=True)
class Rating:
    """Strength of a link of the chain towards an effect, by one rater; None when not rated."""

    effect: str
    link: str
    rater: str
    level: int | None
    rival: str | None


def acts(scenario: Scenario) -> list[Act]:
    """Return the criteria of each authority and year: most hold, some are gained, few are lost."""
    draw = Draw("policy")
    found: list[Act] = []
    for authority in scenario.authorities:
        name = authority.organisation
        start = draw.some(CRITERIA[1:], min(authority.score, 4))
        has = {criterion: criterion in start for criterion in CRITERIA}
        skipped = "co_construction" if name in ("RHONE-PLURIEL", "PNR-PILAT") else None
        for year in YEARS:
            has["elu_delegue"] = name in DELEGATED_IN_2014 or year >= _DELEGATED_FROM.get(name, 9999)
            if year > YEARS[0]:
                for criterion in CRITERIA[1:]:
                    gained = not has[criterion] and draw.happens(0.16)
                    lost = has[criterion] and draw.happens(0.05)
                    has[criterion] = has[criterion] != (gained or lost)
            for criterion in CRITERIA:
                present = None if criterion == skipped and year < 2016 else has[criterion]
                on = date(year, draw.whole(2, 11), draw.whole(1, 28)) if present else None
                themes = tuple(draw.some(_THEMES, 1)) if present and criterion == "deliberation" else ()
                found.append(Act(name, criterion, year, present, on, themes))
    return found


_THEMES = ("emploi", "insertion", "commande publique", "développement durable", "ville")


def answers() -> list[Answer]:
    """Return the history of the answers to the needs of the table: planned first, then what came of it."""
    found = []
    for row in table("needs"):
        expressed, end = day(row["date"]), day(row["answered_on"])
        if not row["action"] or end is None or expressed is None:
            continue
        if row["status"] in ("operational", "abandoned") and end > expressed:
            middle = expressed + timedelta(days=(end - expressed).days // 2)
            found.append(Answer(row["action"], row["id"], "planned", middle))
        found.append(Answer(row["action"], row["id"], row["status"], end))
    return found


def ratings() -> list[Rating]:
    """Return the ratings of both raters: they agree more often than not."""
    draw = Draw("ratings")
    found = []
    for effect in EFFECTS:
        for link in LINKS:
            true = _STRENGTH[effect] + draw.between(-0.9, 0.9) + (0.5 if link == LINKS[0] else 0.0)
            rival = draw.one(RIVALS) if draw.happens(0.45) else None
            for rater in RATERS:
                level = min(3, max(0, round(true + draw.between(-0.45, 0.45))))
                unrated = rater == RATERS[1] and draw.happens(0.05)
                found.append(Rating(effect, link, rater, None if unrated else level, rival))
    return found
