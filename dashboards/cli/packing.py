"""`pack`: the folder of a meeting."""

from pathlib import Path
from typing import Annotated

import typer

from dashboards.cli.export_mode import ExportMode, ModeOption
from dashboards.cli.session import SESSION


def pack(
    meeting: Annotated[
        str,
        typer.Option(
            "--meeting",
            metavar="JOUR",
            help="Jour de la réunion (18/10/2016), ou identifiant.",
        ),
    ],
    out: Annotated[Path, typer.Option("--out", file_okay=False, help="Dossier à écrire.")],
    who: Annotated[
        list[str] | None,
        typer.Option(
            "--for",
            metavar="QUI",
            help="Une fiche pour : invited (convoqués, par défaut), parties, members (de l’instance), all, "
            "ou des codes ou noms de territoires.",
        ),
    ] = None,
    more: Annotated[
        list[str] | None, typer.Argument(metavar="[CODE…]", help="Autres territoires, après --for CODE.")
    ] = None,
    mode: ModeOption = ExportMode.PUBLICATION,
) -> None:
    """Write the folder of a meeting.

    Raises
    ------
    UsageError
        A meeting or a territory that is not known, a folder that holds something else, nobody to write for.
    """
    from dashboards.evaluations import evaluation_of
    from dashboards.pack import Choice, contents_of, write_pack
    from dashboards.pack.bench import Bench, Origin
    from dashboards.pack.folder import check_folder

    choice = Choice(meeting, tuple(dict.fromkeys([*(who or []), *(more or [])])), mode.value)
    check_folder(out)
    with SESSION.open() as store:
        graph = store.snapshot(SESSION.selection())
        contents = contents_of(graph, choice)
        origin = Origin(SESSION.served_url(), store.url, SESSION.contract, choice.mode)
        with SESSION.step("Calcul des indicateurs"):
            evaluation = evaluation_of(graph, choice.mode)
        packed = write_pack(
            Bench(store, graph, evaluation), origin, contents, out,
            choice.command(contents.meeting, out.name), SESSION.say,
        )  # fmt: skip
    for name, reason in packed.absent:
        SESSION.say(f"Pas dans le dossier : {name} ({reason}).")
    print(f"Écrit : {out} ({len(packed.files)} fichiers ; ouvrir {out / 'index.html'})")
