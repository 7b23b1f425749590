"""What « Coopérations » shows: a declared context, made without a browser."""

from dataclasses import dataclass

from dashboards import view_data, words
from dashboards.pages.cooperation.choices import Choices, choices_of
from dashboards.pages.cooperation.footprint import Footprint, footprint_of
from dashboards.pages.cooperation.picture import Picture, picture_of
from dashboards.pages.cooperation.scene import Scene, scene_of
from dashboards.pages.cooperation.subject import Subject, subject_of
from dashboards.pages.cooperation.wave import wave_of
from dashboards.pages.page import Settings
from graphmodel import ContractGraph


@dataclass(frozen=True)
class Empty:
    """Why nothing is drawn: the fact, what can be done, and the filter to take away (name in the address)."""

    fact: str
    remedy: str
    remove: str = ""


@dataclass(frozen=True)
class CooperationContext:
    """Everything the page shows.

    Attributes
    ----------
    subject, choices
        Network of the contract, what was chosen.
    scene, picture
        What is drawn.
    reports
        Annual reports of the year, due and received.
    sources
        Parts of the source line.
    notices
        What the address asked for and this page does not know.
    empty
        Why nothing is drawn, None when something is.
    footprint
        Where what is selected is at work.
    """

    subject: Subject
    choices: Choices
    scene: Scene
    picture: Picture
    reports: view_data.Reports
    sources: tuple[str, ...]
    notices: tuple[str, ...] = ()
    empty: Empty | None = None
    footprint: Footprint | None = None

    @property
    def question(self) -> str:
        """Title of the page."""
        change = self.scene.change
        if change is None:
            return words.typeset(f"Qui coopère avec qui en {self.choices.year} ?")
        if change.first:
            return words.typeset(f"Qu’est-ce qui change après {change.after} ?")
        return words.typeset(f"Qu’est-ce qui a changé depuis {change.before} ?")

    @property
    def coverage(self) -> str:
        """Share of the reports received: « bilans reçus : 92 % »."""
        if not self.reports.due:
            return "aucun bilan attendu"
        share = words.percent(self.reports.received / self.reports.due, 0)
        return words.typeset(f"bilans reçus : {share}")

    @property
    def caption(self) -> str:
        """Counts of what is visible, and the coverage of the reports."""
        if self.scene.change is None:
            return f"{self.picture.caption} · {self.coverage}"
        links = "liens entre acteurs" if self.picture.projected else "participations d’un acteur à une action"
        return f"{links}, mêmes positions chaque année · {self.coverage}"

    @property
    def version(self) -> str:
        """Marker of the store's version, for caches."""
        version = self.subject.graph.version
        return f"{version.number}-{version.marker}"


def context_of(graph: ContractGraph, settings: Settings) -> CooperationContext | None:
    """Return what the page shows; None when the graph holds no year at all.

    Settings that mean nothing here are ignored and named. A territory in `sel`, as the search field and other
    pages give it, is taken for `terr`.
    """
    subject = subject_of(graph)
    if subject.latest is None:
        return None
    choices, notices = choices_of(subject, _territory_in_place(subject, settings))
    scene = scene_of(subject, choices)
    picture = picture_of(scene)
    return CooperationContext(
        subject=subject,
        choices=choices,
        scene=scene,
        picture=picture,
        reports=view_data.reports_of(graph, choices.year),
        sources=_sources(subject, choices),
        notices=notices,
        empty=_empty(subject, choices, picture),
        footprint=footprint_of(scene),
    )


def _territory_in_place(subject: Subject, settings: Settings) -> Settings:
    asked = settings.get("sel", "")
    if asked and ":" not in asked and subject.place(asked) is not None:
        return {**settings, "sel": "", "terr": asked}
    return settings


def _sources(subject: Subject, choices: Choices) -> tuple[str, ...]:
    years = f"{subject.years[0]}-{subject.years[-1]}" if len(subject.years) > 1 else str(subject.years[0])
    stability = words.number(subject.found.stability, 2)
    base = view_data.source_parts(subject.graph, choices.year)
    about = (
        f"Positions fixes {years}",
        words.typeset(f"Communautés {years} : Louvain, stabilité {stability}"),
    )
    return (*base[:2], *about, *base[-2:])


def _empty(subject: Subject, choices: Choices, picture: Picture) -> Empty | None:
    if picture.ties:
        return None
    if choices.year not in view_data.reported_years(subject.graph):
        return Empty(*view_data.nothing_known(subject.graph, choices.year))
    if not choices.filters:
        return Empty(
            f"Aucune coopération connue en {choices.year}",
            "Les bilans reçus ne disent aucune participation.",
        )
    name, label, said = min(choices.filters, key=lambda one: _kept_by(subject, choices, one[0]))
    return Empty(
        "Aucune coopération avec ces filtres.",
        words.typeset(f"Le filtre le plus étroit est « {label} : {said} »."),
        name,
    )


def _kept_by(subject: Subject, choices: Choices, name: str) -> int:
    """Return how many participations a filter keeps alone."""
    alone = Choices(an=choices.an, **{name: getattr(choices, name)})
    return len(wave_of(subject, alone).pairs)
