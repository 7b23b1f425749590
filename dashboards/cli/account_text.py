"""The account of a territory in French lines, as `territory` prints it."""

from dataclasses import asdict
from typing import Any

from dashboards import words
from graphmodel.account import SMALL, Comparison, NeedAccount, TerritoryAccount, YearlyAmount
from graphmodel.schema import SCHEMA

_MOST = 8
_FIGURES = {
    "actions": ("actions localisées", 0),
    "operators": ("opérateurs, l’année où l’action y est", 0),
    "per_inhabitant": ("euros par habitant, hors actions régionales, dernière année", 2),
}

_STATUSES = {
    "A": " ; secret en publication (moins de trois porteurs)",
    "B": " ; secret en publication (un porteur en fait plus de 85 %)",
}


def account_json(account: TerritoryAccount) -> dict[str, Any]:
    """Return the `profile` of `territory --json`."""
    found = asdict(account)
    for need in found["needs"]:
        need["on"] = None if need["on"] is None else need["on"].isoformat()
        need["answers"] = [{"action": action, "status": status} for action, status in need["answers"]]
    found["partners"] = [{"name": name, "actions": count} for name, count in account.partners]
    return found


def account_lines(account: TerritoryAccount) -> list[str]:
    """Return what the contract did in a territory, one fact a line; small numbers are said to be small."""
    lines = [line for amount in account.amounts for line in _amount(amount)]
    if account.partners:
        told = [f"{name} ({words.counted(n, 'action')})" for name, n in account.partners]
        lines.append(f"Avec : {words.shortened(told, _MOST)}")
    lines += _needs(account)
    if account.quarters:
        named = sum(quarter.targeted for quarter in account.quarters)
        reached = sum(quarter.reached for quarter in account.quarters)
        count = words.counted(len(account.quarters), "quartier prioritaire", "quartiers prioritaires")
        lines.append(f"{count} : {named} nommés par une action, {reached} où un bénéficiaire est localisé")
    if account.zrr_communes is not None:
        count = words.counted(account.communes, "commune")
        lines.append(f"ZRR : {words.number(account.zrr_communes)} sur {count}")
    if account.comparable:
        lines.append(
            f"Comparé à {words.listed(account.comparable)} (même niveau, populations les plus proches) :"
        )
        lines += [f"  {_compared(name, figure)}" for name, figure in account.compared.items()]
    if account.small:
        lines.append(f"Moins de {SMALL} actions localisées : une part ou un rang n’a guère de sens ici.")
    return [words.typeset(line) for line in lines]


def _amount(amount: YearlyAmount) -> list[str]:
    if amount.amount is None:
        return [f"{amount.year} : aucun montant connu"]
    each = (
        "" if amount.per_inhabitant is None else f", {words.number(amount.per_inhabitant, 2)} € par habitant"
    )
    region = amount.region_per_inhabitant
    whole = "" if region is None else f" (région : {words.number(region, 2)} €)"
    status = _STATUSES.get(amount.secrecy, "")
    pilots = words.counted(amount.pilots, "porteur")
    return [f"{amount.year} : {words.number(amount.amount)} € attribués{each}{whole}, {pilots}{status}"]


def _needs(account: TerritoryAccount) -> list[str]:
    if not account.needs:
        return []
    answered = sum(need.answered for need in account.needs)
    few = " (peu : à ne pas lire comme un taux)" if len(account.needs) < SMALL else ""
    count = words.counted(len(account.needs), "besoin exprimé", "besoins exprimés")
    lines = [f"{count}, {answered} avec une réponse opérationnelle{few}"]
    return lines + [f"- {_need(need)}" for need in account.needs]


def _need(need: NeedAccount) -> str:
    when = "date inconnue" if need.on is None else str(need.on.year)
    answers = [f"{action} ({SCHEMA.french('answer_status', status)})" for action, status in need.answers]
    late = ", exprimé après sa réponse" if need.circular else ""
    return f"{need.name} ({when}{late}) : {words.listed(answers) or 'aucune réponse'}"


def _compared(name: str, figure: Comparison) -> str:
    label, decimals = _FIGURES[name]
    own = words.number(figure.own, decimals)
    middle = words.number(figure.middle, decimals)
    region = "" if figure.region is None else f", région {words.number(figure.region, decimals)}"
    return f"{label} : {own} ; médiane de {figure.count} : {middle}{region}"
