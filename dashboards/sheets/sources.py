"""Where the figures of a sheet come from: the files received, their sheets and rows."""

from collections import defaultdict
from collections.abc import Iterable

from dashboards import words
from dashboards.sheets.subject import Subject
from dashboards.sheets.tables import Table
from graphmodel import ContractGraph, Store
from graphmodel.frames import known
from graphmodel.indicators import EvaluationContext
from graphmodel.indicators.territories.authorities import code_of
from graphmodel.profile import TerritoryProfile
from graphmodel.provenance import Documents

_MOST_RANGES = 4
Rests = tuple[tuple[str, str, list[str]], ...]
"""Each figure with the table and the keys of the rows it rests on."""


def rests_on(
    graph: ContractGraph, context: EvaluationContext, profile: TerritoryProfile, subject: Subject
) -> Rests:
    """Return the rows behind each figure of a sheet."""
    codes = dict(code_of(context))
    territories = graph.nodes("Territory")
    level = territories["level"]
    ids = {action.code for action in profile.actions}
    identifiers = graph.nodes("Action")["id"]
    actions = set(identifiers.index[identifiers.isin(ids)])
    places = graph.relationships("TAKES_PLACE_IN")
    quarters = places["target"].map(level).eq("qpv") & places["degree"].eq("targeted")
    supports = graph.relationships("SUPPORTS")
    parts = graph.relationships("TAKES_PART_IN")
    expresses, adopts = graph.relationships("EXPRESSES"), graph.relationships("ADOPTS")
    needs = set(expresses.loc[expresses["source"].map(codes) == subject.code, "target"])
    acts = set(adopts.loc[adopts["source"].map(codes) == subject.code, "target"])
    about = graph.relationships("ABOUT")
    money = set(about.loc[about["source_label"].eq("Funding") & about["target"].isin(actions), "source"])
    return (
        ("actions et lieux", "TAKES_PLACE_IN", _keys(places.index[places["source"].isin(actions)])),
        (
            "QPV ciblés (T02)",
            "TAKES_PLACE_IN",
            _keys(places.index[quarters & places["source"].isin(actions)]),
        ),
        ("équité (T05)", "SUPPORTS", _keys(supports.index[supports["commune"].isin(subject.communes)])),
        ("besoins (T12)", "Need", _keys(needs)),
        ("opérateurs (T11)", "TAKES_PART_IN", _keys(parts.index[parts["target"].isin(actions)])),
        ("montants (T06)", "Funding", _keys(money)),
        ("stratégie (T13)", "PolicyAct", _keys(acts)),
    )


def _keys(keys: Iterable[object]) -> list[str]:
    return sorted(map(str, keys))


def sources_table(store: Store, rests: Rests) -> Table:
    """Return, for each figure, the files it rests on, with sheet and rows, and the day of their loading."""
    documents = Documents(store.history())
    rows, bare = [], []
    for figure, table, keys in rests:
        found: defaultdict[tuple[str, str, str], set[int]] = defaultdict(set)
        for record in store.read(table, keys).values() if keys else ():
            for said in record.attestations:
                if said.correction is None:
                    document = documents.find(said.source, said.load)
                    name = (document.name or document.id) + (" (fictif)" if document.fictional else "")
                    at = (name, str(known(said.place.sheet) or ""), document.at[:10])
                    found[at] |= {said.place.row} if said.place.row is not None else set()
        for (name, sheet, loaded), lines in sorted(found.items()):
            day = "/".join(reversed(loaded.split("-")))
            where = ", ".join(part for part in (sheet, ranges(lines)) if part) or "place non dite"
            rows.append((figure, name, where, day))
        if not found:
            bare.append(figure)
    head = ("Chiffre", "Fichier", "Feuille, lignes", "Chargé le")
    return Table("Chaque chiffre, jusqu’aux lignes du fichier reçu", head,
                 tuple(rows), "llll", (2, 3, 5, 0),
                 note=f"Aucune ligne reçue pour : {words.listed(bare)}." if bare else "")  # fmt: skip


def ranges(lines: Iterable[int]) -> str:
    """Return row numbers as ranges: « lignes 2-5, 9 », the first ones where there are many.

    >>> ranges([9, 2, 3, 4, 5])
    'lignes 2-5, 9'
    """
    found: list[list[int]] = []
    for line in sorted(lines):
        if found and line == found[-1][1] + 1:
            found[-1][1] = line
        else:
            found.append([line, line])
    told = [str(a) if a == b else f"{a}-{b}" for a, b in found]
    if not told:
        return ""
    if len(told) > _MOST_RANGES:
        rest = sum(b - a + 1 for a, b in found[_MOST_RANGES:])
        return f"lignes {', '.join(told[:_MOST_RANGES])} et {words.counted(rest, 'autre')}"
    alone = len(found) == 1 and found[0][0] == found[0][1]
    return f"{'ligne' if alone else 'lignes'} {', '.join(told)}"
