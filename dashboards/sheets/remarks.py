"""What a sheet says in sentences: limits, questions to ask, what is next door of a territory not reached."""

from collections.abc import Sequence

from dashboards import view_data, words
from dashboards.sheets.cards import Card
from dashboards.sheets.subject import Subject
from geodata.territories import load_reference
from graphmodel import ContractGraph
from graphmodel.account import SMALL, TerritoryAccount
from graphmodel.answers.pieces import pieces
from graphmodel.profile import TerritoryProfile
from graphmodel.schema import SCHEMA
from graphmodel.secrecy import Mode

Said = tuple[str, str]
"""A sentence in two parts, the first one strong."""
PIECES = 3
"""Pieces that a sheet cites."""
UNKNOWN_PERIMETER = (
    "Périmètre inconnu : aucune carte, et rien de ce qui dépend du lieu ne peut être compté. Il suffit d’un "
    "fichier de ses communes (maillage load FICHIER --as perimeter) pour compléter cette fiche."
)


def limits(cards: Sequence[Card], account: TerritoryAccount | None, graph: ContractGraph) -> tuple[Said, ...]:
    """Return what cannot be said of this territory: what its own figures do not carry."""
    said: list[Said] = [
        ("Que le contrat a produit ces évolutions.", "La fiche dit où l’action a lieu, pas ce qui serait "
         "arrivé sans elle ; les explications rivales sont jugées au rapport (T19).")
    ]  # fmt: skip
    if account is None:
        said.append(("Ce que le contrat y a fait.", "Le périmètre n’est pas connu : lieux, montants et "
                     "sièges ne peuvent être rattachés à ce territoire."))  # fmt: skip
    elif account.small:
        said.append(("Une part ou un taux.", f"Moins de {SMALL} actions localisées ici : un seul bilan de "
                     "plus changerait le chiffre."))  # fmt: skip
    hidden = [card.title for card in cards if card.figure == words.SECRET]
    if hidden:
        covered = words.listed(title[title.rindex("(") + 1 : -1] for title in hidden)
        said.append((f"Un chiffre secret ({covered}).", "Trop peu de porteurs ou de structures, ou une "
                     "valeur qui en révélerait une autre. Secret n’est ni zéro ni absence."))  # fmt: skip
    weak = [card.title[card.title.rindex("(") + 1 : -1] for card in cards if card.degree == "non établi"]
    if weak:
        said.append(
            (
                f"Une différence ou un progrès ({words.listed(weak)}).",
                "L’intervalle contient l’absence de différence, ou les bilans sont trop peu nombreux.",
            )
        )
    late = [f"{year} ({report.received} sur {report.due})" for year in view_data.years_of(graph)
            if (report := view_data.reports_of(graph, year)).received < report.due]  # fmt: skip
    if late:
        said.append(("Que tout est compté.", f"Bilans reçus : {words.listed(late)}."))
    said.append(("Le rang parmi les collectivités.", "Les périmètres s’emboîtent : aucun classement n’est "
                 "publié, aucune somme n’est permise."))  # fmt: skip
    return tuple(said)


def questions(
    account: TerritoryAccount | None, profile: TerritoryProfile, cards: Sequence[Card]
) -> tuple[str, ...]:
    """Return the questions to ask in the meeting, from what this sheet lacks."""
    asked = []
    if account is None:
        asked.append("Quelles communes le périmètre comprend-il, et à quelle date ?")
    elif not profile.actions:
        asked.append("Quelle action du contrat pourrait venir ici, et qui la porterait ?")
    for need in (account.needs if account else ())[:8]:
        if not need.answered and len(asked) < 3:
            asked.append(f"« {need.name} » : toujours d’actualité ? Qui pourrait y répondre ?")
    missed = [quarter.name for quarter in (account.quarters if account else ()) if not quarter.targeted]
    if missed:
        asked.append(f"Pourquoi aucune action ne nomme-t-elle {words.shortened(missed, 3)} ?")
    for card in cards:
        if "recherché" in card.detail:
            asked.append("Les six critères de la stratégie ESS : quelles pièces peuvent être fournies ?")
        elif card.title.startswith("Besoins") and card.figure == words.NOT_COMPUTABLE:
            asked.append(
                "Quels besoins la collectivité veut-elle exprimer devant l’assemblée des territoires ?"
            )
    asked.append("Une action connue ici manque-t-elle au tableau ? Laquelle, et depuis quand ?")
    return tuple(asked[:5])


def next_door(graph: ContractGraph, subject: Subject, account: TerritoryAccount | None,
              profile: TerritoryProfile,
              actions_by_commune: dict[str, tuple[str, ...]]) -> tuple[Said, ...]:  # fmt: skip
    """Return what exists next door, whom to ask, and which territories compare."""
    said: list[Said] = []
    if subject.communes:
        near = _neighbours(subject)
        here = {view_data.action_code(action.code) for action in profile.actions}
        around = {code for commune in near for code in actions_by_commune.get(commune, ())} - here
        there = [commune for commune in near if around & set(actions_by_commune.get(commune, ()))]
        names = {one.code: one.name for one in load_reference().every("commune")}
        if around:
            codes = words.shortened(view_data.codes_in_order(around), 8)
            count = words.counted(len(around), "action absente d’ici", "actions absentes d’ici")
            where = words.counted(len(there), "commune limitrophe", "communes limitrophes")
            towns = words.shortened([names[code] for code in there], 4)
            said.append(("À côté.", f"{count} ({codes}) dans {where} : {towns}."))
        else:
            said.append(("À côté.", "Aucune action, autre que celles d’ici, dans les communes limitrophes."))
    people = [name for name, _ in (account.partners if account else ())][:4]
    pivot = str(graph.contract.get("pivot") or "")
    organisations = graph.nodes("Organisation")
    named = list(organisations.loc[organisations["id"] == pivot, "name"])
    whom = people or [str(name) for name in named][:1]
    if whom:
        why = "opérateurs les plus présents ici" if people else "pivot du contrat"
        said.append(("À qui demander.", f"{words.listed(whom)} ({why})."))
    if account is not None and account.comparable:
        parts = []
        for name, label in (("actions", "actions localisées"), ("operators", "opérateurs")):
            figure = account.compared.get(name)
            if figure is not None and figure.middle is not None:
                parts.append(
                    f"{label} : {words.number(figure.own)} ici, médiane {words.number(figure.middle)}"
                )
        said.append(("Territoires comparables.", f"{words.listed(account.comparable)} (même niveau, "
                     f"populations les plus proches). {' ; '.join(parts).capitalize()}."))  # fmt: skip
    wide = words.counted(profile.region_wide, "action régionale", "actions régionales")
    several = profile.region_wide > 1
    said.append(("Pour mémoire.", f"{wide} {'concernent' if several else 'concerne'} aussi ce territoire, "
                 f"sans y être {'localisées' if several else 'localisée'}."))  # fmt: skip
    return tuple(said)


def pieces_told(
    graph: ContractGraph, profile: TerritoryProfile, subject: Subject, mode: Mode
) -> tuple[Said, ...]:
    """Return what was heard or found about this territory or the actions present, contradictions first.

    The words themselves are given in a working document only, as in the answers to the questions.
    """
    codes = {action.code for action in profile.actions}
    found = [one for one in pieces(graph) if subject.code in one.territories or codes & set(one.actions)]
    said: list[Said] = []
    for one in found[:PIECES]:
        on = "" if one.on is None else f" du {words.day(one.on)}"
        about = words.listed(view_data.action_code(code) for code in one.actions if code in codes)
        stance = "" if one.stance is None else f", {SCHEMA.french('stance', one.stance)}"
        head = f"{one.kind or 'pièce'}{on}{stance}{f' ({about})' if about else ''}"
        said.append((head, one.excerpt or "sans citation"))
    rest = words.counted(len(found) - PIECES, "autre") if len(found) > PIECES else ""
    if mode == "working":
        told = [(f"{head[:1].upper()}{head[1:]}.", excerpt) for head, excerpt in said]
        return (*told, ("Et aussi.", f"{rest} sur les actions présentes ici.")) if rest else tuple(told)
    heads = words.listed([*(head for head, _ in said), *([rest] if rest else [])])
    return (("Paroles et pièces.", f"{heads[:1].upper()}{heads[1:]}."),) if said else ()


def _neighbours(subject: Subject) -> list[str]:
    """Return the communes that touch those of a territory."""
    frame = load_reference().frame("commune", crs=2154)
    own = frame[frame.index.isin(list(subject.communes))]
    if own.empty:
        return []
    near = frame.iloc[frame.sindex.query(own.union_all(), predicate="intersects")]
    return sorted(set(map(str, near.index)) - subject.communes)
