"""Rules on the territories of a file: one level each, neighbours, populations, perimeters, later communes."""

from collections.abc import Iterator

from graphmodel import Fault
from loaders.contract_json.form import Form
from loaders.contract_json.parsing import Step, json_path
from loaders.contract_json.references import REGION
from loaders.contract_json.territory_levels import BASE_VINTAGE, claims, known_later
from loaders.contract_json.values import french_number

_FRENCH = {
    "commune": "une commune",
    "qpv": "un quartier",
    "departement": "un département",
    "epci": "un EPCI",
    "syndicat_mixte": "un syndicat mixte",
}


def territory_faults(form: Form) -> Iterator[Fault]:
    """Yield every breach of a rule on territories."""
    yield from _ambiguous(form)
    yield from _neighbour_faults(form)
    yield from _population_faults(form)
    yield from _perimeter_faults(form)
    yield from _passage_faults(form)
    yield from _vintage_faults(form)


def _fault(code: str, message: str, *steps: Step, value: str | None = None, expected: str = "") -> Fault:
    return Fault("error", code, message, column=json_path(steps), value=value, expected=expected or None)


def _ambiguous(form: Form) -> Iterator[Fault]:
    """An identifier names one territory, whatever its level; only an authority may share its territory's."""
    levels: dict[str, str] = {REGION: "region"}
    told = set()
    for identifier, level, steps in claims(form):
        first = levels.setdefault(identifier, level)
        if first != level and identifier not in told:
            told.add(identifier)
            yield _fault(
                "ambiguous_territory",
                f"« {identifier} » désigne déjà {_FRENCH.get(first, 'la région entière')} : "
                f"{_FRENCH[level]} doit avoir un autre identifiant.",
                *steps,
                value=identifier,
            )
    if REGION in form.authorities:
        yield _fault("ambiguous_territory", "« R » désigne déjà la région entière.", "collectivites", REGION)


def _neighbour_faults(form: Form) -> Iterator[Fault]:
    seen: dict[frozenset[str], int] = {}
    for rank, pair in enumerate(form.neighbours):
        if len(pair) != 2 or pair[0] == pair[1]:
            yield _fault(
                "wrong_pair",
                "Un voisinage relie deux communes différentes.",
                "contiguite",
                rank,
                value=", ".join(pair)[:80],
                expected='une paire : ["K1", "K2"]',
            )
        elif frozenset(pair) in seen:
            first = seen[frozenset(pair)]
            message = f"Ce voisinage est déjà dit à la ligne [{first}] : il n’a pas de sens."
            yield _fault("repeated_row", message, "contiguite", rank, expected="chaque paire une seule fois")
        seen.setdefault(frozenset(pair), rank)


def _population_faults(form: Form) -> Iterator[Fault]:
    inside: dict[str, int] = {}
    for name, quarter in form.quarters.items():
        commune = form.communes.get(quarter.commune)
        people = commune.population if commune else None
        if people is None or quarter.population is None:
            continue
        inside[quarter.commune] = inside.get(quarter.commune, 0) + quarter.population
        if inside[quarter.commune] > people:
            yield _fault(
                "population_above_commune",
                f"Les quartiers de « {quarter.commune} » comptent plus d’habitants que la commune.",
                "qpv",
                name,
                "pop",
                value=str(quarter.population),
                expected=f"{french_number(people)} habitants au plus pour l’ensemble de ses quartiers",
            )


def _perimeter_faults(form: Form) -> Iterator[Fault]:
    """An authority that is a syndicat mixte has one perimeter, said twice alike."""
    for name, communes in form.syndicates.items():
        authority = form.authorities.get(name)
        if authority is not None and authority.communes != communes:
            yield _fault(
                "two_perimeters",
                f"Le périmètre de « {name} » est donné deux fois, autrement.",
                "collectivites",
                name,
                "communes",
                expected="la même liste que dans « syndicat_mixte », dans le même ordre",
            )


def _passage_faults(form: Form) -> Iterator[Fault]:
    known = set(form.communes) | {row.new for row in form.passages}
    left: dict[tuple[str, object], float] = {}
    for rank, row in enumerate(form.passages):
        if form.communes and row.old not in known:
            yield _fault(
                "unknown_reference",
                "Commune inconnue : ni dans « communes », ni issue d’un autre passage.",
                "passage", rank, "de",
                value=row.old,
            )  # fmt: skip
        moment = (row.old, row.date)
        left[moment] = left.get(moment, 0.0) + (row.population_share or 0.0)
        if left[moment] > 1 + 1e-6:
            yield _fault(
                "shares_do_not_sum",
                f"Les parts de population de « {row.old} » dépassent 1.",
                "passage", rank, "part_pop",
                value=f"{left[moment]:.6f}".replace(".", ","),
                expected="des parts dont la somme ne dépasse pas 1",
            )  # fmt: skip


def _vintage_faults(form: Form) -> Iterator[Fault]:
    """Communes of `emploi` are those of its vintage; only those of 2014 are all listed."""
    if not form.communes:
        return
    later = known_later(form)
    for year, territories in form.employment.items():
        vintage = form.employment_vintages.get(year)
        for commune in territories:
            if commune in form.communes or (vintage != BASE_VINTAGE and commune in later):
                continue
            base = vintage in (BASE_VINTAGE, None)
            yield Fault(
                "error" if base else "warning",
                "unknown_reference",
                "Commune inconnue : elle n’est pas dans « communes »."
                if base
                else f"Commune du millésime {vintage} que ni « communes » ni « passage » ne connaissent.",
                column=json_path(("emploi", str(year), commune)),
                value=commune,
                expected="une commune du millésime de l’année",
                fix=f'Donner le millésime des communes : "millesime_emploi": {{"{year}": …}}.'
                if vintage is None
                else None,
            )
    made = {row.new for row in form.passages}
    for commune in form.current_epci:
        if commune not in form.communes and commune not in made:
            yield Fault(
                "warning",
                "unknown_reference",
                "Commune que ni « communes » ni « passage » ne connaissent.",
                column=json_path(("epci_courant", commune)),
                value=commune,
            )
