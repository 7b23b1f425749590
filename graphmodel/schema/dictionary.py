"""The data dictionary in French, as Markdown, from the tables of the schema.

Nothing is written here that the tables do not say: labels, types and their ends, properties, closed lists,
and the tables that map the keys of a source onto the graph.
"""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from graphmodel.schema import SCHEMA, NodeTable, Property, RelationshipTable

_TYPES = {
    "text": "texte",
    "integer": "entier",
    "number": "nombre",
    "boolean": "oui ou non",
    "date": "date",
    "year": "année",
    "money": "centimes entiers",
    "share": "part de 0 à 1",
    "text_list": "liste de textes",
    "integer_list": "liste d’entiers",
    "json": "JSON",
    "point": "longitude et latitude",
}
_PERSONAL = {"": "", "public": "mandat public", "professional": "professionnelle", "private": "privée"}
_COMMON = (
    ("key", "toutes", "Clé naturelle, unique dans sa table."),
    ("contract", "toutes", "Identifiant du contrat ; vide pour un territoire, un zonage et ce qui les lie."),
    ("id", "nœuds", "Identifiant dans le contrat, ou code du territoire."),
    ("name", "nœuds", "Nom affiché ; l’identifiant quand la source n’en donne pas."),
    ("source, target", "relations", "Clés du nœud de départ et du nœud d’arrivée."),
    ("source_label, target_label", "relations", "Sortes du nœud de départ et du nœud d’arrivée."),
    ("fictional", "toutes", "Vrai dès qu’une source fictive atteste la ligne."),
    ("source_count", "toutes", "Nombre de sources distinctes qui attestent la ligne."),
    ("conflicts", "toutes", "Propriétés sur lesquelles deux sources se contredisent : elles sont vides."),
)


@dataclass(frozen=True, slots=True)
class KeyMap:
    """Where the keys of one kind of source go.

    Attributes
    ----------
    title, introduction
        French title and sentence of its part of the dictionary.
    columns
        French heads of the columns.
    rows
        Cells, one row for each key.
    """

    title: str
    introduction: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_key_map(
    file: Traversable, title: str, introduction: str, heads: Sequence[tuple[str, str]]
) -> KeyMap:
    """Return the mapping that a CSV file holds.

    Parameters
    ----------
    file
        CSV file in UTF-8 with a header.
    title, introduction
        French words of its part.
    heads
        Column of the file and its French head, in the order shown.
    """
    entries = csv.DictReader(file.read_text(encoding="utf-8").splitlines())
    rows = tuple(tuple(entry[name] for name, _ in heads) for entry in entries)
    return KeyMap(title, introduction, tuple(french for _, french in heads), rows)


def format_map() -> KeyMap:
    """Return where each key of the JSON form goes."""
    return read_key_map(
        files("graphmodel.schema") / "format_mapping.csv",
        "Où va chaque clé du fichier JSON",
        "`[]` tient lieu d’un identifiant, d’une année ou d’un rang. Les territoires et le zonage d’un tel "
        "fichier ont pour clé `<contrat>:<identifiant>`. Une clé à `null` est inconnue et n’a "
        "pas de ligne, sauf une mesure, un montant ou un critère inconnu, qui garde la sienne, vide. "
        "`Contract.forms` retient quelles clés étaient écrites à `null` ou vides : le fichier est rendu à "
        "l’identique.",
        (("key", "Clé"), ("place", "Place"), ("note", "Remarque")),
    )


def dictionary_markdown(maps: Iterable[KeyMap] = ()) -> str:
    """Return the whole dictionary as Markdown.

    Parameters
    ----------
    maps
        Mappings of sources to print after those of the schema.
    """
    parts = [_head(), _nodes(), _relationships(), _enumerations()]
    parts += [_key_map(found) for found in (format_map(), *maps)]
    return "\n".join(parts)


def _head() -> str:
    nodes, links = len(SCHEMA.nodes), len(SCHEMA.relationships)
    properties = sum(1 for _ in SCHEMA.properties())
    lines = [
        "# Dictionnaire des données",
        "",
        "Cette page est produite par `make docs` à partir des tables de `graphmodel/schema/` : on ne la "
        "corrige pas à la main.",
        f"Le graphe d’un contrat a {nodes} sortes de nœuds, {links} types de relations et {properties} "
        "propriétés.",
        "",
        "Une valeur vide est inconnue ; zéro est zéro. Les montants sont des centimes d’euro entiers, les "
        "superficies et longueurs sont mesurées en EPSG:2154, les points donnés en EPSG:4326.",
        "Dans Neo4j, chaque nœud porte aussi le label `Maillage`, et les propriétés l’écriture donnée ici "
        "sous « Neo4j ».",
        "",
        "## Colonnes communes",
        "",
        *_table(("Colonne", "Tables", "Sens"), [(f"`{name}`", where, text) for name, where, text in _COMMON]),
    ]
    return "\n".join(lines) + "\n"


def _nodes() -> str:
    summary = [
        (f"[`{t.name}`](#{t.name.lower()})", t.french, f"`{_key_form(t)}`", t.sentence)
        for t in SCHEMA.nodes.values()
    ]
    lines = ["## Nœuds", "", *_table(("Label", "Nom", "Clé", "Sens"), summary), ""]
    for table in SCHEMA.nodes.values():
        lines += [f"### {table.name}", "", f"**{table.french}.** {table.sentence}", ""]
        lines += [*_property_table(table), ""]
    return "\n".join(lines)


def _key_form(table: NodeTable) -> str:
    if table.name == "Contract":
        return "<contrat>"
    if table.name == "Zoning":
        return "zoning/<zonage>@<millésime>"
    if not table.scoped:
        return "<niveau>/<code>@<millésime>"
    suffix = "@<année du plan>" if table.name == "Action" else ""
    return f"<contrat>/{table.segment}/<identifiant>{suffix}"


def _relationships() -> str:
    lines = ["## Relations", ""]
    for table in SCHEMA.relationships.values():
        lines += [f"### {table.name}", "", f"**{table.french}.** {table.sentence}", ""]
        lines += [f"- Va de : {_ends(table)}."]
        if table.discriminators:
            names = ", ".join(f"`{name}`" for name in table.discriminators)
            lines += [f"- Deux relations entre les mêmes nœuds diffèrent par : {names}."]
        lines += ["", *_property_table(table), ""]
    return "\n".join(lines)


def _ends(table: RelationshipTable) -> str:
    targets: dict[str, list[str]] = {}
    for source, target in sorted(table.endpoints):
        targets.setdefault(source, []).append(target)
    return " ; ".join(
        f"`{source}` à {', '.join(f'`{name}`' for name in found)}" for source, found in targets.items()
    )


def _property_table(table: NodeTable | RelationshipTable) -> list[str]:
    if not table.properties:
        return ["Sans propriété de plus que les colonnes communes."]
    heads = ("Propriété", "Neo4j", "Nom", "Type", "Unité", "Obligatoire", "Donnée personnelle", "Sens")
    return _table(heads, [_property_row(prop) for prop in table.properties.values()])


def _property_row(prop: Property) -> tuple[str, ...]:
    kind = f"[`{prop.enumeration}`](#{prop.enumeration})" if prop.enumeration else _TYPES[prop.type]
    required = "oui" if prop.required else ""
    personal = _PERSONAL[prop.personal]
    return (
        f"`{prop.name}`", f"`{prop.camel}`", prop.french, kind, prop.unit, required, personal, prop.sentence
    )  # fmt: skip


def _enumerations() -> str:
    lines = ["## Listes fermées", "", "Le graphe garde la valeur, les fichiers portent le mot.", ""]
    for enumeration in SCHEMA.enumerations.values():
        rows = [
            (f"`{value}`", f"`{enumeration.file_words[value]}`", french)
            for value, french in enumeration.french.items()
        ]
        lines += [f"### {enumeration.name}", "", *_table(("Valeur", "Mot", "Libellé"), rows), ""]
    return "\n".join(lines)


def _key_map(found: KeyMap) -> str:
    rows = [(f"`{first}`", *rest) for first, *rest in found.rows]
    return "\n".join([f"## {found.title}", "", found.introduction, "", *_table(found.columns, rows), ""])


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return the lines of a Markdown table; bars in cells are escaped."""
    return list(_table_lines(heads, rows))


def _table_lines(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(heads) + " |"
    yield "|" + " --- |" * len(heads)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"
