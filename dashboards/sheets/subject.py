"""The territory a sheet speaks of: found by code, by name, or by the authority that administers it."""

from dataclasses import dataclass

from dashboards.maps.facts import Resolver
from geodata.names import normalize, resolve
from geodata.territories import load_reference
from graphmodel import ContractGraph, UsageError
from graphmodel.frames import known
from graphmodel.keys import territory_key

_OFFICIAL = ("region", "departement", "epci", "commune")


@dataclass(frozen=True, slots=True)
class Subject:
    """The territory of a sheet.

    Attributes
    ----------
    key, code, name, level
        Its key in the graph, whether the graph has it or not, and what it is.
    population
        Inhabitants; None when not known.
    communes
        Codes of its communes; empty while its perimeter is unknown.
    authority
        Name of the organisation that administers it; None when there is none.
    party
        True when that organisation signed the contract.
    """

    key: str
    code: str
    name: str
    level: str
    population: int | None
    communes: frozenset[str]
    authority: str | None
    party: bool


def subject_of(graph: ContractGraph, query: str) -> Subject:
    """Return the territory a text names.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    query
        Code or name of a territory, or name or identifier of an authority.

    Raises
    ------
    UsageError
        Nothing answers, or several do.
    """
    key = _own(graph, query) or _administered(graph, query)
    frame = graph.nodes("Territory")
    resolver = Resolver(graph, load_reference())
    if key is None:
        match = resolve(query).territory
        key = territory_key(match.level, match.code, match.vintage)
        communes = resolver.communes(key)
        if match.level == "commune":
            communes = frozenset({match.code})
        elif not communes:
            communes = frozenset(load_reference().contains(match.code, match.level, None))
        who, signed = _authority(graph, key)
        return Subject(
            key, match.code, _called(match.name, who), match.level, match.population, communes, who, signed
        )
    row = frame.loc[key]
    people = known(row["population"])
    level, code = str(row["level"]), str(row["code"])
    if people is None and level in _OFFICIAL:
        people = resolve(code).territory.population
    who, signed = _authority(graph, key)
    total = int(str(people)) if people is not None else None
    return Subject(
        key, code, _called(resolver.name(key), who), level, total, resolver.communes(key), who, signed
    )


def _called(name: str, authority: str | None) -> str:
    """Return the name of a territory: the reference lacks some accents that its authority writes."""
    return authority if authority is not None and normalize(authority) == normalize(name) else name


def _own(graph: ContractGraph, query: str) -> str | None:
    """Return the key of a territory that stands only in the store."""
    frame = graph.nodes("Territory")
    rows = frame[~frame["level"].isin(_OFFICIAL)]
    rows = rows[(rows["code"] == query) | (rows["name"].str.casefold() == query.strip().casefold())]
    if len(rows) > 1:
        names = "\n".join(f"- {row['name']} ({row['code']})" for _, row in rows.iterrows())
        raise UsageError(f"Plusieurs territoires répondent à « {query} » : précisez par le code.\n{names}")
    return None if rows.empty else str(rows.index[0])


def _administered(graph: ContractGraph, query: str) -> str | None:
    """Return the key of the territory of the authority that bears a name or an identifier."""
    asked = query.strip().casefold()
    administers = graph.relationships("ADMINISTERS")
    organisations = graph.nodes("Organisation")
    for source, target in zip(administers["source"], administers["target"], strict=True):
        row = organisations.loc[source]
        if asked in (str(row["name"]).casefold(), str(row["id"]).casefold()):
            return str(target)
    return None


def _authority(graph: ContractGraph, key: str) -> tuple[str | None, bool]:
    administers = graph.relationships("ADMINISTERS")
    sources = sorted(administers.loc[administers["target"] == key, "source"])
    if not sources:
        return None, False
    signed = set(graph.relationships("SIGNED")["source"])
    return str(graph.nodes("Organisation")["name"][sources[0]]), sources[0] in signed
