"""The cooperation network told in five French sentences, each true of the values it is written from.

The sentences are those of question 1: did cooperation grow more than chance would have it, do the two worlds
meet, does the network hold without its pivot, do links last, are there groups. A value that is not computable
gives a sentence that says so, and why: never a silence, never a zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from graphmodel.cooperation.communities import RUNS, STABLE, communities
from graphmodel.cooperation.projection import project
from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.structuring import NO_PARTICIPATION, s02, s04
from graphmodel.indicators.structuring_positions import s09
from graphmodel.indicators.structuring_worlds import s05
from graphmodel.indicators.value import IndicatorValue

TAIL = 0.025
"""Share of what chance gives, on either side, beyond which a value is said to differ from it: 5 % in all."""

_NNBSP = "\u202f"


@dataclass(frozen=True, slots=True)
class Sentence:
    """A French sentence and the values that it says.

    Attributes
    ----------
    text
        The sentence, with its full stop.
    values
        What it was written from; empty where nothing is known.
    """

    text: str
    values: tuple[IndicatorValue, ...] = ()

    @property
    def fictional(self) -> bool:
        """Tell whether any of its values is fictional."""
        return any(value.fictional for value in self.values)


def read_network(context: EvaluationContext) -> list[Sentence]:
    """Return five sentences on the network of a contract, from its first wave known to its last.

    One sentence where no participation is known. Values come from S02, S04, S05 and S09, so that the rules on
    reports received (G02) and on few operators hold here too.
    """
    if not context.observed:
        return [Sentence(NO_PARTICIPATION)]
    found = _Values(context)
    return [_density(found), _worlds(found), _pivot(found), _persistence(found), _groups(found)]


class _Values:
    """The values that the sentences draw on, found by measure and parameters."""

    def __init__(self, context: EvaluationContext) -> None:
        self.context = context
        self.first, self.last = context.observed[0], context.observed[-1]
        self.several = self.first != self.last
        self._kept = {"S02": s02(context), "S04": s04(context), "S05": s05(context), "S09": s09(context)}

    def of(self, indicator: str, measures: Sequence[str], **params: str) -> tuple[IndicatorValue, ...]:
        """Return the values of some measures with exactly these parameters, in the order of the measures."""
        rows = {v.measure: v for v in self._kept[indicator] if v.params == params}
        return tuple(rows[measure] for measure in measures if measure in rows)

    def links(self, year: int, pivot: str = "with") -> tuple[IndicatorValue, ...]:
        """Return density, expected density, excess and both p of a year, over the union of operators."""
        measures = ("density", "expected_density", "excess", "p_le", "p_ge")
        return self.of("S02", measures, year=str(year), level="X", scope="X", pivot=pivot, cohort="union")


def _density(found: _Values) -> Sentence:
    before, after = found.links(found.first), found.links(found.last)
    used = (*before, *after) if found.several else after
    if gap := _unknown("La densité de coopération", used):
        return gap
    density, expected, excess, p_le, p_ge = (_float(value) for value in after)
    operators = f"parmi {after[0].n} opérateurs"
    verdict = _against_chance(p_le, p_ge)
    told = f"le hasard seul, tailles des actions et nombres d’actions fixés, en lierait {_percent(expected)}"
    if not found.several:
        text = f"En {found.last}, {_percent(density)} des paires possibles {operators} sont liées"
        return Sentence(f"{text} ; {told} : {verdict}.", used)
    then = _float(before[0])
    text = (
        f"De {found.first} à {found.last}, la part des paires liées {operators} "
        f"{_moves(then, density)} ; en {found.last}, {told} : {verdict}, et l’écart au hasard "
        f"{_shifts(_float(before[2]), excess)}"
    )
    return Sentence(f"{text}.", used)


def _against_chance(p_le: float, p_ge: float) -> str:
    if p_ge <= TAIL:
        return "le réseau compte plus de liens que le hasard n’en donne"
    if p_le <= TAIL:
        return "le réseau compte moins de liens que le hasard n’en donne"
    return "le nombre de liens ne se distingue pas du hasard"


def _moves(before: float, after: float) -> str:
    """Return how a share moves, as shown: equal once rounded is not a rise."""
    one, other = _percent(before), _percent(after)
    if one == other:
        return f"reste à {other}"
    return f"{'monte' if after > before else 'descend'} de {one} à {other}"


def _shifts(before: float, after: float) -> str:
    one, other = _points(before), _points(after)
    return f"reste de {other}" if one == other else f"passe de {one} à {other}"


def _worlds(found: _Values) -> Sentence:
    about = {"year": str(found.last), "level": "X", "scope": "X", "pivot": "with", "coding": "classique"}
    values = found.of("S05", ("E", "I", "EI", "EI_expected", "gap", "p_le", "p_ge"), **about)
    if not values:
        return Sentence("Le monde des opérateurs n’est pas connu : leur mélange ne peut être dit.")
    if gap := _unknown("Le mélange entre ESS et économie classique", values):
        return gap
    external, internal, index, expected, _, p_le, p_ge = (_float(value) for value in values)
    if p_ge <= TAIL:
        verdict = "les deux mondes se mêlent plus que si les opérateurs étaient répartis au hasard"
    elif p_le <= TAIL:
        verdict = "les deux mondes se mêlent moins que si les opérateurs étaient répartis au hasard"
    else:
        verdict = "ce mélange ne se distingue pas de celui d’opérateurs répartis au hasard"
    crossing = _share_of(int(external), int(external + internal))
    text = (
        f"En {found.last}, {crossing} entre opérateurs de l’ESS ou de l’économie classique "
        f"{'va' if external < 2 else 'vont'} de l’une à l’autre, les sociétés commerciales de l’ESS comptées "
        f"comme classiques (indice E-I {_number(index, 2)}, {_number(expected, 2)} attendu) : {verdict}"
    )
    return Sentence(f"{text}.", values)


def _pivot(found: _Values) -> Sentence:
    pivot = found.context.pivot
    if pivot is None:
        return Sentence("Le contrat ne déclare pas d’organisation pivot : sa part ne peut être dite.")
    name = str(found.context.graph.node("Organisation", pivot).get("name") or found.context.names[pivot])
    about = {"year": str(found.last), "pivot": "with", "node": found.context.names[pivot]}
    owed = found.of("S09", ("dependence",), **about)
    densities = (*found.links(found.last)[:1], *found.links(found.last, "without")[:1])
    if not owed:
        return Sentence(f"« {name} », organisation pivot, ne prend part à aucune action connue.")
    if gap := _unknown(f"La dépendance à « {name} »", (*owed, *densities)):
        return gap
    share = _float(owed[0])
    if share == 0:
        verdict = "toutes les paires d’autres opérateurs qui se joignent se joignent encore : le réseau tient"
    else:
        verdict = f"{_percent(share, least=True)} des paires d’autres opérateurs qui se joignent sont perdues"
    whole, without = (_float(value) for value in densities)
    text = (
        f"Sans « {name} », en {found.last}, {verdict}, et la part des paires liées {_moves(whole, without)}"
    )
    return Sentence(f"{text}.", (*owed, *densities))


def _persistence(found: _Values) -> Sentence:
    if not found.several:
        return Sentence(f"Une seule année est connue ({found.last}) : rien ne dit si les liens durent.")
    about = {"year": str(found.first), "year2": str(found.last), "pairs": "all"}
    values = found.of("S04", ("persistence", "common", "created", "lost"), **about)
    if gap := _unknown("La persistance des liens", values):
        return gap
    share, kept, created, lost = (_float(value) for value in values)
    if share >= 0.5 and created > lost:
        verdict = "le réseau grandit sur ses premiers liens"
    elif share < 0.5 and created >= lost:
        verdict = "le réseau se recompose"
    elif created < lost:
        verdict = "le réseau perd plus de liens qu’il n’en gagne"
    else:
        verdict = "le réseau garde ses liens"
    more = "aucun autre n’est nouveau" if created == 0 else f"{_count(int(created))} autres sont nouveaux"
    more = "un autre est nouveau" if created == 1 else more
    text = (
        f"De {found.first} à {found.last}, {_share_of(int(kept), int(kept + lost))} "
        f"{'demeure' if kept < 2 else 'demeurent'}, soit {_percent(share)} ; {more} : {verdict}"
    )
    return Sentence(f"{text}.", values)


def _groups(found: _Values) -> Sentence:
    values = found.links(found.last)[:1]
    if gap := _unknown("La recherche de groupes", values):
        return gap
    projection = project(found.context.network(found.last))
    if projection.m == 0:
        return Sentence(
            f"En {found.last}, aucun lien n’est connu : il n’y a pas de groupe à chercher.", values
        )
    parts = communities(projection)
    groups = sum(len(group) > 1 for group in parts.groups)
    agreement = f"accord moyen {_number(parts.stability, 2)} sur {RUNS} essais"
    if groups == 0:
        text = f"aucun groupe ne se dégage ({agreement})"
    elif groups == 1:
        text = f"un seul groupe réunit les opérateurs liés ({agreement})"
    elif parts.stable:
        text = (
            f"{groups} groupes d’opérateurs se retrouvent d’un essai à l’autre ({agreement}) : ils tiennent"
        )
    else:
        text = (
            f"{groups} groupes d’opérateurs apparaissent, mais changent d’un essai à l’autre ({agreement}, "
            f"{_number(STABLE, 2)} demandé) : ils ne peuvent pas être nommés"
        )
    return Sentence(f"En {found.last}, {text}.", values)


def _unknown(subject: str, values: Sequence[IndicatorValue]) -> Sentence | None:
    """Return the sentence that says why something is not computable; None when every value is known."""
    reasons = {value.reason: None for value in values if value.value is None}
    if values and not reasons:
        return None
    why = " ; ".join(str(reason) for reason in reasons) or "aucune valeur"
    return Sentence(f"{subject} n’est pas calculable : {why.rstrip('.')}.", tuple(values))


def _float(value: IndicatorValue) -> float:
    if not isinstance(value.value, (int, float)):
        raise TypeError(f"{value.name} is not a number")
    return float(value.value)


def _number(value: float, decimals: int) -> str:
    text = f"{abs(value):.{decimals}f}".replace(".", ",")
    return f"\u2212{text}" if value < 0 and text.strip("0,") else text


def _count(value: int) -> str:
    return f"{value:,}".replace(",", _NNBSP)


def _share_of(part: int, links: int) -> str:
    """Return « 84 des 253 liens »."""
    if links == 1:
        return "le seul lien" if part else "aucun lien"
    return f"{_count(part) if part else 'aucun'} des {_count(links)} liens"


def _percent(share: float, *, least: bool = False) -> str:
    """Return a share as « 12,6 % »; with `least`, one that is not 0 is never shown as 0."""
    if least and 0 < share < 0.001:
        return f"moins de 0,1{_NNBSP}%"
    return f"{_number(share * 100, 1)}{_NNBSP}%"


def _points(share: float) -> str:
    shown = _number(share * 100, 1)
    plural = "s" if abs(round(share * 100, 1)) >= 2 else ""
    return f"{shown} point{plural}"
