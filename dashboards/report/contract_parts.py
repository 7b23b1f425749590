"""Parts 1 and 2: what the contract says, who signs, where; what it expects and how actions lead there."""

from collections.abc import Iterator, Sequence
from typing import Final

from dashboards import words
from dashboards.overlap_tables import perimeter_table
from dashboards.pages.contract_context import ContractContext, context_of
from dashboards.report.blocks import (
    Block,
    Box,
    Bullets,
    Column,
    Heading,
    Paragraph,
    Part,
    Table,
    plain_rows,
)
from dashboards.report.material import Material
from dashboards.report.pieces import figure_block, map_block
from graphmodel.frames import records_of
from graphmodel.indicators.territories.contribution import Link, chains

_MOST_PAIRS: Final = 30


def contract_part(material: Material) -> Part:
    """Return part 1: the sheet of the contract and the perimeters of those who sign it."""
    page = context_of(material.graph, {})
    parties, axes = words.counted(len(page.parties), "partie"), words.counted(len(page.axes), "axe")
    lead = f"{parties} · {axes} · {material.span}"
    return Part(
        1, "Fiche du contrat", lead, (*_card(material, page), *_parties(page), *_perimeters(material))
    )


def _card(material: Material, page: ContractContext) -> Iterator[Block]:
    contract = material.graph.contract
    yield Heading("Ce que dit la convention")
    rows = [
        ("Intitulé", str(contract.get("title") or page.title or words.UNKNOWN)),
        ("Région", str(contract.get("region") or words.UNKNOWN)),
        ("Années couvertes", material.span),
        ("Date de signature", words.day(contract.get("signature_date"))),  # type: ignore[arg-type]
        ("Parties", words.number(len(page.parties))),
        ("Actions du plan", words.number(sum(len(axis.actions) for axis in page.axes))),
        (
            "Ambiguïtés relevées dans le texte",
            f"{words.number(page.ambiguities)}, chacune avec la règle retenue",
        ),
    ]
    yield Table(
        "Le contrat en quelques lignes",
        (Column("Rubrique", "l", 2), Column("Ce qui est dit", "l", 5)),
        plain_rows(rows),
        source="Source : convention.",
    )
    if page.funders:
        yield _funding(page)
    if page.rules:
        yield Paragraph("La convention dit aussi, sur l’argent :")
        yield Bullets(tuple(text for _, text in page.rules))


def _funding(page: ContractContext) -> Table:
    rows = [
        (
            funder.name,
            "non dit" if funder.amount is None else words.euros(funder.amount),
            "oui" if funder.provisional else "non",
        )
        for funder in page.funders
    ]
    rows.append(("Ensemble des montants dits", words.euros(page.total), ""))
    notes = []
    if page.silent:
        count = words.counted(page.silent, "autre partie", "autres parties")
        notes.append(f"La convention ne dit aucun montant pour {count} : ce n’est pas zéro.")
    year = f" pour {page.funded_year}" if page.funded_year else ""
    columns = (Column("Financeur", "l", 4), Column("Montant", "r"), Column("Prévisionnel", "l"))
    return Table(
        f"Montants que la convention écrit{year}",
        columns,
        plain_rows(rows, total=True),
        tuple(notes),
        "Source : convention. La somme est de l’outil.",
    )


def _parties(page: ContractContext) -> Iterator[Block]:
    yield Heading("Qui signe : deux lectures du même texte")
    if not page.parties:
        yield Paragraph("Aucune partie n’est connue : la convention n’est pas chargée.")
        return
    differ = sum(party.differs for party in page.parties)
    yield Paragraph(
        "Le préambule et la page de signature sont lus séparément. "
        + (
            f"**{words.counted(differ, 'partie')}** sur {words.number(len(page.parties))} "
            f"{words.plural(differ, 'porte', 'portent')} une ambiguïté qui compte ; les autres concordent."
            if differ
            else "Aucune ambiguïté qui compte ne les sépare."
        )
    )
    rows = [
        (
            party.name,
            party.preamble.persons or "non nommé",
            party.signature.persons or "non nommé",
            ", ".join(reference for reference, _ in party.references) or "—",
        )
        for party in page.parties
    ]
    columns = (
        Column("Partie", "l", 4),
        Column("Au préambule", "l", 4),
        Column("À la signature", "l", 4),
        Column("Ambiguïtés", "l", 0),
    )
    yield Table(
        "Parties au contrat, selon les deux pages du texte",
        columns,
        plain_rows(rows),
        ("Les identifiants renvoient à la liste des ambiguïtés, en annexe 9.",),
        "Source : convention, lue ligne à ligne.",
    )


def _perimeters(material: Material) -> Iterator[Block]:
    yield Heading("Où : périmètres et chevauchements")
    made = perimeter_table(material.graph)
    unknown = (
        f" **{words.counted(made.unknown, 'périmètre reste inconnu', 'périmètres restent inconnus')}** "
        ": rien "
        "de ce qui dépend de leur lieu ne peut être compté."
        if made.unknown
        else ""
    )
    yield Paragraph(
        f"{words.counted(made.known, 'périmètre est connu', 'périmètres sont connus')}.{unknown} "
        f"{words.counted(made.crossing, 'paire se croise', 'paires se croisent')}, "
        f"{words.counted(made.nested, 'paire s’emboîte', 'paires s’emboîtent')} : **une somme par "
        "collectivité "
        "compterait plusieurs fois les mêmes lieux**."
    )
    yield map_block(material, "perimeters")
    yield Box(
        "definition",
        "Définition : chevauchement",
        "Deux périmètres se **croisent** quand ils ont une partie "
        "commune et que ni l’un ni l’autre n’est dans l’autre ; ils s’**emboîtent** quand l’un est dans "
        "l’autre.",
    )
    yield Box(
        "limit",
        "Ce qu’on ne peut pas dire",
        "Ce que recouvre un périmètre inconnu. La carte ne le dessine pas ; le tableau ne le compare à rien.",
    )
    rows = [_pair(row) for row in made.rows if row[4] == "se croisent"]
    if rows:
        columns = (
            Column("Premier périmètre", "l", 4),
            Column("Second périmètre", "l", 4),
            Column("Habitants communs", "r"),
            Column("part du premier", "r", 0, "Habitants"),
            Column("part du second", "r", 0, "Habitants"),
            Column("Surface (km²)", "r"),
        )
        rest = len(rows) - _MOST_PAIRS
        notes = (
            (f"{words.counted(rest, 'autre paire', 'autres paires')} : maillage export overlaps.",)
            if rest > 0
            else ()
        )
        yield Table(
            "Périmètres qui se croisent",
            columns,
            plain_rows(rows[:_MOST_PAIRS]),
            notes,
            "Source : compositions des EPCI et périmètres déclarés ; population et surface du référentiel.",
        )


def _pair(row: Sequence[object]) -> tuple[str, ...]:
    def said(value: object, decimals: int, unit: str = "") -> str:
        return str(value) if isinstance(value, str) else f"{words.number(float(str(value)), decimals)}{unit}"

    return (
        str(row[0]),
        str(row[2]),
        said(row[5], 0),
        said(row[6], 1, " %"),
        said(row[7], 1, " %"),
        said(row[8], 1),
    )


def logic_part(material: Material) -> Part:
    """Return part 2: axes and actions, expected effects, theory of change, matrix of contribution."""
    page = context_of(material.graph, {})
    effects = records_of(material.graph.nodes("ExpectedEffect"))
    actions = words.counted(sum(len(axis.actions) for axis in page.axes), "action")
    lead = f"{actions} · {words.counted(len(effects), 'effet attendu', 'effets attendus')}"
    return Part(
        2,
        "Logique d’action et matrice de contribution",
        lead,
        (*_actions(page), *_effects(material), *_matrix(material), figure_block(material, "f8")),
    )


def _actions(page: ContractContext) -> Iterator[Block]:
    yield Heading("Le plan d’actions")
    if not page.axes:
        yield Paragraph("Aucun axe n’est connu : la convention n’est pas chargée.")
        return
    yield Paragraph(
        "Chaque action est rattachée à un axe. Le porteur et le nombre d’opérateurs viennent des bilans "
        "reçus "
        f"({page.year or 'aucune année'}) ; le texte de la convention ne dit pas qui mène quoi."
    )
    for axis in page.axes:
        rows = [
            (
                row.code,
                row.name,
                words.shortened(list(row.pilots), 2) if row.pilots else "aucun bilan",
                words.number(row.actors) if row.actors else "—",
                "régionale"
                if row.region_wide
                else words.number(len(row.places))
                if row.places
                else "non dit",
            )
            for row in axis.actions
        ]
        columns = (
            Column("Code", "l"),
            Column("Action", "l", 6),
            Column("Porteur", "l", 4),
            Column("Opérateurs", "r"),
            Column("Lieux", "r"),
        )
        name = f"Axe {axis.code} : {axis.name}" if axis.code else axis.name
        yield Table(
            name, columns, plain_rows(rows), source="Source : convention pour le plan, bilans pour le reste."
        )


def _effects(material: Material) -> Iterator[Block]:
    yield Heading("Ce que le contrat attend")
    wordings = {
        str(row["id"]): str(row.get("list_wording") or row["name"])
        for row in records_of(material.graph.nodes("Question"))
    }
    rows = records_of(material.graph.nodes("ExpectedEffect"))
    if not rows:
        yield Paragraph("Aucun effet attendu n’est connu : la convention n’est pas chargée.")
        return
    told = [
        (str(row["id"]), str(row["name"]), wordings.get(f"Q{str(row['id'])[1:2]}", "—"))
        for row in sorted(rows, key=lambda row: str(row["id"]))
    ]
    columns = (
        Column("Effet", "l"),
        Column("Ce qui est attendu", "l", 6),
        Column("Question évaluative", "l", 5),
    )
    yield Table(
        "Effets attendus, par question évaluative", columns, plain_rows(told), source="Source : convention."
    )


def _matrix(material: Material) -> Iterator[Block]:
    yield Heading("La matrice de contribution (T19)")
    found = chains(material.context)
    if not found:
        yield Paragraph(
            "Aucun maillon n’est coté : aucune contribution ne peut être dite. La cotation se charge "
            "dans la feuille « contribution » du classeur."
        )
        return
    links = [link.name for link in next(iter(found.values()))]
    yield Paragraph(
        f"Chaque effet suit une chaîne de {words.counted(len(links), 'maillon')} : {words.listed(links)}. "
        "Chaque "
        "maillon est coté de 0 (non testé) à 3 (plusieurs sources, rivaux écartés). **La conclusion sur un "
        "effet "
        "ne dépasse jamais son maillon le plus faible.**"
    )
    rows = [
        (
            effect,
            *(_rating(link) for link in chain),
            words.number(min(link.level for link in chain)),
            words.listed(sorted({rival for link in chain for rival in link.rivals})) or "aucune",
        )
        for effect, chain in found.items()
    ]
    columns = (
        Column("Effet", "l"),
        *(Column(name, "c", 0, "Maillons") for name in links),
        Column("Plus faible", "c"),
        Column("Explications rivales examinées", "l", 1),
    )
    notes = ("Deux cotes séparées d’une barre : les cotateurs ne s’accordent pas, la plus basse compte.",)
    yield Table(
        "Cotation des maillons par effet attendu",
        columns,
        plain_rows(rows),
        notes,
        "Source : cotation déclarée, T19.",
    )


def _rating(link: Link) -> str:
    told = sorted(set(link.levels))
    return " / ".join(map(str, told)) if told else "0 (non coté)"
