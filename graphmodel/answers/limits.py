"""What cannot be said: no counterfactual, missing inputs, chance, few units, fictional rows."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from graphmodel.answers.statement import Statement
from graphmodel.french import NBSP, NNBSP, listed, number, percent, quoted
from graphmodel.indicators.conclusions import Tally
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.registry import indicators
from graphmodel.indicators.value import IndicatorValue
from graphmodel.secrecy import STATUS_FRENCH

_BASELINES = {
    "measured": "La situation de référence est une année du contrat ({t0}), pas l’avant-contrat",
    "rebuilt": "La situation de référence ({t0}) a été reconstituée après coup",
    "none": "Il n’y a pas de situation de référence",
}


def limits(
    question: int,
    context: EvaluationContext,
    values: Sequence[IndicatorValue],
    tallies: Mapping[str, Tally],
) -> list[Statement]:
    """Return what the answer to a question may not claim, and why."""
    found = [_counterfactual(question)]
    found += _baseline(context)
    found += _missing(values)
    found += _chance(tallies)
    found += _coverage(values)
    found += _hidden(values)
    if any(value.fictional for value in values):
        found.append(Statement(_FICTIONAL, "limite"))
    return found


_FICTIONAL = (
    f"Les bilans, les quartiers et les zones de cette démonstration sont fictifs{NBSP}: aucune de ces "
    "phrases ne dit quoi que ce soit du contrat réel."
)


def _counterfactual(question: int) -> Statement:
    text = (
        f"Rien ici ne mesure ce qui se serait passé sans le contrat{NBSP}: aucun pourcentage d’une évolution "
        "ne peut lui être attribué."
    )
    if question == 3:
        text += (
            f" Les valeurs de portée «{NBSP}actions{NBSP}» disent où vont les actions et l’argent, pas ce "
            "qu’ils ont changé pour les habitants."
        )
    return Statement(text, "limite")


def _baseline(context: EvaluationContext) -> list[Statement]:
    told = _BASELINES[context.baseline].format(t0=context.t0)
    if context.baseline != "none":
        told += f"{NBSP}: les évolutions montrent ce qui change pendant le contrat"
    return [Statement(f"{told}.", "limite")]


def _missing(values: Sequence[IndicatorValue]) -> list[Statement]:
    """Return one sentence for each indicator that has no value at all, with the sheet to fill."""
    known: set[str] = set()
    reasons: dict[str, tuple[str, IndicatorValue]] = {}
    for value in values:
        if value.value is not None or value.word is not None:
            known.add(value.indicator)
        elif value.reason:
            reasons.setdefault(value.indicator, (value.reason, value))
    return [
        Statement(
            f"{name}, {quoted(indicators()[name].label)}, n’a pas de valeur{NBSP}: {reason.rstrip('.')}.",
            "limite", None, (value,),
        )
        for name, (reason, value) in reasons.items()
        if name not in known
    ]  # fmt: skip


def _chance(tallies: Mapping[str, Tally]) -> list[Statement]:
    drawn = sum(tally.drawn for tally in tallies.values())
    held = sum(tally.established for tally in tallies.values())
    expected = sum(tally.by_chance for tally in tallies.values())
    if not drawn:
        return []
    by_chance = number(expected, 0 if expected >= 10 else 1)
    text = (
        f"Sur {number(drawn)} conclusions tirées, {number(held)} sont établies{NNBSP}; le hasard seul en "
        f"donnerait {by_chance} (5{NNBSP}% de celles qui reposent sur un intervalle)"
    )
    return [Statement(f"{text}.", "limite")]


def _coverage(values: Sequence[IndicatorValue]) -> list[Statement]:
    lowest = min((value.coverage for value in values if value.coverage is not None), default=None)
    if lowest is None:
        return []
    whole = [value for value in values if value.coverage == lowest]
    text = f"Des bilans attendus manquent{NBSP}: là où il en manque le plus, {percent(lowest)} sont reçus"
    return [Statement(f"{text}.", "limite", None, tuple(whole[:1]))] if lowest < 1 else []


def _hidden(values: Sequence[IndicatorValue]) -> list[Statement]:
    hidden: defaultdict[str, int] = defaultdict(int)
    for value in values:
        if value.secrecy is not None and value.reason == STATUS_FRENCH[value.secrecy]:
            hidden[value.indicator] += 1
    if not hidden:
        return []
    told = listed(f"{name} ({number(count)})" for name, count in hidden.items())
    return [Statement(f"Des valeurs sont tues par le secret statistique{NBSP}: {told}.", "limite")]
