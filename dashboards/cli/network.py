"""`export network`: the cooperation network for network software."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from dashboards.cli.export_mode import ExportMode, ModeOption
from dashboards.cli.session import SESSION
from graphmodel import ContractGraph, UsageError
from graphmodel.cooperation.exchange import NetworkView
from graphmodel.cooperation.participations import Lens
from graphmodel.indicators import EvaluationContext
from graphmodel.schema import SCHEMA


@dataclass(frozen=True, slots=True)
class Choices:
    """Part of the cooperation to write, as it was typed; None keeps everything."""

    year: int | None = None
    projection: bool = False
    without_pivot: bool = False
    axis: str | None = None
    world: str | None = None
    family: str | None = None
    territory: str | None = None
    mode: str = ExportMode.PUBLICATION.value

    def command(self, out: Path) -> str:
        """Return the command that writes the file again."""
        told = [
            f" --year {self.year}" if self.year is not None else "",
            " --projection" if self.projection else "",
            " --without-pivot" if self.without_pivot else "",
            *(
                f" --{name} {shlex.quote(value)}"
                for name in ("axis", "world", "family", "territory")
                if (value := getattr(self, name)) is not None
            ),
            f" --mode {self.mode}" if self.mode != ExportMode.PUBLICATION.value else "",
        ]
        return f"maillage export network --out {out.name}{''.join(told)}"


def export_network(
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="Fichier à écrire.")],
    year: Annotated[int | None, typer.Option("--year", help="Année ; toutes sinon.")] = None,
    projection: Annotated[
        bool, typer.Option("--projection", help="Organisations seules, liées par leurs actions communes.")
    ] = False,
    without_pivot: Annotated[
        bool, typer.Option("--without-pivot", help="Sans l’organisation pivot du contrat.")
    ] = False,
    axis: Annotated[str | None, typer.Option("--axis", help="Un seul axe, par son identifiant.")] = None,
    world: Annotated[str | None, typer.Option("--world", help="Un seul monde (ess, classic…).")] = None,
    family: Annotated[str | None, typer.Option("--family", help="Une seule famille de l’ESS.")] = None,
    territory: Annotated[
        str | None, typer.Option("--territory", help="Opérateurs à siège dans ce territoire (département…).")
    ] = None,
    mode: ModeOption = ExportMode.PUBLICATION,
) -> None:
    """Write the cooperation network of the store and say which files were written.

    Raises
    ------
    UsageError
        An unknown extension, a year without cooperation, no pivot to leave out, or an axis, a world, a family
        or a territory that the store does not know.
    """
    from dashboards.network_exports import write_network

    choices = Choices(year, projection, without_pivot, axis, world, family, territory, mode.value)
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
    pivot = EvaluationContext(graph).pivot if choices.without_pivot else None
    if choices.without_pivot and pivot is None:
        raise UsageError("Le contrat ne déclare pas d’organisation pivot : retirez --without-pivot.")
    gone = frozenset((pivot,)) if pivot is not None else frozenset[str]()
    view = NetworkView(choices.year, choices.projection, gone, lens_of(graph, choices))
    for path in write_network(graph, out, view, ExportMode(choices.mode).value, choices.command(out)):
        print(f"Écrit : {path}")


def lens_of(graph: ContractGraph, choices: Choices) -> Lens:
    """Return what was chosen, checked against the store.

    Raises
    ------
    UsageError
        A word that nothing in the store bears; those it knows are listed.
    """
    organisations = graph.nodes("Organisation")
    axes = {str(axis): str(axis) for axis in graph.nodes("Axis")["id"]}
    worlds = {word.casefold(): value for value, word in SCHEMA.enumerations["world"].french.items()}
    worlds |= {value.casefold(): value for value in SCHEMA.enumerations["world"].french}
    families = {str(family).casefold(): str(family) for family in organisations["family"].dropna()}
    world = _chosen("monde", choices.world, worlds)
    family = _chosen("famille", choices.family, families)
    return Lens(
        axis=_chosen("axe", choices.axis, axes),
        worlds=None if world is None else frozenset((world,)),
        families=None if family is None else frozenset((family,)),
        territory=None if choices.territory is None else _territory(graph, choices.territory),
    )


def _chosen(what: str, asked: str | None, known: Mapping[str, str]) -> str | None:
    if asked is None:
        return None
    found = known.get(asked) or known.get(asked.casefold())
    if found is None:
        raise UsageError(f"Aucun opérateur ni action de cette base n’a « {asked} » pour {what}. "
                         f"Valeurs connues : {', '.join(sorted(set(known)))}.")  # fmt: skip
    return found


def _territory(graph: ContractGraph, asked: str) -> str:
    """Return the key of a territory of the store, by its code or its name."""
    rows = graph.nodes("Territory")
    match = rows[(rows["code"] == asked) | (rows["name"].str.casefold() == asked.casefold())]
    if match.empty:
        raise UsageError(
            f"La base ne connaît pas le territoire « {asked} » : donnez son code ou son nom entier."
        )
    return str(match.index[0])
