"""`communes`, `qpv`, `syndicat_mixte`, `collectivites`, `contiguite`, `passage`, `epci_courant`.

Every territory is a `Territory` keyed `<contract>:<id>`, its code the identifier; the whole region is `R`.
Communes, départements and EPCI of `communes` have the vintage 2014. Communes that only later vintages know
are made with theirs. `Territory.position` is the rank in the file: communes and quarters that have none are
not of `communes`.

`CONTAINS` goes from the container: region to département, département and EPCI to commune (frozen on
1 January 2014), urban unit, syndicat and authority to commune and commune to quarter (declared), current
EPCI to commune (current). `CLASSED_IN` the zoning `<contract>:zrr` tells classed and not classed communes;
no relationship is unknown. An authority is a territory that an organisation `ADMINISTERS`: the operator it
is, else an organisation made for it.
"""

from collections.abc import Mapping
from datetime import date

from graphmodel.batch import Ref
from graphmodel.keys import NOT_DECLARED
from loaders.contract_json.draft import Draft, place
from loaders.contract_json.form import Commune
from loaders.contract_json.parsing import Step
from loaders.contract_json.references import REGION
from loaders.contract_json.territory_levels import BASE_VINTAGE, claims, later_vintages

FROZEN_ON = date(BASE_VINTAGE, 1, 1)
_WHOLE = {"population_share": 1.0, "area_share": 1.0}
"""The form nests whole communes in all it knows, and a quarter in one commune."""
_FROZEN = {"composition": "frozen", "date": FROZEN_ON, **_WHOLE}
_DECLARED = {"composition": "declared", **_WHOLE}
_CURRENT = {"composition": "current", **_WHOLE}


def region_key(contract: str) -> str:
    """Return the key of the whole region's territory."""
    return territory_key(contract, REGION)


def territory_key(contract: str, identifier: str) -> str:
    """Return the key of a territory of a JSON data set."""
    return f"{contract}:{identifier}"


def add_territories(draft: Draft) -> None:
    """Add every territory, how they nest, and what classes and follows them."""
    _add_region(draft)
    _add_communes(draft)
    _add_groups(draft)
    _add_quarters(draft)
    _add_perimeters(draft)
    for name, commune in draft.form.communes.items():
        _add_nesting(draft, name, commune)
    _add_zrr(draft)
    _add_urban_units(draft)
    _add_neighbours(draft)
    _add_passages(draft)
    _add_current_epci(draft)


def _territory(
    draft: Draft, level: str, identifier: str, vintage: str, values: Mapping[str, object], *steps: Step
) -> Ref:
    """Add a territory and return its reference."""
    key = territory_key(draft.contract_id, identifier)
    said = {"code": identifier, "level": level, "vintage": vintage, **values}
    made = draft.builder.node("Territory", identifier, said, key=key, place=place(*steps))
    draft.territories[identifier] = made
    return made


def _add_region(draft: Draft) -> None:
    people = {"population": draft.form.population_region}
    made = _territory(draft, "region", REGION, str(BASE_VINTAGE), people, "population_region")
    draft.builder.relationship("USES", draft.contract, made, {"purpose": "territoire du contrat"})


def _add_communes(draft: Draft) -> None:
    base = str(BASE_VINTAGE)
    for rank, (name, commune) in enumerate(draft.form.communes.items()):
        values = {"population": commune.population, "population_vintage": NOT_DECLARED, "position": rank + 1}
        _territory(draft, "commune", name, base, values, "communes", name)
    for name, vintage in later_vintages(draft.form).items():
        _territory(draft, "commune", name, vintage, {})


def _add_groups(draft: Draft) -> None:
    """Add the départements and EPCI that communes name, each once."""
    for name, level, steps in claims(draft.form):
        if level in ("departement", "epci") and name not in draft.territories:
            vintage = NOT_DECLARED if steps[0] == "epci_courant" else str(BASE_VINTAGE)
            made = _territory(draft, level, name, vintage, {}, *steps)
            if level == "departement":
                draft.builder.relationship("CONTAINS", draft.territories[REGION], made, _FROZEN)


def _add_quarters(draft: Draft) -> None:
    for rank, (name, quarter) in enumerate(draft.form.quarters.items()):
        values = {"population": quarter.population, "position": rank + 1}
        made = _territory(draft, "qpv", name, NOT_DECLARED, values, "qpv", name)
        draft.builder.relationship("CONTAINS", draft.territories[quarter.commune], made, _DECLARED)


def _add_perimeters(draft: Draft) -> None:
    """Add syndicats mixtes and authorities; an authority may be a territory known already."""
    for name, communes in draft.form.syndicates.items():
        made = _territory(draft, "syndicat_mixte", name, NOT_DECLARED, {}, "syndicat_mixte", name)
        _contain(draft, made, communes, "syndicat_mixte", name)
    for name, authority in draft.form.authorities.items():
        if name not in draft.territories:
            _territory(draft, "authority", name, NOT_DECLARED, {}, "collectivites", name)
        if name not in draft.form.syndicates:
            _contain(draft, draft.territories[name], authority.communes, "collectivites", name, "communes")


def _contain(draft: Draft, whole: Ref, communes: list[str], *steps: Step) -> None:
    for rank, name in enumerate(communes):
        values = {**_DECLARED, "position": rank + 1}
        here = place(*steps, rank)
        draft.builder.relationship("CONTAINS", whole, draft.territories[name], values, place=here)


def _add_nesting(draft: Draft, name: str, commune: Commune) -> None:
    here = place("communes", name)
    outer = [commune.departement or REGION, *([commune.epci] if commune.epci is not None else [])]
    for container in outer:
        draft.builder.relationship(
            "CONTAINS", draft.territories[container], draft.territories[name], _FROZEN, place=here
        )


def _add_zrr(draft: Draft) -> None:
    told = {name: c.zrr for name, c in draft.form.communes.items() if c.zrr is not None}
    if not told:
        return
    zoning = draft.builder.node(
        "Zoning",
        "zrr",
        {"scheme": "ZRR", "vintage": str(BASE_VINTAGE)},
        name=f"ZRR {BASE_VINTAGE}",
        key=territory_key(draft.contract_id, "zrr"),
    )
    draft.builder.relationship("USES", draft.contract, zoning, {"purpose": "zone prioritaire"})
    for name, inside in told.items():
        status = {"status": "classed" if inside else "not_classed"}
        here = place("communes", name, "zrr")
        draft.builder.relationship("CLASSED_IN", draft.territories[name], zoning, status, place=here)


def _add_urban_units(draft: Draft) -> None:
    """Add urban units apart: no other place of a file names them, so their codes may be those of communes."""
    units: dict[str, Ref] = {}
    for name, commune in draft.form.communes.items():
        unit = commune.urban_unit
        if unit is None:
            continue
        if unit not in units:
            code = f"uu:{unit}" if unit in draft.territories else unit
            said = {"code": unit, "level": "urban_unit", "vintage": NOT_DECLARED}
            key = territory_key(draft.contract_id, code)
            units[unit] = draft.builder.node("Territory", unit, said, key=key)
        draft.builder.relationship(
            "CONTAINS", units[unit], draft.territories[name], _DECLARED, place=place("communes", name, "uu")
        )


def _add_neighbours(draft: Draft) -> None:
    for rank, (first, second) in enumerate(draft.form.neighbours):
        draft.builder.relationship(
            "ADJACENT_TO",
            draft.territories[first],
            draft.territories[second],
            {"position": rank + 1},
            place=place("contiguite", rank),
        )


def _add_passages(draft: Draft) -> None:
    for rank, row in enumerate(draft.form.passages):
        values = {"date": row.date, "population_share": row.population_share, "position": rank + 1}
        draft.builder.relationship(
            "SUCCEEDED_BY",
            draft.territories[row.old],
            draft.territories[row.new],
            values,
            place=place("passage", rank),
        )


def _add_current_epci(draft: Draft) -> None:
    for name, group in draft.form.current_epci.items():
        if group is not None:
            here = place("epci_courant", name)
            draft.builder.relationship(
                "CONTAINS",
                draft.territories[group],
                draft.territories[name],
                _CURRENT,
                place=here,
            )
