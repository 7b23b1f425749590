"""The JSON form of a contract's data, key by key, as typed models.

Field names are English, aliases are the keys of the file. A key may be absent unless it makes a row what it
is; null is accepted where a value may be unknown, never in place of a list, a map or an identifier that a
row rests on.
"""

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from loaders.contract_json.values import (
    AnswerStatus,
    Cents,
    CommitmentRole,
    Count,
    Criterion,
    Day,
    Degree,
    EmploymentKey,
    FundingBasis,
    FundingKind,
    Id,
    MeasureStatus,
    Priority,
    Quantity,
    Rating,
    Real,
    Scope,
    Share,
    Text,
    Whole,
    World,
    Year,
)


class Entry(BaseModel):
    """An object of the file: no other key, no silent conversion."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Head(Entry):
    """`contrat`: who the file speaks of."""

    id: Id | None = None
    name: Text | None = Field(None, alias="nom")
    fictional: bool | None = Field(None, alias="fictif")


class Operator(Entry):
    """`operateurs`: one organisation."""

    world: World | None = Field(alias="monde")
    family: Text | None = Field(None, alias="famille")
    seat: Id | None = Field(None, alias="siege")
    seat_qpv: Id | None = Field(None, alias="siege_qpv")
    local_authority: bool | None = Field(None, alias="collectivite")


class PlannedAction(Entry):
    """`actions`: one action."""

    axis: Id | None = Field(None, alias="axe")
    coded: bool | None = Field(None, alias="codee")
    region_wide: bool | None = Field(None, alias="ubiquitaire")
    social_innovation: bool | None = Field(None, alias="innovation_sociale")


class Commune(Entry):
    """`communes`: one commune on the perimeters of 1 January 2014."""

    population: Count | None = Field(None, alias="pop")
    departement: Id | None = Field(None, alias="dep")
    epci: Id | None = None
    zrr: bool | None = None
    urban_unit: Id | None = Field(None, alias="uu")


class Quarter(Entry):
    """`qpv`: one priority neighbourhood."""

    population: Count | None = Field(None, alias="pop")
    commune: Id


class DeclaredPlaces(Entry):
    """`territoires_action`: the places of an action, the same in all years."""

    scope: Scope | None = Field(None, alias="portee")
    declared: Text | None = Field(None, alias="declare")
    territories: list[Id] = Field(default_factory=list, alias="mailles")


class PlaceRow(Entry):
    """`lieux`: one place of an action in a year."""

    territory: Id = Field(alias="territoire")
    degree: Degree = Field(alias="degre")
    share: Share | None = Field(None, alias="part")
    beneficiaries: Count | None = Field(None, alias="beneficiaires")


class FundingRow(Entry):
    """`financements`: one amount."""

    action: Id | None = None
    funder: Id = Field(alias="financeur")
    year: Year = Field(alias="annee")
    kind: FundingKind = Field(alias="nature")
    amount: Cents | None = Field(None, alias="montant")
    basis: FundingBasis | None = Field(None, alias="base")


class SupportRow(Entry):
    """`soutiens`: a business that an action supported."""

    action: Id
    siren: Id
    year: Year = Field(alias="annee")
    date: Day | None = None
    outcome: Text | None = Field(None, alias="issue")
    jobs: Quantity | None = Field(None, alias="etp")
    report_date: Day | None = Field(None, alias="bilan_date")
    commune: Id | None = None
    qpv: Id | None = None
    sector: Text | None = Field(None, alias="filiere")


class ReportRow(Entry):
    """`bilans`: a report expected."""

    operator: Id = Field(alias="operateur")
    action: Id
    year: Year = Field(alias="annee")
    due_on: Day | None = Field(None, alias="attendu_le")
    received_on: Day | None = Field(None, alias="recu_le")


class MeasureRow(Entry):
    """`mesures`: a measure expected."""

    metric: Id = Field(alias="cle")
    action: Id
    year: Year = Field(alias="annee")
    status: MeasureStatus = Field(alias="statut")
    sources: Count | None = Field(None, alias="nb_sources")


class Employment(Entry):
    """`emploi`, `emploi_qpv`: jobs and establishments of a territory in a year."""

    ess: Count | None = None
    total: Count | None = None
    establishments: Count | None = Field(None, alias="etab_ess")
    largest: Count | None = Field(None, alias="max_ess")


class Passage(Entry):
    """`passage`: an old commune and what it becomes."""

    old: Id = Field(alias="de")
    new: Id = Field(alias="vers")
    date: Day
    population_share: Share | None = Field(None, alias="part_pop")


class Comparison(Entry):
    """`comparaison`: what T17 compares."""

    key: EmploymentKey | None = Field(None, alias="cle")
    first_year: Year | None = Field(None, alias="annee0")
    last_year: Year | None = Field(None, alias="annee1")
    treated: list[Id] = Field(default_factory=list, alias="traites")
    controls: list[Id] = Field(default_factory=list, alias="temoins")
    growth: dict[Id, Real] = Field(default_factory=dict, alias="valeurs")


class Authority(Entry):
    """`collectivites`: perimeter of a local authority, and the operator it is."""

    communes: list[Id] = Field(default_factory=list)
    organisation: Id | None = None


class NeedEntry(Entry):
    """`besoins`: a need."""

    authority: Id = Field(alias="collectivite")
    priority: Priority | None = Field(None, alias="priorite")
    date: Day | None = None


class AnswerRow(Entry):
    """`reponses`: an answer of an action to a need, as it stood on a date."""

    action: Id
    need: Id = Field(alias="besoin")
    status: AnswerStatus = Field(alias="statut")
    date: Day | None = None


class Delegation(Entry):
    """`delegations`: what the delegation of an authority's elected official covers."""

    ess: bool | None = None
    domains: list[Text] = Field(default_factory=list, alias="domaines")


class Body(Entry):
    """`instances`: a governance body."""

    minimum_per_year: Count | None = Field(None, alias="frequence_min")
    kind: Text | None = Field(None, alias="type")


class MeetingRow(Entry):
    """`reunions`: a meeting and who came."""

    body: Id = Field(alias="instance")
    date: Day
    invited: list[Id] = Field(default_factory=list, alias="convoques")
    attended: list[Id] = Field(default_factory=list, alias="presents")
    excused: list[Id] = Field(default_factory=list, alias="excuses")


class ContributionRow(Entry):
    """`contribue`: a rating of one link of the chain for one effect."""

    effect: Id = Field(alias="effet")
    link: Text = Field(alias="maillon")
    level: Rating | None = Field(None, alias="niveau")
    rater: Text | None = Field(None, alias="cotateur")


Members = dict[Id, dict[Year, list[Id]]]
YearlyEmployment = dict[Year, dict[Id, Employment]]


def _map(alias: str) -> Any:
    return Field(default_factory=dict, alias=alias)


def _rows(alias: str) -> Any:
    return Field(default_factory=list, alias=alias)


PAID_KEY = "montants_YYYY"
"""Key under which the paid amounts of `montants_2014`, `montants_2015`… are gathered by year."""


class Form(Entry):
    """The whole file."""

    head: Head = Field(default_factory=lambda: Head.model_validate({}), alias="contrat")
    note: Text | None = None
    seed: Whole | None = Field(None, alias="graine")
    waves: list[Year] = _rows("annees")
    t0: Year | None = None
    pivot: Id | None = None
    families: list[Text] = _rows("familles_possibles")
    commercial_families: list[Text] = _rows("familles_commerciales")
    operators: dict[Id, Operator] = _map("operateurs")
    actions: dict[Id, PlannedAction] = _map("actions")
    takes_part: dict[Year, dict[Id, list[Id]]] = _map("participe")
    pilots: dict[Year, dict[Id, Id]] = _map("porteur")
    communes: dict[Id, Commune] = _map("communes")
    neighbours: list[list[Id]] = _rows("contiguite")
    quarters: dict[Id, Quarter] = _map("qpv")
    syndicates: dict[Id, list[Id]] = _map("syndicat_mixte")
    population_region: Count | None = None
    declared_places: dict[Id, DeclaredPlaces] = _map("territoires_action")
    places: dict[Year, dict[Id, list[PlaceRow]]] = _map("lieux")
    fundings: list[FundingRow] = _rows("financements")
    paid: dict[Year, dict[Id, Cents | None]] = _map(PAID_KEY)
    contract_funders: list[Id] = _rows("concours_contrat")
    total_costs: dict[Year, dict[Id, Cents | None]] = _map("cout_total")
    supports: list[SupportRow] = _rows("soutiens")
    turnovers: dict[Id, dict[Year, Cents | None]] = _map("chiffre_affaires")
    sectors: Members = _map("filieres")
    audiences: dict[Year, dict[Id, Count | None]] = _map("audience")
    reports: list[ReportRow] = _rows("bilans")
    measures: list[MeasureRow] = _rows("mesures")
    employment: YearlyEmployment = _map("emploi")
    employment_qpv: YearlyEmployment = _map("emploi_qpv")
    employment_vintages: dict[Year, Year] = _map("millesime_emploi")
    passages: list[Passage] = _rows("passage")
    current_epci: dict[Id, Id | None] = _map("epci_courant")
    comparison: Comparison | None = Field(None, alias="comparaison")
    authorities: dict[Id, Authority] = _map("collectivites")
    commitments: dict[Year, dict[Id, dict[Id, CommitmentRole]]] = _map("engagements")
    needs: dict[Id, NeedEntry] = _map("besoins")
    answers: list[AnswerRow] = _rows("reponses")
    policies: dict[Id, dict[Year, dict[Criterion, bool | None]]] = _map("politiques")
    delegations: dict[Id, Delegation] = _map("delegations")
    ptces: Members = _map("ptce")
    bodies: dict[Id, Body] = _map("instances")
    meetings: list[MeetingRow] = _rows("reunions")
    colleges: dict[Id, Text] = _map("colleges")
    links: list[Text] = _rows("maillons")
    contributions: list[ContributionRow] = _rows("contribue")


KEYS = tuple(str(field.alias or name) for name, field in Form.model_fields.items())
"""Keys of the file, in the order of the form."""
