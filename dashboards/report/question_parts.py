"""Parts 4 to 7: what the figures say on each evaluation question, effect by effect, with maps and tables."""

from collections.abc import Iterator, Mapping
from typing import Final

from dashboards import words
from dashboards.map_kinds import MapOptions
from dashboards.report.blocks import Block, Box, Bullets, Heading, Paragraph, Part
from dashboards.report.material import Material
from dashboards.report.measures import figures_of, figures_table
from dashboards.report.pieces import figure_block, map_block, table_block
from graphmodel.frames import records_of

TITLES: Final[Mapping[int, str]] = {
    1: "Quel effet structurant ?",
    2: "Quel impact économique ?",
    3: "Quel impact sur les territoires ? Cahier pour l’Assemblée des territoires",
    4: "Gouvernance, animation et suivi",
}
_DEFINITIONS: Final[Mapping[int, tuple[str, str]]] = {
    1: ("Définition : écart au hasard", "La densité observée moins celle que donnent des tirages au hasard "
                                        "où chaque "
        "action et chaque opérateur gardent leur taille. **0** : rien de plus que des tours de table plus "
        "larges."),
    2: ("Définition : payé", "Somme versée au bénéficiaire final dans l’année civile. Un montant **prévu** "
                             "figure dans "
        "la convention ; **conventionné**, dans un acte attributif daté. Un même euro n’apparaît qu’une "
        "fois par colonne."),
    3: ("Définition : ciblé, inclus, atteint", "**Ciblé** : nommé par un bilan. **Inclus** : dans le "
                                               "territoire d’une "
        "action. **Atteint** : un bénéficiaire y est localisé. Inclus est vrai de presque tout et ne dit "
        "presque rien."),
    4: ("Définition : réunion tenue", "Réunion d’une instance dont la date est connue, comparée au nombre "
                                      "que la "
        "convention demande. Une réunion sans émargement est tenue ; sa participation reste inconnue."),
}  # fmt: skip


def question_part(material: Material, question: int) -> Part:
    """Return the part of a question: 4 for the first, to 7."""
    effects = _effects(material, question)
    lead = f"Question {question} · {words.counted(len(effects), 'effet attendu', 'effets attendus')}"
    if question == 3:
        lead += " · zones prioritaires comprises · aucun classement des collectivités"
    blocks: list[Block] = [*_asked(material, question)]
    for effect, name in effects:
        blocks += _on_effect(material, question, effect, name)
    blocks += _limits(material, question)
    blocks += _drawn(material, question)
    return Part(question + 3, TITLES[question], lead, tuple(blocks))


def _effects(material: Material, question: int) -> list[tuple[str, str]]:
    rows = records_of(material.graph.nodes("ExpectedEffect"))
    found = [(str(row["id"]), str(row["name"])) for row in rows]
    return sorted(pair for pair in found if pair[0].startswith(f"E{question}."))


def _asked(material: Material, question: int) -> Iterator[Block]:
    yield Heading("La question et la réponse en une phrase")
    said = [one.text for part in ("question", "conclusion") for one in material.told(question, part)]
    if not said:
        yield Paragraph("La question n’est pas dans la base : la convention n’est pas chargée.")
    for text in said:
        yield Paragraph(text)
    general = [one.text for one in material.told(question, "contradiction")]
    if general:
        yield Bullets(tuple(general))


def _on_effect(material: Material, question: int, effect: str, name: str) -> Iterator[Block]:
    yield Heading(f"{effect} : {name}")
    for said in material.told(question, "conclusion", effect):
        yield Paragraph(f"**{_conclusion(said.text)}**")
    against = [one.text for one in material.told(question, "contradiction", effect)]
    if against:
        yield Paragraph("Ce qui contredit :")
        yield Bullets(tuple(_without(effect, text) for text in against))
    figures = figures_of(material, effect)
    if figures:
        yield figures_table(material, figures, f"{effect} : ce que disent les chiffres")
    else:
        yield Paragraph(f"Aucun indicateur ne porte de valeur pour {effect} dans cette version de la base.")


def _conclusion(text: str) -> str:
    """Return a conclusion without the effect's name, which stands in the heading already."""
    _, _, said = text.partition("»")
    told = said.lstrip(" :\u00a0\u202f")
    return f"{told[:1].upper()}{told[1:]}" if told else text


def _without(effect: str, text: str) -> str:
    told = text.removeprefix(effect).lstrip(" :\u00a0\u202f")
    return f"{told[:1].upper()}{told[1:]}"


def _drawn(material: Material, question: int) -> Iterator[Block]:
    last = material.years[-1] if material.years else None
    if question == 1:
        yield Heading("Le réseau des coopérations")
        yield table_block(material, "tb7")
        yield figure_block(material, "f2", last)
        yield figure_block(material, "f3")
        yield figure_block(material, "f6")
    elif question == 2:
        yield Heading("Ce qui a été payé, et par qui")
        yield table_block(material, "tb2")
        yield figure_block(material, "f1")
    elif question == 3:
        yield from _territories(material)
    else:
        yield Heading("La participation aux instances")
        yield table_block(material, "tb8")


def _territories(material: Material) -> Iterator[Block]:
    yield Heading("Où sont les actions")
    yield map_block(material, "actions")
    yield Heading("Où va l’argent")
    yield map_block(material, "amounts", MapOptions(level="epci"))
    yield figure_block(material, "f4")
    yield Heading("Quartiers prioritaires et zones de revitalisation rurale")
    yield table_block(material, "tb4")
    yield figure_block(material, "f5")
    yield map_block(material, "quarters")
    yield map_block(material, "rural")
    yield Heading("Les besoins des collectivités et les réponses")
    yield table_block(material, "tb5")
    yield Heading("Les stratégies des collectivités")
    yield table_block(material, "tb6")
    yield figure_block(material, "f7")
    yield Heading("Pôles, emploi et voisinage")
    yield map_block(material, "poles")
    yield map_block(material, "employment")
    yield Heading("Ce que change le périmètre retenu")
    yield map_block(material, "compositions")
    yield Heading("Qui agit où : la matrice des actions et des territoires")
    yield table_block(material, "tb3")


def _limits(material: Material, question: int) -> Iterator[Block]:
    yield Heading("Lire cette partie")
    title, text = _DEFINITIONS[question]
    yield Box("definition", title, text)
    said = [one.text for one in material.told(question, "limite")]
    yield Box("limit", "Ce qu’on ne peut pas dire", " ".join(said) or "Rien : aucune valeur n’est calculée.")
