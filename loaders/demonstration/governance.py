"""The meetings: held by whom, when, who was invited, who came."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from loaders.demonstration.cooperation import Cooperation
from loaders.demonstration.draw import Draw
from loaders.demonstration.scenario import CONTRACT_FUNDERS, PIVOT, YEARS, Scenario

DATES = {
    "COPIL": ("2014-12-16", "2015-06-18", "2015-12-10", "2016-11-29"),
    "ADT": ("2014-12-02", "2015-10-13", "2016-03-22", "2016-10-18"),
    "ERDS": ("2014-05-15", "2014-11-06", "2015-04-23", "2016-04-14", "2016-10-06"),
    "CT-I": ("2014-09-25", "2015-03-12", "2015-09-17", "2016-03-10"),
    "CT-II": ("2014-10-09", "2014-12-11", "2015-03-26", "2015-10-01", "2016-03-24", "2016-09-22"),
    "CT-III": ("2015-04-02", "2016-04-07", "2016-10-13"),
    "RENCONTRE-REGIONALE": ("2014-11-15", "2015-11-21", "2016-11-19"),
}
"""Days of the meetings of each body: not all that were due."""

SUBJECTS = {
    "COPIL": "avancement du contrat et financements",
    "ADT": "besoins des territoires et actions en cours",
    "ERDS": "qualité de l’emploi dans l’ESS",
    "CT-I": "suivi des actions de l’axe 1",
    "CT-II": "suivi des actions de l’axe 2",
    "CT-III": "suivi des actions de l’axe 3",
    "RENCONTRE-REGIONALE": "rencontre de toutes les parties prenantes",
}

_PLACES = {"69123": "Lyon", "38185": "Grenoble", "42218": "Saint-Étienne", "26362": "Valence"}

SOCIAL_PARTNERS = {
    "FICTIMUT-ALPINE": "mouvements de l’ESS", "FICTISCOP-BERYL": "mouvements de l’ESS",
    "FICTIASSO-SCHISTE": "mouvements de l’ESS", "FICTIFONDATION-HORIZON": "mouvements de l’ESS",
    "FICTI-MAISON-EMPLOI": "pouvoirs publics", "FICTIFORM-METIERS": "partenaires sociaux",
    "FICTICONSEIL-ZENITH": "partenaires sociaux",
}  # fmt: skip
"""Fictional members of the social dialogue body, with their college."""

_COMING = {"COPIL": 0.82, "ADT": 0.6, "ERDS": 0.75, "CT": 0.78, "RENCONTRE-REGIONALE": 0.66}
_EXCUSED = 0.6


@dataclass(frozen=True, slots=True)
class MeetingHeld:
    """A meeting and who was invited: `presence` is present, excused or absent, by organisation."""

    id: str
    body: str
    on: date
    commune: str
    place: str
    subject: str
    presence: dict[str, str]


class Governance:
    """Meetings and seats of the demonstration.

    Parameters
    ----------
    scenario, cooperation
        The story, and who takes part in what.
    """

    def __init__(self, scenario: Scenario, cooperation: Cooperation) -> None:
        self._scenario = scenario
        self._cooperation = cooperation

    @cached_property
    def meetings(self) -> list[MeetingHeld]:
        """Every meeting, by body and day."""
        draw = Draw("meetings")
        found = []
        for body, days in DATES.items():
            for on in map(date.fromisoformat, days):
                rank = 1 + sum(day[:4] == str(on.year) and day < on.isoformat() for day in days)
                commune = "69123" if body == "COPIL" else draw.one(list(_PLACES))
                presence = {name: self._presence(draw, body, name) for name in self._invited(body, on.year)}
                found.append(
                    MeetingHeld(
                        f"{body}-{on.year}-{rank}",
                        body,
                        on,
                        commune,
                        _PLACES[commune],
                        SUBJECTS[body],
                        presence,
                    )
                )
        return found

    @cached_property
    def seats(self) -> list[tuple[str, str, str]]:
        """Organisation, body and college of the fictional members."""
        found = [(name, "ERDS", college) for name, college in SOCIAL_PARTNERS.items()]
        for axis in ("I", "II", "III"):
            leads = sorted({lead for year in YEARS for lead in self._leads(axis, year)} - {PIVOT})
            found += [(name, f"CT-{axis}", "porteurs d’actions") for name in leads]
        return found

    def _leads(self, axis: str, year: int) -> list[str]:
        return sorted(
            {
                part.organisation
                for part in self._cooperation.parts
                if part.pilot and part.year == year and part.action.startswith(f"{axis}_")
            }
        )

    def _invited(self, body: str, year: int) -> list[str]:
        signatories = [*CONTRACT_FUNDERS, PIVOT]
        authorities = [authority.organisation for authority in self._scenario.authorities]
        if body in ("COPIL", "ADT"):
            return signatories + authorities
        if body == "ERDS":
            return [PIVOT, "ETAT", "REGION-RA", *SOCIAL_PARTNERS]
        if body.startswith("CT-"):
            return list(dict.fromkeys(signatories + self._leads(body.removeprefix("CT-"), year)))
        operators = sorted({part.organisation for part in self._cooperation.parts if part.year == year})
        return list(dict.fromkeys(signatories + authorities + operators))

    def _presence(self, draw: Draw, body: str, name: str) -> str:
        # Those who host or steer always come.
        if name == PIVOT or draw.happens(_COMING["CT" if body.startswith("CT-") else body]):
            return "present"
        return "excused" if draw.happens(_EXCUSED) else "absent"
