"""Part 8: the answers by expected effect: what is found, how solid it is, what cannot be said."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from dashboards import words
from dashboards.report.blocks import Block, Bullets, Heading, Paragraph, Part
from dashboards.report.material import Material
from dashboards.report.measures import Figure, figures_of, sentence
from dashboards.report.pieces import table_block
from graphmodel.frames import records_of

DEGREES: Final = ("établi", "orienté", "non établi")
_MOST_FIRST: Final = 4


def answer_part(material: Material) -> Part:
    """Return part 8."""
    rows = sorted(
        (str(row["id"]), str(row["name"])) for row in records_of(material.graph.nodes("ExpectedEffect"))
    )
    lead = "Constat, solidité, ce qu’on ne peut pas dire · trois degrés de conclusion seulement"
    blocks: list[Block] = [
        Heading("Lire les réponses"),
        Paragraph(
            "**Établi** : l’intervalle à 95 % exclut la valeur neutre, deux sources attestent chaque ligne "
            "et 80 % "
            "des bilans sont reçus. **Orienté** : même sens dans toutes les analyses de sensibilité. **Non "
            "établi** : le reste."
        ),
    ]
    for effect, name in rows:
        blocks += _on_effect(material, effect, name)
    if not rows:
        blocks.append(Paragraph("Aucun effet attendu n’est connu : la convention n’est pas chargée."))
    blocks += [Heading("Tableau de bord des effets attendus"), table_block(material, "tb1")]
    return Part(8, "Réponses par effet attendu", lead, tuple(blocks))


def _on_effect(material: Material, effect: str, name: str) -> Iterator[Block]:
    question = int(effect[1]) if effect[1:2].isdigit() else 0
    yield Heading(f"{effect} : {name}")
    figures = figures_of(material, effect)
    yield Heading("Constat", 3)
    yield from _found(figures)
    yield Heading("Solidité", 3)
    solid = [
        one.text
        for part in ("conclusion", "solidité", "contradiction", "pièce")
        for one in material.told(question, part, effect)
    ]
    if solid:
        yield Bullets(tuple(_plain(effect, name, text) for text in solid))
    else:
        yield Paragraph("Aucun maillon n’est coté et aucune pièce n’est versée.")
    yield Heading("Ce qu’on ne peut pas dire", 3)
    yield Bullets(tuple(_silent(figures)))


def _found(figures: tuple[Figure, ...]) -> Iterator[Block]:
    """Yield the count of conclusions, then the sentences of the figures that speak first."""
    if not figures:
        yield Paragraph("Aucun indicateur ne porte de valeur.")
        return
    drawn = Counter(one.judged.conclusion for one in figures)
    told = [
        f"{words.number(drawn[degree])} {degree}{'s' if drawn[degree] > 1 else ''}"
        for degree in DEGREES
        if drawn[degree]
    ]
    silent = drawn[None]
    if silent:
        told.append(f"{words.number(silent)} sans conclusion")
    yield Paragraph(f"{words.counted(len(figures), 'chiffre')} : {words.listed(told)}.")
    chosen = sorted(figures, key=lambda one: (not one.headline.first, not one.known))[:_MOST_FIRST]
    yield Bullets(tuple(sentence(one) for one in chosen))


def _plain(effect: str, name: str, text: str) -> str:
    """Return a sentence without the effect it begins with: the heading says it."""
    told = text.removeprefix(effect).lstrip(", \u00a0\u202f")
    told = told.removeprefix(f"«\u00a0{name}\u00a0»").lstrip(" :\u00a0\u202f")
    return f"{told[:1].upper()}{told[1:]}"


def _silent(figures: tuple[Figure, ...]) -> Iterator[str]:
    """Yield what an effect's own figures do not carry."""
    yield "Que le contrat a produit ces évolutions : rien ne mesure ce qui serait arrivé sans lui."
    weak = sorted({one.headline.indicator for one in figures if one.judged.conclusion == "non établi"})
    if weak:
        yield f"Une différence ou un progrès selon {words.listed(weak)} : ce n’est pas établi."
    lost = sorted({one.headline.indicator for one in figures if not one.known})
    if lost:
        yield f"Un chiffre de {words.listed(lost)} : aucun n’est publiable ou calculable."
    few = sorted(
        {
            one.headline.indicator
            for one in figures
            if one.judged.n is not None and one.judged.n < 20 and one.judged.value is not None
        }
    )
    if few:
        yield f"Une part fine selon {words.listed(few)} : moins de vingt unités."
