"""Tb6: the six criteria of the strategy of each authority, at the first and at the last year told."""

from collections import defaultdict

from dashboards import words
from dashboards.figures.asked import Asked
from dashboards.figures.dumbbells import Dumbbells, authority_names, dumbbells_data
from dashboards.report_tables.table import CENSUS, NONE, Cell, Column, Content, count, plain, share, text
from graphmodel.frames import records_of
from graphmodel.indicators.territories.authorities import code_of
from graphmodel.indicators.territories.policy import CRITERIA

_NOTES = (
    "oui : pièce trouvée ; non : recherchée en vain ; « ? » : non recherchée, le score est alors inconnu (« "
    "n. c. »).",
    "Le score est la somme de critères qui ne se valent pas : lire les transitions. Une élection (mars "
    "2014, décembre 2015) peut les expliquer.",
    f"Intervalle de Wilson à 95 %. {CENSUS}",
)
SIGNS = {True: "oui", False: "non", None: "?"}


def make(asked: Asked) -> Content:
    """Return Tb6."""
    data = dumbbells_data(asked)
    made = Content(
        "Scores de stratégie ESS des collectivités, au début et à la fin, critère par critère",
        asked.source("pièces et délibérations recherchées, collectivité par collectivité"),
    )
    if data is None:
        made.empty = (
            asked.absence("T13") if not asked.of("T13", "score") else "Une seule année de scores est connue."
        )
        return made
    labels = asked.graph.contract.get("policy_criteria")
    named = dict(labels) if isinstance(labels, dict) else {}
    made.caption = f"{made.caption}, {data.first} et {data.last}"
    made.columns = (
        Column("Collectivité", width=2.8),
        *(
            Column(
                str(named.get(criterion, criterion)), "status", group=f"{data.first} → {data.last}", width=1.4
            )
            for criterion in CRITERIA
        ),
        Column(str(data.first), "integer", group="Score", width=0.8),
        Column(str(data.last), "integer", group="Score", width=0.8),
        Column("écart", "integer", group="Score", width=0.8),
    )
    _add_authorities(asked, made, data)
    _add_progress(asked, made, data)
    made.notes = list(_NOTES)
    return made


def _add_authorities(asked: Asked, made: Content, data: Dumbbells) -> None:
    acts, codes = _acts(asked), {name: code for code, name in authority_names(asked).items()}
    for row in data.rows:
        cells = []
        for criterion in CRITERIA:
            pair = [acts.get((codes.get(row.name, ""), criterion, year)) for year in (data.first, data.last)]
            said = " → ".join(SIGNS[one] for one in pair)
            cells.append(Cell(said, said))
        sign = "" if not row.change else "+" if row.change > 0 else words.MINUS
        signed = NONE if row.change is None else f"{sign}{abs(row.change)}"
        made.add(
            text(row.name),
            *cells,
            count(row.before, "n. c."),
            count(row.after, "n. c."),
            Cell(row.change, signed),
        )


def _add_progress(asked: Asked, made: Content, data: Dumbbells) -> None:
    both = {"year": str(data.first), "year2": str(data.last), "level": "C1"}
    progress, mean = (asked.get("T13", measure, **both) for measure in ("share_progress", "mean_change"))
    blank = [Cell(None, "")] * len(CRITERIA)
    made.add(
        text("En progression, à deux scores"),
        *blank[1:],
        share(progress, asked.mode),
        blank[0],
        text("moyenne"),
        plain(mean, asked.mode, 1),
        level="total",
    )


def _acts(asked: Asked) -> dict[tuple[str, str, int], bool]:
    """Return whether the piece of each criterion was found, by authority and year."""
    links, codes = asked.graph.relationships("ADOPTS"), code_of(asked.context)
    owner = {str(t): codes.get(str(s), "") for s, t in zip(links["source"], links["target"], strict=True)}
    told: defaultdict[tuple[str, str, int], list[bool]] = defaultdict(list)
    for row in records_of(asked.graph.nodes("PolicyAct")):
        year, present = row.get("year"), row.get("present")
        if isinstance(year, int) and isinstance(present, bool):
            told[owner.get(str(row["key"]), ""), str(row.get("criterion")), year].append(present)
    return {name: any(found) for name, found in told.items()}
