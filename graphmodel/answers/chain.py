"""The contribution story of an effect: its weakest link, matrix and rival explanations, what opposes it."""

from collections.abc import Sequence

from graphmodel.answers.statement import Statement, Values
from graphmodel.french import NBSP, NNBSP, listed, number, quoted
from graphmodel.indicators.territories.contribution import Link
from graphmodel.indicators.value import IndicatorValue

_LEVELS = ("non testé", "faible", "concordant", "plusieurs sources, rivaux écartés")
_VERDICTS = {
    0: "n’est pas établie",
    1: "est plausible, mais n’est pas établie",
    2: "est orientée",
    3: "est établie",
}
_DEGREES = {0: "non établi", 1: "plausible, non établi", 2: "orienté", 3: "établi"}
ESTABLISHED = 3


def conclusion(effect: str, name: str, links: tuple[Link, ...], values: Values) -> Statement:
    """Return the conclusion on an effect: the degree of its weakest link, never more."""
    rated = values.get("T19", "min", {"effect": effect})
    if rated is None or rated.value is None or not links:
        text = (
            f"{effect}, {quoted(name)}{NBSP}: aucune contribution ne peut être dite, aucun maillon n’est coté"
        )
        return Statement(f"{text}.", "conclusion", effect)
    lowest = int(rated.value)
    weakest = listed(quoted(link.name) for link in links if link.level == lowest)
    several = sum(link.level == lowest for link in links) > 1
    which = "les maillons les plus faibles sont" if several else "le maillon le plus faible est"
    text = (
        f"{effect}, {quoted(name)}{NBSP}: la contribution du contrat {_VERDICTS[lowest]}{NNBSP}; "
        f"{which} {weakest}, à {lowest} sur 3 ({_LEVELS[lowest]})"
    )
    return Statement(f"{text}.", "conclusion", effect, (rated,))


def overall(question: int, effects: Sequence[str], values: Values) -> list[Statement]:
    """Return the answer in one sentence: which effects of a question stand at which degree."""
    rated = [(effect, values.get("T19", "min", {"effect": effect})) for effect in effects]
    by_degree: dict[str, list[str]] = {}
    for effect, value in rated:
        degree = "sans cotation" if value is None or value.value is None else _DEGREES[int(value.value)]
        by_degree.setdefault(degree, []).append(effect)
    if not by_degree:
        return []
    order = [*reversed(_DEGREES.values()), "sans cotation"]
    told = [f"{degree}{NBSP}: {listed(by_degree[degree])}" for degree in order if degree in by_degree]
    held = len(by_degree.get(_DEGREES[ESTABLISHED], ()))
    count = "aucun effet attendu n’est établi" if not held else f"{held} sur {len(effects)} établis"
    cited = tuple(value for _, value in rated if value is not None)
    text = f"En une phrase, pour la question {question}{NBSP}: {count}{NNBSP}; {f'{NNBSP}; '.join(told)}"
    return [Statement(f"{text}.", "conclusion", None, cited)]


def solidity(effect: str, links: tuple[Link, ...], values: Values) -> list[Statement]:
    """Return the matrix of an effect and the register of its rival explanations."""
    cited = _cited(values, effect, "min", "mean", "rater_gap")
    if not links:
        return []
    matrix = listed(f"{link.name} {_rating(link)}" for link in links)
    mean = values.get("T19", "mean", {"effect": effect})
    average = (
        f"{NNBSP}; moyenne {number(mean.value, 2)}, en second" if mean and mean.value is not None else ""
    )
    found = [
        Statement(
            f"{effect}, cotation des maillons de 0 à 3{NBSP}: {matrix}{average}.", "solidité", effect, cited
        )
    ]
    rivals = sorted({rival for link in links for rival in link.rivals})
    if rivals:
        where = listed(
            f"{rival} ({listed(link.name for link in links if rival in link.rivals)})" for rival in rivals
        )
        told = f"{effect}, explications rivales examinées{NBSP}: {where}"
        found.append(Statement(f"{told}{NNBSP}; seul un maillon coté 3 les écarte.", "solidité", effect))
    else:
        found.append(
            Statement(
                "Aucune explication rivale n’a été examinée pour cet effet (élections, loi ESS, contrats de "
                "ville, CPER, conjoncture).", "solidité", effect,
            )
        )  # fmt: skip
    return found


def _rating(link: Link) -> str:
    if not link.levels:
        return "0 (non coté)"
    told = sorted(set(link.levels))
    if len(told) > 1:
        return f"{link.level} (cotateurs{NBSP}: {' et '.join(map(str, sorted(link.levels)))})"
    return f"{link.level}" if len(link.levels) > 1 else f"{link.level} (un seul cotateur)"


def _cited(values: Values, effect: str, *measures: str) -> tuple[IndicatorValue, ...]:
    found = (values.get("T19", measure, {"effect": effect}) for measure in measures)
    return tuple(value for value in found if value is not None)


def contradictions(
    effect: str, links: tuple[Link, ...], judged: tuple[IndicatorValue, ...], values: Values
) -> list[Statement]:
    """Return where the evidence on an effect disagrees with itself.

    Raters who differ, a story rated above what the figures hold, figures whose sense depends on a choice.
    """
    found = []
    gap = values.get("T19", "rater_gap", {"effect": effect})
    split = [link.name for link in links if len(set(link.levels)) > 1]
    if gap is not None and split:
        text = f"Les deux cotateurs ne s’accordent pas sur {listed(quoted(name) for name in split)}"
        found.append(Statement(f"{effect}{NBSP}: {text}.", "contradiction", effect, (gap,)))
    lowest = values.get("T19", "min", {"effect": effect})
    held = [value for value in judged if value.conclusion == "établi"]
    if lowest is not None and lowest.value is not None and int(lowest.value) >= 2 and not held:
        text = (
            f"{effect}{NBSP}: le récit est coté au moins {int(lowest.value)} sur chaque maillon, alors "
            "qu’aucun chiffre de cet effet n’est établi"
        )
        found.append(Statement(f"{text}.", "contradiction", effect, (lowest, *judged)))
    for value in judged:
        if value.conclusion == "non établi" and _turns(value):
            runs = listed(run.run for run in value.sensitivity)
            text = f"{effect}{NBSP}: le sens de {value.indicator} dépend d’un choix de méthode ({runs})"
            found.append(Statement(f"{text}.", "contradiction", effect, (value,)))
    return found


def _turns(value: IndicatorValue) -> bool:
    told = value.value
    signs = [run.value for run in value.sensitivity if run.value is not None]
    return isinstance(told, (int, float)) and any(sign * told < 0 for sign in signs)
