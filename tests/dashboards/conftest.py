"""A small contract on real communes, with the cases that views must get right."""

from datetime import date

import pytest

from graphmodel import BatchBuilder, ContractGraph, Source
from graphmodel.contract_graph import Version
from graphmodel.frames import frame_of
from graphmodel.schema import SCHEMA

CONTRACT = "ESSAI-2014-2016"
HOSTILE = "</script><img src=x onerror=\"alert('1')\"> {{7*7}} {# « \u2028"
"""A name that would become markup, script or template wherever it is not treated as text."""


def graph_of(builder: BatchBuilder) -> ContractGraph:
    """Return the snapshot that a store would give of what a builder holds."""
    batch = builder.build()
    frames = {}
    for table in SCHEMA.tables:
        rows = batch.rows.get(table, [])
        names = {name for row in rows for name in row.values}
        columns: dict[str, list[object]] = {name: [row.values.get(name) for row in rows] for name in names}
        columns["key"] = [row.key for row in rows]
        columns["fictional"] = [batch.source.fictional] * len(rows)
        frames[table] = frame_of(table, columns)
    return ContractGraph(frames, {}, Version(3, "3.1"))


def small_builder(*, hostile: bool = False) -> BatchBuilder:
    """Return the contract: 3 axes, 8 actions, 12 organisations, 3 years, one party of unknown perimeter."""
    source = Source("essai", "essai.xlsx", "0" * 64, "workbook", fictional=True)
    made = BatchBuilder(source, contract=CONTRACT)
    contract = made.node(
        "Contract", CONTRACT, {"start_year": 2014, "end_year": 2016, "pivot": "CRESS"}, name="Contrat d’essai"
    )
    region = made.territory("region", "82", "2025", name="Rhône-Alpes")
    grenoble = made.territory("commune", "38185", "2025", name="Grenoble")
    lyon = made.territory("commune", "69123", "2025", name="Lyon")
    die = made.territory("commune", "26113", "2025", name="Die")
    metro = made.territory("epci", "200040715", "2019", name="Grenoble-Alpes-Métropole")
    isere = made.territory("departement", "38", "2025", name="Isère")
    pilat = made.node(
        "Territory", "PILAT", {"code": "PILAT", "level": "pnr", "perimeter": "unknown"},
        name="Parc du Pilat", key="pnr/PILAT",
    )  # fmt: skip
    quarter = made.node(
        "Territory", "QF38001", {"code": "QF38001", "level": "qpv", "center": (5.735, 45.165)},
        name="Ficti-Quartier des Tilleuls", key="qpv/QF38001",
    )  # fmt: skip
    made.relationship("CONTAINS", grenoble, quarter, {"composition": "declared"})
    zrr = made.zoning("ZRR", "2014", name="ZRR (liste fictive)")
    made.relationship("CLASSED_IN", die, zrr, {"status": "classed"})
    for identifier, name, territory in (
        ("GAM", "Grenoble-Alpes Métropole", metro),
        ("CG38", "Conseil général de l’Isère", isere),
        ("PNRP", "Syndicat mixte du Parc du Pilat", pilat),
        ("REGION", "Région Rhône-Alpes", region),
    ):
        party = made.node("Organisation", identifier, {"world": "public"}, name=name)
        made.relationship("SIGNED", party, contract)
        made.relationship("ADMINISTERS", party, territory)
    axes = [
        made.node("Axis", code, {"position": rank}, name=name)
        for rank, (code, name) in enumerate(
            (("I", "Promotion"), ("II", "Innovation"), ("III", "Entreprises")), 1
        )
    ]
    actors = [
        made.node("Organisation", f"F{rank}", {"world": world}, name=name)
        for rank, (world, name) in enumerate(
            (
                ("ess", HOSTILE if hostile else "Fictiscop Rivage"),
                ("ess", "Fictasso Lichen"),
                ("ess_company", "Fictisarl Quartz"),
                ("classic", "Fictisarl Marne"),
                ("research", "Fictilab Silex"),
                ("ess", "Fictimut Vesce"),
            ),
            1,
        )
    ]
    actors.append(made.node("Organisation", "CRESS", {"world": "ess"}, name="CRESS Rhône-Alpes"))
    places = ((grenoble, lyon), (metro,), (isere,), (quarter,), (die,), (), (lyon, die), (region,))
    codes = ("I_1.1", "I_1.2", "II_1.1", "II_2.1", "II_3.1", "III_1.1", "III_1.2", "III_2.1")
    for rank, (code, where) in enumerate(zip(codes, places, strict=True)):
        title = HOSTILE if hostile and rank == 0 else f"Action d’essai {code.replace('_', '.')}"
        wide = code == "III_2.1"
        action = made.node("Action", code, {"region_wide": wide, "plan_year": 2014}, name=title, at=2014)
        made.relationship("PART_OF", action, axes[code.split("_")[0].count("I") - 1])
        for year in (2014, 2015):
            said = {"basis": "report", "year": year}
            made.relationship("TAKES_PART_IN", actors[rank % 6], action, {"role": "pilot", **said})
            made.relationship(
                "TAKES_PART_IN", actors[(rank + 1 + year % 2) % 6], action, {"role": "partner", **said}
            )
            if rank % 2:
                made.relationship("TAKES_PART_IN", actors[6], action, {"role": "partner", **said})
            report = made.node(
                "Report",
                f"B-{code}-{year}",
                {"year": year, "received_on": date(year + 1, 2, 1) if rank else None},
            )
            made.relationship("ABOUT", report, action)
        for place in where:
            made.relationship("TAKES_PLACE_IN", action, place, {"degree": "targeted"})
    return made


@pytest.fixture(scope="session")
def graph() -> ContractGraph:
    """Return the snapshot of the small contract."""
    return graph_of(small_builder())


@pytest.fixture(scope="session")
def hostile_graph() -> ContractGraph:
    """Return the small contract where an actor and an action bear a hostile name."""
    return graph_of(small_builder(hostile=True))
