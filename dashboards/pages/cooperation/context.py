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
        """Share of the reports received: « bilans reçus : 92 % », of both years where two are compared."""
        change = self.scene.change
        years = [self.choices.year] if change is None or change.first else [change.before, change.after]
        reports = [view_data.reports_of(self.subject.graph, year) for year in years]
        if not all(one.due for one in reports):
            return "aucun bilan attendu"
        shares = [words.percent(one.received / one.due, 0) for one in reports]
        return words.typeset(f"bilans reçus : {' puis '.join(shares)}")

    @property
    def caption(self) -> str:
        """Counts of what is visible, and the coverage of the reports."""
        if self.scene.change is None:
            return f"{self.picture.caption} · {self.coverage}"
        what = ("lien comparé", "liens comparés") if self.picture.projected else ("participation", None)
        return f"{words.counted(self.picture.ties, *what)} · {self.coverage}"

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
    choices, notices = choices_of(subject, _one_selection(subject, settings))
    scene = scene_of(subject, choices)
    picture = picture_of(scene)
    return CooperationContext(
        subject=subject,
        choices=choices,
        scene=scene,
        picture=picture,
        sources=_sources(subject, choices),
        notices=notices,
        empty=_empty(subject, choices, scene, picture),
        footprint=footprint_of(scene),
    )


def _one_selection(subject: Subject, settings: Settings) -> Settings:
    """Return the settings where `sel` is the only selection: the search field adds it to what was there."""
    asked = settings.get("sel", "")
    alone = {**settings, "ego": "", "de": "", "vers": ""}
    if asked and ":" not in asked and subject.place(asked) is not None:
        return {**alone, "sel": "", "terr": asked}
    return alone if subject.key_of(asked) is not None else settings


def _sources(subject: Subject, choices: Choices) -> tuple[str, ...]:
    years = f"{subject.years[0]}-{subject.years[-1]}" if len(subject.years) > 1 else str(subject.years[0])
    stability = words.number(subject.found.stability, 2)
    base = view_data.source_parts(subject.graph, choices.year)
    about = (
        f"Positions fixes {years}",
        words.typeset(f"Communautés {years} : Louvain, stabilité {stability}"),
    )
    return (*base[:2], *about, *base[-2:])


def _empty(subject: Subject, choices: Choices, scene: Scene, picture: Picture) -> Empty | None:
    if picture.ties:
        return None
    asked = scene.change.unknown if scene.change is not None else None
    if asked is not None or choices.year not in subject.reported:
        return Empty(*view_data.nothing_known(subject.graph, asked or choices.year))
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
