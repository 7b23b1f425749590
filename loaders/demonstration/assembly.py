"""Put the whole demonstration in the sheets of the template."""

from datetime import date

from geodata.territories import Territories
from graphmodel.schema import SCHEMA
from loaders.convention import read_convention
from loaders.demonstration import policy
from loaders.demonstration.cooperation import Cooperation
from loaders.demonstration.draw import SEED
from loaders.demonstration.economy import AUDIENCE, CONTROLS, TREATED, Economy
from loaders.demonstration.governance import Governance
from loaders.demonstration.money import Money
from loaders.demonstration.places import Places, Zones
from loaders.demonstration.reports import Reports
from loaders.demonstration.scenario import CONTRACT, YEARS, Scenario, day, scenario, table
from loaders.template import CHOICES, Content, Identity

FILE_ID = "demonstration-bilans"

KNOWN_ON = date(2017, 9, 15)
"""Day the fictional reports are told: after the last of them came."""

_NOTE = (
    f"Données fictives, tirées par un générateur (graine {SEED}). Les noms commencent par « Ficti ». "
    "L’emploi est observé dans les communes de 3 000 habitants et plus, les quartiers, et, petites communes "
    "comprises, les EPCI, les départements et la région. Les montants prévus en 2014 par action, "
    "additionnés, font ceux de la convention."
)


def demonstration_content(territories: Territories, zones: Zones) -> Content:
    """Return every row of the demonstration's workbook.

    Parameters
    ----------
    territories
        The territory reference.
    zones
        The fictional quarters and rural communes, as kept in the files.
    """
    story = scenario()
    cooperation = Cooperation(story)
    places = Places(story, cooperation, territories, zones)
    identity = Identity(FILE_ID, CONTRACT, "démonstration", KNOWN_ON, True, note=_NOTE)
    content = Content(identity)
    _organisations(content, story, zones)
    _actions(content, story)
    _participations(content, story, cooperation)
    _places(content, places)
    _money(content, Money(story))
    _reports(content, Reports(cooperation))
    _poles(content)
    _governance(content, Governance(story, cooperation))
    _policy(content, story)
    _economy(content, Economy(territories, zones, places.places))
    _findings(content)
    return content


def _french(enumeration: str, value: str) -> str:
    return SCHEMA.french(enumeration, value)


def _code(action: str) -> str:
    return action.replace("_", ".")


def _organisations(content: Content, story: Scenario, zones: Zones) -> None:
    quarters: dict[str, list[str]] = {}
    for quarter, commune in zones.neighbourhoods.items():
        quarters.setdefault(commune, []).append(quarter)
    for operator in story.operators:
        content.add(
            "Organisations",
            id=operator.id,
            name=operator.name,
            world=_french("world", operator.world),
            family=operator.family,
            legal_form=operator.legal_form,
            local_authority=False,
            seat=operator.seat,
            seat_qpv=quarters[operator.seat][0] if operator.in_neighbourhood else None,
        )


def _actions(content: Content, story: Scenario) -> None:
    for action in story.actions.values():
        content.add(
            "Actions",
            id=_code(action.code),
            plan_year=YEARS[0],
            region_wide=action.region_wide,
            social_innovation=action.innovation if action.code != "ANIMATION" else None,
        )


def _participations(content: Content, story: Scenario, cooperation: Cooperation) -> None:
    for part in cooperation.parts:
        content.add(
            "Participations",
            organisation=part.organisation,
            action=_code(part.action),
            year=part.year,
            role=_french("role", "pilot" if part.pilot else "partner"),
            basis=_french("basis_of_part", "report"),
        )
    inside = {(part.organisation, part.action, part.year) for part in cooperation.parts}
    for authority in story.authorities:
        for year in YEARS:
            for action in authority.actions if authority.first <= year else ():
                works = (authority.organisation, action, year) in inside
                content.add(
                    "Participations",
                    organisation=authority.organisation,
                    action=_code(action),
                    year=year,
                    role=_french("role", "partner" if works else "funder"),
                    basis=_french("basis_of_part", "commitment"),
                )


def _places(content: Content, places: Places) -> None:
    for place in places.places:
        content.add(
            "Lieux",
            action=_code(place.action),
            year=place.year,
            level=_french("territory_level", place.level),
            code=place.code,
            degree=_french("degree", place.degree),
            share=place.share,
            beneficiaries=place.beneficiaries,
        )


def _money(content: Content, money: Money) -> None:
    for amount in money.amounts:
        content.add(
            "Financements",
            funder=amount.funder,
            action=_code(amount.action),
            year=amount.year,
            kind=_french("funding_kind", amount.kind),
            amount=amount.euros,
            basis=_french("funding_basis", "deliberation") if amount.kind == "planned" else None,
        )
    for (action, year), euros in money.costs.items():
        metric = CHOICES["metrics"]["total_cost"]
        content.add("Observations", metric=metric, year=year, action=_code(action), amount=euros, unit="€")


def _reports(content: Content, reports: Reports) -> None:
    for report in reports.due:
        content.add(
            "Bilans",
            organisation=report.organisation,
            action=_code(report.action),
            year=report.year,
            due_on=report.due,
            received_on=report.received,
        )
    for measure in reports.measures:
        content.add(
            "Mesures",
            metric=measure.metric,
            action=_code(measure.action),
            year=measure.year,
            organisation=measure.organisation,
            value=measure.value,
            unit=measure.unit,
            status=_french("measure_status", measure.status),
            sources_declared=measure.sources,
        )


def _poles(content: Content) -> None:
    for row in table("poles"):
        years = [year for year in YEARS if year >= int(row["first"])]
        content.add(
            "PTCE",
            id=row["id"],
            name=row["name"],
            stage=row["stage"],
            commune=row["commune"],
            years=years,
        )
        base, last = row["base"].split(), row["joined"].split()
        for year in years:
            joined = last[: 2 * (year - years[0])]
            for organisation in base + joined:
                content.add("Membres des PTCE", organisation=organisation, ptce=row["id"], year=year)
    for row in table("sectors"):
        known = [int(year) for year in row["years"].split()]
        content.add(
            "Filières", id=row["id"], name=row["name"], priority=row["priority"] == "yes", years=known
        )
        for year in known:
            for organisation in row[str(year)].split():
                content.add("Membres des filières", organisation=organisation, sector=row["id"], year=year)


def _governance(content: Content, governance: Governance) -> None:
    for organisation, body, college in governance.seats:
        content.add(
            "Membres des instances", organisation=organisation, body=body, role="membre", college=college
        )
    for meeting in governance.meetings:
        content.add(
            "Réunions",
            id=meeting.id,
            body=meeting.body,
            date=meeting.on,
            place=meeting.place,
            commune=meeting.commune,
            subject=meeting.subject,
        )
        for organisation, presence in meeting.presence.items():
            word = CHOICES["presence"][presence]
            content.add("Présences", meeting=meeting.id, organisation=organisation, presence=word)


def _policy(content: Content, story: Scenario) -> None:
    for row in table("needs"):
        content.add(
            "Besoins",
            id=row["id"],
            organisation=row["organisation"],
            text=row["text"],
            priority=int(row["priority"]),
            date=day(row["date"]),
        )
    for answer in policy.answers():
        content.add(
            "Réponses",
            action=_code(answer.action),
            need=answer.need,
            status=_french("answer_status", answer.status),
            date=answer.on,
        )
    labels = read_convention()[0].contract.analysis.policy_criteria
    for act in policy.acts(story):
        content.add(
            "Actes",
            organisation=act.organisation,
            criterion=labels[act.criterion],
            year=act.year,
            present=act.present,
            date=act.on,
            themes=list(act.themes) or None,
        )
    for organisation, person, function, domains in policy.DELEGATIONS:
        content.add(
            "Délégations",
            organisation=organisation,
            person=person,
            function=function,
            ess=True,
            domains=list(domains),
        )


def _economy(content: Content, economy: Economy) -> None:
    for support in economy.supports:
        content.add(
            "Entreprises soutenues",
            action=_code(support.action),
            siren=support.siren,
            name=support.name,
            year=support.year,
            date=support.on,
            outcome=support.outcome,
            jobs=support.jobs,
            report_date=support.reported,
            commune=support.commune,
            qpv=support.quarter,
            sector=support.sector,
            world=_french("world", support.world),
            family=support.family,
        )
    metrics = CHOICES["metrics"]
    for siren, year, euros in economy.turnover:
        metric = metrics["turnover"]
        content.add("Observations", metric=metric, year=year, organisation=siren, amount=euros, unit="€")
    for instrument, (unit, counts) in AUDIENCE.items():
        for year, count in zip(YEARS, counts, strict=True):
            content.add(
                "Observations",
                metric=metrics["audience"],
                year=year,
                instrument=instrument,
                value=count,
                unit=unit,
            )
    _employment(content, economy)


def _employment(content: Content, economy: Economy) -> None:
    for row in economy.employment:
        content.add(
            "Emploi",
            year=row.year,
            level=_french("territory_level", row.level),
            code=row.code,
            ess=row.ess,
            total=row.total,
            establishments=row.establishments,
            largest=row.largest,
        )
    for group, codes in (("treated", TREATED), ("control", CONTROLS)):
        for code in codes:
            content.add(
                "Comparaison",
                metric=CHOICES["compared"]["ess"],
                year0=YEARS[0],
                year1=YEARS[-1],
                level=_french("territory_level", "epci"),
                code=code,
                group=CHOICES["group"][group],
            )


def _findings(content: Content) -> None:
    for row in table("findings"):
        content.add(
            "Constats",
            id=row["id"],
            kind=row["kind"],
            effect=row["effect"],
            action=_code(row["action"]) or None,
            stance=row["stance"],
            date=day(row["date"]),
            excerpt=row["excerpt"],
        )
    for rating in policy.ratings():
        content.add(
            "Cotations",
            effect=rating.effect,
            link=rating.link,
            rater=rating.rater,
            level=rating.level,
            rival=rating.rival,
        )
