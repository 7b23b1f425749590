"""Questions about the text and its sources: who is named where, what is ambiguous, what has one source."""

from collections.abc import Iterator

from graphmodel.questions.model import Column, Given, Parameter, Sorted, question
from graphmodel.questions.territories import ORGANISATION
from graphmodel.questions.view import Record, View


@question(
    "deux-lectures-des-representants",
    "Pour quelles parties le préambule et la page de signature ne nomment-ils pas la même personne ?",
    [],
    [
        ORGANISATION,
        Column("preamble", "Au préambule", "list"),
        Column("preamble_function", "En qualité de", "list"),
        Column("signature", "À la signature", "list"),
        Column("signature_function", "En qualité de (signature)", "list"),
    ],
    "Majuscules et accents ne comptent pas. Une liste vide : cette page ne nomme personne.",
)
def differing_mandates(view: View, given: Given) -> Iterator[Sorted]:  # noqa: ARG001 - takes no parameter
    """Yield the organisations whose two lists of persons differ."""
    mandates = view.nodes("Mandate")
    for who, links in view.leaving("REPRESENTED_BY", "Organisation", "Mandate").items():
        held = [mandates[key] for key in sorted(link["target"] for link in links)]
        sides = [[one for one in held if one.get("source") == source] for source in ("preamble", "signature")]
        persons = [_values(side, "person") for side in sides]
        if set(map(_folded, persons[0])) != set(map(_folded, persons[1])):
            functions = [_values(side, "function") for side in sides]
            name = view.nodes("Organisation")[who].get("name")
            yield (who,), (name, persons[0], functions[0], persons[1], functions[1])


_PLAIN = str.maketrans("àâäçéèêëîïôöùûü", "aaaceeeeiioouuu")
"""French accents, which capitals often drop; the Cypher replaces the same letters."""


def _folded(name: str) -> str:
    return name.lower().translate(_PLAIN)


def _values(records: list[Record], name: str) -> list[str]:
    return [str(record[name]) for record in records if name in record]


@question(
    "ambiguites-du-texte",
    "Quelles ambiguïtés du texte sont graves, et quelle règle les tranche ?",
    [Parameter("gravite", "enum:severity", "Gravité.", default="high")],
    [
        Column("ambiguity", "Ambiguïté"),
        Column("family", "Famille"),
        Column("finding", "Constat"),
        Column("rule", "Règle"),
        Column("decided_by", "Tranchée par"),
        Column("passages", "Passages"),
    ],
)
def ambiguities(view: View, given: Given) -> Iterator[Sorted]:
    """Yield the ambiguities of a severity."""
    for key, row in view.nodes("Ambiguity").items():
        if row.get("severity") == given["gravite"]:
            cells = (row.get(name) for name in ("family", "finding", "rule", "decided_by", "passages"))
            yield (key,), (row["id"], *cells)


@question(
    "ce-qui-repose-sur-une-seule-source",
    "Qu’est-ce qui ne repose que sur une source ?",
    [Parameter("nature", "label", "Étiquette des éléments, comme Organisation.", default="Organisation")],
    [
        Column("element", "Élément"),
        Column("name", "Nom"),
        Column("fictional", "Fictif", "boolean"),
        Column("of_label", "Éléments de cette nature", "integer"),
    ],
    "Une source est un document chargé. Les territoires et les zonages ne sont d’aucun contrat.",
)
def single_source(view: View, given: Given) -> Iterator[Sorted]:
    """Yield the nodes of a label that one source attests."""
    nodes = view.nodes(str(given["nature"]))
    for key, node in nodes.items():
        if node["source_count"] == 1:
            yield (key,), (node["id"], node.get("name"), node["fictional"], len(nodes))
