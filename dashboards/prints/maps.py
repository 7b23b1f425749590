"""The printed maps, from a snapshot to a file."""

from dataclasses import dataclass
from pathlib import Path

from dashboards import view_data, words
from dashboards.prints import furniture
from dashboards.prints.actions_data import ActionsMapData, actions_map_data
from dashboards.prints.actions_map import actions_page
from dashboards.prints.former_data import former_map_data
from dashboards.prints.former_map import former_page
from dashboards.prints.ground import CREDIT, PROJECTION, print_ground, vintage_words
from dashboards.prints.page import Page, printing
from dashboards.prints.perimeters_data import perimeters_map_data
from dashboards.prints.perimeters_map import perimeters_page
from dashboards.prints.ratio_data import Level, ratio_map_data
from dashboards.prints.ratio_map import ratio_page
from dashboards.prints.zonings_data import zonings_map_data
from dashboards.prints.zonings_map import zoning_words, zonings_page
from graphmodel import ContractGraph, UsageError
from graphmodel.evaluation import evaluate_contract
from graphmodel.secrecy import Mode


def print_actions_map(graph: ContractGraph, out: Path, year: int | None = None) -> Path:
    """Write map M2, the number of actions by EPCI, on an A4 portrait page.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    out
        File to write: `.png` (300 dpi), `.svg` or `.pdf`.
    year
        None cumulates the years of the contract (actions × years).

    Raises
    ------
    UsageError
        An extension of no known format, or a year that is not one of the contract's.
    UnnamedPartnerError, TextOverflowError
        When the page would be wrong; nothing is written.
    """
    with printing():
        page, title = actions_map(graph, year, out.suffix.lower())
        return page.save(out, title)


def actions_map(graph: ContractGraph, year: int | None = None, suffix: str = ".png") -> tuple[Page, str]:
    """Return the page of map M2 and its title; inside `printing()`."""
    ground = print_ground()
    data = actions_map_data(graph, ground, year)
    title = f"Nombre d’actions par EPCI, {data.asked}"
    what = (
        f"cumul des années {words.listed(map(str, data.years))}, actions × années, hors actions régionales"
        if data.cumulative
        else "actions de l’année, hors actions régionales"
    )
    if not data.years:
        what = "aucun bilan reçu"
    heading = furniture.Heading(
        title=title,
        subtitle=f"{furniture.contract_words(graph)} · {what}",
        number="Carte M2",
        fictional=data.fictional,
    )
    command = (
        "maillage export map" + (f" --year {year}" if year is not None else "") + f" --out carte-m2{suffix}"
    )
    foot = furniture.imprint(
        graph, actions_sources(data, ground_words=vintage_words(ground)), command, fictional=data.fictional
    )
    return actions_page(data, ground, heading, foot), title


def actions_sources(data: ActionsMapData, ground_words: str) -> list[str]:
    """Return the sentences of the footer of map M2."""
    said = "Source : convention pour les parties"
    if data.reports.due or data.years:
        said += (
            f" ; bilans annuels des opérateurs{' (jeu de démonstration fictif)' if data.fictional else ''}"
        )
        said += f" pour les actions, {data.reports.sentence}"
    else:
        said += " ; aucun bilan chargé"
    if data.received_until is not None:
        said += f", le dernier reçu le {words.day(data.received_until)}"
    return [f"{said}.", ground_words, f"{CREDIT}. {PROJECTION}."]


def print_perimeters_map(graph: ContractGraph, out: Path) -> Path:
    """Write map M1, the perimeters of the authorities that signed, on an A4 landscape page.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    out
        File to write: `.png` (300 dpi), `.svg` or `.pdf`.

    Raises
    ------
    UsageError
        An extension of no known format.
    UnnamedPartnerError, TextOverflowError
        When the page would be wrong; nothing is written.
    """
    with printing():
        page, title = perimeters_map(graph, out.suffix.lower())
        return page.save(out, title)


def perimeters_map(graph: ContractGraph, suffix: str = ".png") -> tuple[Page, str]:
    """Return the page of map M1 and its title; inside `printing()`."""
    ground = print_ground()
    data = perimeters_map_data(graph, ground)
    count = words.counted(len(data.parties), "collectivité signataire", "collectivités signataires")
    title = f"Périmètres des {count}" if len(data.parties) > 1 else "Périmètre des collectivités signataires"
    known = words.counted(len(data.drawn), "périmètre connu", "périmètres connus")
    if data.unknown:
        known += f", {words.counted(len(data.unknown), 'inconnu')}"
    heading = furniture.Heading(
        title=title,
        subtitle=f"{furniture.contract_words(graph)} · {known} · "
        "un lieu peut relever de plusieurs signataires",
        number="Carte M1",
        fictional=data.fictional,
    )
    declared = sum(party.kind not in ("departement", "epci", "commune") for party in data.drawn)
    brought = f" ; {words.counted(declared, 'périmètre')} déclarés par fichier" if declared else ""
    sources = [f"Source : parties citées par la convention{brought}.", vintage_words(ground, population=True),
               f"{CREDIT}. {PROJECTION}."]  # fmt: skip
    command = f"maillage export map --kind perimeters --out carte-m1{suffix}"
    foot = furniture.imprint(graph, sources, command, fictional=data.fictional)
    return perimeters_page(data, ground, heading, foot), title


def print_former_map(graph: ContractGraph, out: Path) -> Path:
    """Write the map of the communes of 1 January 2014, the contract's own time, on an A4 portrait page.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    out
        File to write: `.png` (300 dpi), `.svg` or `.pdf`.

    Raises
    ------
    UsageError
        An extension of no known format.
    UnnumberedGroupError, TextOverflowError
        When the page would be wrong; nothing is written.
    """
    with printing():
        page, title = former_map(graph, out.suffix.lower())
        return page.save(out, title)


def former_map(graph: ContractGraph, suffix: str = ".png") -> tuple[Page, str]:
    """Return the page of the map of 1 January 2014 and its title; inside `printing()`."""
    data, ground = former_map_data(), print_ground()
    title = "Les communes au 1er janvier 2014, sur leur propre carte"
    drawn = words.number(len(data.unchanged) + len(data.changed))
    heading = furniture.Heading(
        title=title,
        subtitle=f"{furniture.contract_words(graph)} · {drawn} communes sur {words.number(data.communes)} "
        "dessinées comme elles étaient",
        number="Carte de 2014",
        fictional=False,
    )
    sources = [
        "Source : mouvements de communes de l’INSEE et contours des communes déléguées et associées "
        f"(IGN) ; {data.note[0].lower()}{data.note[1:]}",
        f"Communes au 1er janvier 2014 ; régions voisines d’alors. {CREDIT}. {PROJECTION}.",
    ]
    command = f"maillage export map --kind communes-2014 --out carte{suffix}"
    foot = furniture.imprint(graph, sources, command, fictional=False)
    return former_page(data, ground, heading, foot), title


def print_zonings_map(graph: ContractGraph, out: Path) -> Path:
    """Write the map of the priority quarters and of the rural revitalisation communes, on A4 landscape.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    out
        File to write: `.png` (300 dpi), `.svg` or `.pdf`.

    Raises
    ------
    UsageError
        An extension of no known format, or several vintages of a zoning of which the contract names none.
    TextOverflowError
        When the page would be wrong; nothing is written.
    """
    with printing():
        page, title = zonings_map(graph, out.suffix.lower())
        return page.save(out, title)


def zonings_map(graph: ContractGraph, suffix: str = ".png") -> tuple[Page, str]:
    """Return the page of the zonings and its title; inside `printing()`."""
    ground = print_ground()
    data = zonings_map_data(graph, ground)
    title = "Quartiers prioritaires et zones de revitalisation rurale"
    shown = words.listed(f"{one.scheme} {one.vintage}" for one in data.shown) or "aucune liste chargée"
    heading = furniture.Heading(
        title=title,
        subtitle=f"{furniture.contract_words(graph)} · {shown}",
        number="Carte des zonages",
        fictional=data.fictional,
    )
    told = " ; ".join(zoning_words(one) for one in data.shown)
    sources = [f"Zonages : {told}." if told else "Aucune liste de zonage chargée.",
               vintage_words(ground, population=True), f"{CREDIT}. {PROJECTION}."]  # fmt: skip
    command = f"maillage export map --kind zonings --out zonages{suffix}"
    foot = furniture.imprint(graph, sources, command, fictional=data.fictional)
    return zonings_page(data, ground, heading, foot), title


@dataclass(frozen=True, slots=True)
class AmountsOptions:
    """What can be chosen of map M3.

    Attributes
    ----------
    year
        None is the last year of which reports came in.
    level
        Units.
    region_wide
        True adds the amounts of region-wide actions.
    mode
        `working` shows secret values and prints « document de travail ».
    grey
        True for the edition to be photocopied.
    """

    year: int | None = None
    level: Level = "commune"
    region_wide: bool = False
    mode: Mode = "publication"
    grey: bool = False

    def command(self, suffix: str) -> str:
        """Return the command that makes the map again."""
        chosen = [
            f" --year {self.year}" if self.year is not None else "",
            f" --level {self.level}" if self.level != "commune" else "",
            " --region-wide" if self.region_wide else "",
            " --grey" if self.grey else "",
            f" --mode {self.mode}" if self.mode != "publication" else "",
        ]
        return f"maillage export map --kind amounts{''.join(chosen)} --out carte-m3{suffix}"


def print_amounts_map(graph: ContractGraph, out: Path, options: AmountsOptions | None = None) -> Path:
    """Write map M3, euros paid per inhabitant, on an A4 landscape page.

    Parameters
    ----------
    graph
        Snapshot with one contract.
    out
        File to write: `.png` (300 dpi), `.svg` or `.pdf`.
    options
        Year, units, mode, edition.

    Raises
    ------
    UsageError
        An extension of no known format, or a year of which no report came in.
    TextOverflowError
        When the page would be wrong; nothing is written.
    """
    with printing():
        page, title = amounts_map(graph, options or AmountsOptions(), out.suffix.lower())
        return page.save(out, title)


def amounts_map(graph: ContractGraph, options: AmountsOptions, suffix: str = ".png") -> tuple[Page, str]:
    """Return the page of map M3 and its title; inside `printing()`."""
    told = view_data.reported_years(graph)
    year = options.year if options.year is not None else max(told, default=None)
    if year is None or year not in told:
        known = words.listed(map(str, told)) or "aucune"
        raise UsageError(f"Aucun bilan reçu pour {year or 'ce contrat'}. Années connues : {known}.")
    ground = print_ground()
    values = evaluate_contract(graph, ["T06"], options.mode).values
    data = ratio_map_data(values, ground, year, level=options.level, region_wide=options.region_wide,
                          mode=options.mode)  # fmt: skip
    unit = "commune" if options.level == "commune" else "EPCI"
    title = f"Montant payé par habitant, par {unit}, en {year}"
    region = "actions régionales comprises" if options.region_wide else "hors actions régionales"
    heading = furniture.Heading(
        title=title,
        subtitle=f"{furniture.contract_words(graph)} · question 3, effet E3.1 · euros par habitant, {region}",
        number="Carte M3",
        fictional=data.fictional,
    )
    zonings = zonings_map_data(graph, ground)
    shown = " ; ".join(zoning_words(one) for one in zonings.shown) or "aucun"
    origin = " (jeu de démonstration fictif)" if data.fictional else ""
    coverage = "" if data.coverage is None else f", {words.percent(data.coverage, 0)} reçus"
    sources = [
        f"Source : bilans annuels {year} des opérateurs{origin}{coverage}. Attribution fractionnée à la "
        f"population (T06). Zonages : {shown}.",
        vintage_words(ground, population=True),
        f"{CREDIT}. {PROJECTION}.",
    ]
    foot = furniture.imprint(
        graph, sources, options.command(suffix), fictional=data.fictional, mode=options.mode
    )
    return ratio_page(data, zonings, ground, heading, foot, grey=options.grey), title
