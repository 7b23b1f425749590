"""Rules that a file keeps beyond its form: nothing said twice, shares that sum, counts that agree."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from graphmodel import Fault
from loaders.contract_json.form import Employment, Form
from loaders.contract_json.parsing import Step, json_path
from loaders.contract_json.territory_rules import territory_faults
from loaders.contract_json.values import french_number

_SHARE_TOLERANCE = 1e-6

_ROW_IDENTITY = {
    "bilans": ("reports", ("operator", "action", "year"), "un bilan par opérateur, action et année"),
    "passage": ("passages", ("old", "new", "date"), "un passage par couple de communes et date"),
    "contribue": (
        "contributions",
        ("effect", "link", "rater"),
        "une cotation par effet, maillon et cotateur",
    ),
}
"""Lists whose rows are each of a different thing: key of the file, field of the form, what makes a row."""


def rule_faults(form: Form) -> Iterator[Fault]:
    """Yield every breach of a rule, in the order of the form; warnings for what is only odd."""
    yield from _repeated_members(form)
    yield from _repeated_rows(form)
    yield from _participation_oddities(form)
    yield from territory_faults(form)
    yield from _place_faults(form)
    yield from _employment_faults("emploi", form.employment)
    yield from _employment_faults("emploi_qpv", form.employment_qpv)
    yield from _comparison_faults(form)
    yield from _meeting_oddities(form)


def fault(code: str, message: str, *steps: Step, **more: Any) -> Fault:
    """Return an error at a path of the file."""
    return Fault("error", code, message, column=json_path(steps), **more)


def warning(code: str, message: str, *steps: Step, **more: Any) -> Fault:
    """Return a warning at a path of the file."""
    return Fault("warning", code, message, column=json_path(steps), **more)


def _repeated_members(form: Form) -> Iterator[Fault]:
    for steps, members in _member_lists(form):
        for name, count in Counter(members).items():
            if count > 1:
                yield fault(
                    "repeated_member",
                    f"« {name} » est {count} fois dans la même liste.",
                    *steps,
                    value=str(name),
                    fix="Ne le garder qu’une fois.",
                )


def _member_lists(form: Form) -> Iterator[tuple[tuple[Step, ...], list[Any]]]:
    """Yield every list of the file that names each thing once."""
    for year, actions in form.takes_part.items():
        for action, operators in actions.items():
            yield ("participe", str(year), action), operators
    for key, members in (("filieres", form.sectors), ("ptce", form.ptces)):
        for name, years in members.items():
            for year, operators in years.items():
                yield (key, name, str(year)), operators
    yield from (
        (("territoires_action", a, "mailles"), p.territories) for a, p in form.declared_places.items()
    )
    yield from ((("syndicat_mixte", s), communes) for s, communes in form.syndicates.items())
    yield from ((("collectivites", c, "communes"), a.communes) for c, a in form.authorities.items())
    for rank, meeting in enumerate(form.meetings):
        yield ("reunions", rank, "convoques"), meeting.invited
        yield ("reunions", rank, "presents"), meeting.attended
        yield ("reunions", rank, "excuses"), meeting.excused
    yield ("annees",), form.waves
    yield ("maillons",), form.links
    yield ("concours_contrat",), form.contract_funders


def _repeated_rows(form: Form) -> Iterator[Fault]:
    for key, (field, names, expected) in _ROW_IDENTITY.items():
        seen: dict[tuple[object, ...], int] = {}
        for rank, row in enumerate(getattr(form, field)):
            identity = tuple(getattr(row, name) for name in names)
            if identity in seen:
                yield fault(
                    "repeated_row",
                    f"Cette ligne dit la même chose que la ligne [{seen[identity]}].",
                    key,
                    rank,
                    expected=expected,
                    fix="Retirer l’une des deux.",
                )
            seen.setdefault(identity, rank)


def _participation_oddities(form: Form) -> Iterator[Fault]:
    for year, pilots in form.pilots.items():
        for action, pilot in pilots.items():
            if pilot not in form.takes_part.get(year, {}).get(action, ()):
                yield warning(
                    "pilot_outside_list",
                    f"« {pilot} » porte l’action sans être dans sa liste « participe ».",
                    "porteur", str(year), action,
                    value=pilot,
                )  # fmt: skip
    for year, actions in form.commitments.items():
        for action, roles in actions.items():
            for authority, role in roles.items():
                declared = form.authorities.get(authority)
                operator = declared.organisation if declared else None
                listed = form.takes_part.get(year, {}).get(action, ())
                if role == "partner" and operator and operator not in listed:
                    yield warning(
                        "partner_outside_list",
                        f"La collectivité « {authority} » est partenaire, et son organisation « {operator} » "
                        "n’est pas dans la liste « participe ».",
                        "engagements", str(year), action, authority,
                        value=operator,
                    )  # fmt: skip


def _place_faults(form: Form) -> Iterator[Fault]:
    for year, actions in form.places.items():
        for action, rows in actions.items():
            path = ("lieux", str(year), action)
            counted = Counter((row.territory, row.degree) for row in rows)
            for rank, row in enumerate(rows):
                if counted[row.territory, row.degree] > 1:
                    yield fault(
                        "repeated_row",
                        f"« {row.territory} » est donné plusieurs fois au même degré.",
                        *path, rank,
                        value=row.territory,
                        fix="Ne garder qu’une ligne par territoire et degré.",
                    )  # fmt: skip
            shares = [row.share for row in rows if row.degree == "targeted"]
            known = [share for share in shares if share is not None]
            if known and len(known) == len(shares) and abs(sum(known) - 1) > _SHARE_TOLERANCE:
                yield fault(
                    "shares_do_not_sum",
                    "Tous les lieux ciblés de l’action ont une part, et ces parts ne font pas 1.",
                    *path,
                    value=f"{sum(known):.6f}".replace(".", ","),
                    expected="des parts dont la somme est 1, ou au moins une part laissée inconnue",
                )


def _employment_faults(key: str, years: Mapping[int, Mapping[str, Employment]]) -> Iterator[Fault]:
    for year, territories in years.items():
        for territory, row in territories.items():
            for part, whole, name in ((row.ess, row.total, "total"), (row.largest, row.ess, "ess")):
                if part is not None and whole is not None and part > whole:
                    yield fault(
                        "part_above_whole",
                        f"{french_number(part)} emplois, c’est plus que « {name} ».",
                        key, str(year), territory, "ess" if name == "total" else "max_ess",
                        value=str(part),
                        expected=f"{french_number(whole)} au plus",
                    )  # fmt: skip


def _comparison_faults(form: Form) -> Iterator[Fault]:
    chosen = form.comparison
    if chosen is None:
        return
    for territory in _both(chosen.treated, chosen.controls):
        yield fault(
            "treated_and_control",
            f"« {territory} » est à la fois traité et témoin.",
            "comparaison", "temoins",
            value=territory,
        )  # fmt: skip
    first, last = chosen.first_year, chosen.last_year
    if first is not None and last is not None and first >= last:
        yield fault(
            "years_out_of_order",
            "L’année de départ n’est pas avant l’année d’arrivée.",
            "comparaison", "annee1",
            value=str(last),
            expected=f"une année après {first}",
        )  # fmt: skip


def _meeting_oddities(form: Form) -> Iterator[Fault]:
    for rank, meeting in enumerate(form.meetings):
        for operator in _both(meeting.attended, meeting.excused):
            yield warning(
                "attended_and_excused",
                f"« {operator} » est à la fois présent et excusé.",
                "reunions", rank,
                value=operator,
            )  # fmt: skip


def _both(first: Iterable[str], second: Iterable[str]) -> list[str]:
    inside = set(second)
    return [name for name in first if name in inside]
