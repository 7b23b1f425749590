"""The commands, each a few lines over the module that does the work."""

from pathlib import Path
from typing import Annotated

import typer

from dashboards import map_kinds
from dashboards.cli import (
    amounts,
    deciding,
    demonstration,
    evaluating,
    exporting,
    figures,
    follow_up,
    freezing,
    loading,
    network,
    packing,
    reading,
    report,
    serving,
    sheets,
)
from dashboards.cli.export_mode import ExportMode, ModeOption
from dashboards.cli.french import FrenchCommand, FrenchGroup
from dashboards.cli.session import SESSION

app = typer.Typer(
    name="maillage",
    cls=FrenchGroup,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Ce qu’un contrat régional a fait pour les territoires : graphe, cartes, réseau, évaluation.",
)
export_app = typer.Typer(
    cls=FrenchGroup,
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Écrit un fichier ; son extension choisit le format.",
)
app.add_typer(export_app, name="export")

Json = Annotated[bool, typer.Option("--json", help="Résultat en JSON sur la sortie standard.")]
Author = Annotated[str, typer.Option("--author", help="Qui déclare ce chargement.")]
Signature = Annotated[str, typer.Option("--author", help="Qui décide (ou MAILLAGE_AUTHOR).")]
Why = Annotated[str, typer.Option("--why", help="Pour quelle raison.")]
Port = Annotated[int, typer.Option("--port", min=0, max=65535, help="Port du tableau de bord.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"maillage {version('maillage')}")
        raise typer.Exit


@app.callback()
def shared(
    store: Annotated[
        str | None, typer.Option("--store", help="Base : chemin, sqlite:///…, bolt://… ou neo4j+s://….")
    ] = None,
    contract: Annotated[
        str | None, typer.Option("--contract", help="Contrat, quand la base en contient plusieurs.")
    ] = None,
    at: Annotated[str | None, typer.Option("--at", help="Version figée à lire.")] = None,
    quiet: Annotated[bool, typer.Option("--quiet", help="Ne dit que les résultats et les erreurs.")] = False,
    version: Annotated[  # noqa: ARG001 - its callback acts before any command
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Numéro de version.")
    ] = False,
) -> None:
    """Keep the options that every command shares."""
    SESSION.store, SESSION.contract, SESSION.at, SESSION.quiet = store, contract, at, quiet


@app.command(
    cls=FrenchCommand,
    help="Charge la convention réelle et des bilans fictifs, écrit des cartes, ouvre le tableau de bord.",
)
def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="N’ouvre pas le tableau de bord.")] = False,
    out: Annotated[
        Path | None, typer.Option("--out", file_okay=False, help="Dossier des cartes et des fichiers.")
    ] = None,
    port: Port = 8050,
) -> None:
    """Run the demonstration."""
    demonstration.run_demo(serve=not no_serve, out=out, port=port)


@app.command(
    cls=FrenchCommand,
    help="Reconnaît, contrôle, montre puis écrit des fichiers, ou convention, ou demonstration.",
)
def load(
    files: Annotated[list[str], typer.Argument(metavar="FICHIER|DOSSIER…", help="Fichiers ou dossiers.")],
    kind: Annotated[str | None, typer.Option("--as", metavar="NATURE", help=loading.KINDS_HELP)] = None,
    vintage: Annotated[
        int | None,
        typer.Option("--vintage", min=1900, max=2100, help="Millésime, quand le fichier ne le dit pas."),
    ] = None,
    author: Author = "",
    preview: Annotated[
        bool, typer.Option("--preview", help="Montre ce qui changerait, n’écrit rien.")
    ] = False,
    replace: Annotated[bool, typer.Option("--replace", help="Retire ce que le fichier ne dit plus.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Les avertissements bloquent.")] = False,
    together: Annotated[
        bool, typer.Option("--together", help="Tous les fichiers en une seule transaction.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option("--report", help="Écrit les fautes dans un tableau (.csv ou .xlsx).", dir_okay=False),
    ] = None,
    annotated: Annotated[
        Path | None,
        typer.Option(
            "--annotated",
            metavar="FICHIER_OU_DOSSIER",
            help="Écrit une copie .xlsx où les cases fautives sont marquées et commentées.",
        ),
    ] = None,
    draft: Annotated[
        Path | None,
        typer.Option(
            "--draft", help="Texte de convention : classeur à relire, puis à charger.", dir_okay=False
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Load files."""
    request = loading.Request(
        kind, vintage, author, preview, replace, strict, together, draft, report, annotated
    )
    raise typer.Exit(loading.load_files(files, request, as_json=as_json))


@app.command(cls=FrenchCommand, help="Dit ce que contient la base.")
def status(as_json: Json = False) -> None:
    """Say what the store holds."""
    reading.status(as_json=as_json)


@app.command(cls=FrenchCommand, help="Liste les chargements, les corrections et les décisions, dans l’ordre.")
def history(
    corrections: Annotated[bool, typer.Option("--corrections", help="Le journal des corrections.")] = False,
    as_json: Json = False,
) -> None:
    """List the loads, or the journal of the corrections."""
    if corrections:
        deciding.show_journal(as_json=as_json)
    else:
        reading.history(as_json=as_json)


@app.command(cls=FrenchCommand, help="Garde la version présente, entière, sous un nom (à lire avec --at).")
def freeze(
    name: Annotated[str, typer.Argument(metavar="NOM", help="Nom de la version.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", dir_okay=False, help="Écrit aussi l’export dans un fichier .maillage."),
    ] = None,
    author: Author = "",
) -> None:
    """Keep a version under a name."""
    freezing.freeze_version(name, out, author)


@app.command(cls=FrenchCommand, help="Liste les valeurs sur lesquelles deux fichiers se contredisent.")
def conflicts(as_json: Json = False) -> None:
    """List the conflicts."""
    deciding.show_conflicts(as_json=as_json)


@app.command(cls=FrenchCommand, help="Corrige une valeur sans toucher au fichier, ou retire la correction.")
def correct(
    key: Annotated[str, typer.Argument(metavar="CLÉ", help="Élément, comme Organisation:CRESS-RA.")],
    name: Annotated[str, typer.Argument(metavar="PROPRIÉTÉ", help="Nom ou libellé français.")],
    value: Annotated[str | None, typer.Argument(metavar="VALEUR", help="La valeur juste.")] = None,
    unknown: Annotated[bool, typer.Option("--unknown", help="La valeur n’est pas connue.")] = False,
    withdraw: Annotated[bool, typer.Option("--withdraw", help="Retire la correction.")] = False,
    author: Signature = "",
    why: Why = "",
) -> None:
    """Override a value."""
    deciding.correct_value(key, name, value, unknown=unknown, withdraw=withdraw, author=author, why=why)


@app.command(
    cls=FrenchCommand,
    help="Propose les organisations écrites de plusieurs façons ; tranche, ou rejoue des décisions.",
)
def matches(
    file: Annotated[
        Path | None, typer.Argument(metavar="FICHIER.csv", help="Décisions à rejouer.", dir_okay=False)
    ] = None,
    decide: Annotated[
        tuple[str, str, str] | None,
        typer.Option("--decide", metavar="A B same|different", help="Tranche pour deux organisations."),
    ] = None,
    author: Signature = "",
    why: Why = "",
    out: Annotated[
        Path | None, typer.Option("--out", dir_okay=False, help="Écrit la liste à remplir (.csv).")
    ] = None,
    as_json: Json = False,
) -> None:
    """List, decide or replay the matches."""
    from dashboards.cli import matching

    if decide is not None:
        matching.decide(decide, author, why)
    elif file is not None:
        matching.replay(file)
    else:
        matching.show_matches(out, as_json=as_json)


@app.command(cls=FrenchCommand, help="Dit d’où vient chaque valeur : fichier, feuille, ligne, ou citation.")
def source(
    key: Annotated[
        str, typer.Argument(metavar="CLÉ", help="Action:I_1.2, indicator:E01, ambiguity:E01 ou identifiant.")
    ],
    as_json: Json = False,
) -> None:
    """Say where values come from."""
    from dashboards.cli.provenance import show_source

    show_source(key, as_json=as_json)


@app.command(cls=FrenchCommand, help="Annule le dernier chargement.")
def undo(author: Author = "") -> None:
    """Take the last load back."""
    loading.undo(author)


@app.command(cls=FrenchCommand, help="Vérifie que la base respecte encore le schéma.")
def check(as_json: Json = False) -> None:
    """Check the store against the schema."""
    raise typer.Exit(reading.check(as_json=as_json))


@app.command(cls=FrenchCommand, help="Retrouve un territoire par son nom ou son code et donne sa fiche.")
def territory(
    name: Annotated[str, typer.Argument(metavar="NOM_OU_CODE", help="Nom, ancien nom, sigle usuel ou code.")],
    as_json: Json = False,
) -> None:
    """Resolve a territory and give its profile."""
    from dashboards.cli.territory import show_territory

    show_territory(name, as_json=as_json)


@app.command(cls=FrenchCommand, help="Calcule les indicateurs et donne leur preuve.")
def evaluate(
    question: Annotated[
        int | None, typer.Option("--question", min=1, max=4, help="Question évaluative.")
    ] = None,
    indicator: Annotated[str | None, typer.Option("--indicator", help="Un indicateur, comme S01.")] = None,
    territory_code: Annotated[
        str | None, typer.Option("--territory", help="Code ou nom d’un territoire.")
    ] = None,
    year: Annotated[int | None, typer.Option("--year", help="Année.")] = None,
    form: Annotated[str, typer.Option("--format", help="table, json ou xlsx.")] = "table",
    out: Annotated[Path | None, typer.Option("--out", dir_okay=False, help="Fichier à écrire.")] = None,
    mode: Annotated[
        evaluating.EvaluationMode,
        typer.Option("--mode", help="Document de travail, ou publication : les valeurs secrètes sont tues."),
    ] = evaluating.EvaluationMode.WORKING,
    protocol_file: Annotated[
        Path | None,
        typer.Option("--protocol", dir_okay=False, help="Protocole à comparer aux règles appliquées."),
    ] = None,
) -> None:
    """Compute the indicators."""
    chosen = evaluating.Filter(question, indicator, territory_code, year)
    evaluating.evaluate(chosen, form, out, mode.value, protocol_file)


@app.command(
    cls=FrenchCommand, help="Écrit les règles de l’évaluation avec leur empreinte, avant ses résultats."
)
def protocol(
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="Fichier .json à écrire.")],
    register: Annotated[bool, typer.Option("--register", help="L’enregistre aussi dans la base.")] = False,
    author: Author = "",
) -> None:
    """Write the protocol."""
    from dashboards.cli.protocols import write_protocol

    write_protocol(out, author, register=register)


@app.command(cls=FrenchCommand, help="Pose une question nommée à la base ; sans nom, les liste.")
def ask(
    name: Annotated[str | None, typer.Argument(metavar="NOM", help="Nom de la question.")] = None,
    param: Annotated[
        list[str] | None, typer.Option("--param", metavar="NOM=VALEUR", help="Paramètre ; peut se répéter.")
    ] = None,
    mode: Annotated[
        evaluating.EvaluationMode, typer.Option("--mode", help="Document de travail, ou publication.")
    ] = evaluating.EvaluationMode.WORKING,
    as_json: Json = False,
) -> None:
    """Ask a named question."""
    from dashboards.cli.asking import show_answer

    show_answer(name, param or [], mode.value, as_json=as_json)


@app.command(cls=FrenchCommand, help="Ouvre le tableau de bord.")
def serve(
    host: Annotated[str, typer.Option("--host", help="Adresse d’écoute.")] = "127.0.0.1",
    port: Port = 8050,
    workers: Annotated[int, typer.Option("--workers", min=1, help="Processus (Unix) ou fils (Windows).")] = 2,
    mode: Annotated[
        evaluating.EvaluationMode | None,
        typer.Option("--mode", help="Par défaut : travail sur cette machine, publication ailleurs."),
    ] = None,
) -> None:
    """Open the dashboard."""
    serving.serve(host, port, workers, mode.value if mode else None)


app.command(
    "pack",
    cls=FrenchCommand,
    help="Écrit le dossier d’une réunion : une fiche par collectivité, la séance, les cartes, un index.",
)(packing.pack)


@app.command(cls=FrenchCommand, help="Copie tout vers une autre base, puis compare les empreintes.")
def push(target: Annotated[str, typer.Argument(metavar="URL_DE_BASE", help="Base d’arrivée, vide.")]) -> None:
    """Copy everything to another store."""
    loading.push(target)


app.command(
    cls=FrenchCommand,
    help="Écrit le classeur à remplir : vide, avec le contenu de la base, ou pré-rempli pour un opérateur.",
)(follow_up.template)
app.command(
    cls=FrenchCommand,
    help="Dit qui doit quoi : bilans non reçus, données manquantes ; une lettre par opérateur.",
)(follow_up.reminders)


@export_app.command(
    "map",
    cls=FrenchCommand,
    help="Carte hors ligne (.html) ou page à imprimer (.png, .svg, .pdf).",
)
def export_map(
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="Fichier à écrire.")],
    kind: Annotated[
        map_kinds.MapKind, typer.Option("--kind", help=f"Carte : {map_kinds.kinds_help()}.")
    ] = map_kinds.DEFAULT,
    year: Annotated[int | None, typer.Option("--year", help="Année.")] = None,
    measure: Annotated[str, typer.Option("--measure", help="Vue : mesure, comme T06 ou actions.")] = "",
    level: Annotated[
        map_kinds.MapLevel | None, typer.Option("--level", help="Communes, EPCI ou départements.")
    ] = None,
    series: Annotated[
        bool, typer.Option("--series", help="Toutes les années côte à côte, mêmes limites de classe.")
    ] = False,
    region_wide: Annotated[
        bool, typer.Option("--region-wide", help="Montants : actions régionales comprises.")
    ] = False,
    classes: Annotated[
        map_kinds.Classes,
        typer.Option("--classes", help="Vue : seuils fixes, effectifs égaux, écarts égaux."),
    ] = "fixes",
    zonings: Annotated[bool, typer.Option("--zonings", help="Vue : QPV et ZRR par-dessus.")] = False,
    paper: Annotated[
        map_kinds.Paper, typer.Option("--format", help="Papier : A4, A3, ou demi-page (A5).")
    ] = "a4",
    orientation: Annotated[
        map_kinds.Orientation | None, typer.Option("--orientation", help="Paysage ou portrait.")
    ] = None,
    grey: Annotated[bool, typer.Option("--grey", help="Édition à photocopier, en niveaux de gris.")] = False,
    mode: ModeOption = ExportMode.PUBLICATION,
) -> None:
    """Write a map."""
    options = map_kinds.MapOptions(
        year=year, measure=measure, level=level, series=series,
        region_wide=region_wide, classes=classes, zonings=zonings, paper=paper,
        orientation=orientation, grey=grey, mode=mode.value,
    )  # fmt: skip
    exporting.export_map(out, kind, options)


export_app.command(
    "sheet",
    cls=FrenchCommand,
    help="Fiche d’un territoire, à imprimer ou à lire : .pdf balisé (A4) ou .html.",
)(sheets.export_sheet)


export_app.command(
    "report",
    cls=FrenchCommand,
    help="Rapport de l’évaluation, en neuf parties : .docx à reprendre, ou .pdf balisé (A4).",
)(report.export_report)


figures.add_to(export_app)


export_app.command(
    "amounts",
    cls=FrenchCommand,
    help="Montants payés par collectivité et double compte (.csv), par lieu, siège ou bénéficiaires.",
)(amounts.export_amounts)


@export_app.command(
    "data",
    cls=FrenchCommand,
    help="Contenu de la base : .gpkg (couches), .xlsx ou .zip de CSV (tables), .json (forme d’échange).",
)
def export_data(
    out: Annotated[Path, typer.Option("--out", dir_okay=False, help="Fichier à écrire.")],
    mode: ModeOption = ExportMode.PUBLICATION,
) -> None:
    """Write the content of the store."""
    exporting.export_data(out, mode.value)


export_app.command(
    "network",
    cls=FrenchCommand,
    help="Réseau des coopérations : .gexf, .graphml, .csv (nœuds et liens), .json (Gephi Lite), ou .xlsx : "
    "mesures et rangs des opérateurs, avec leur tenue.",
)(network.export_network)
