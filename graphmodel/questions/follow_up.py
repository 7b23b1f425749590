"""Questions about what was promised and what came: reports, needs, meetings, authorities, poles."""

from collections.abc import Iterator

from graphmodel.questions.model import Column, Given, Parameter, Sorted, question
from graphmodel.questions.territories import ACTION, ACTION_NAME, ORGANISATION, YEAR
from graphmodel.questions.view import Record, View, grouped, years_of


@question(
    "operateurs-sans-bilan-recu",
    "De quels opérateurs n’a-t-on pas reçu le bilan ?",
    [YEAR],
    [
        ORGANISATION,
        ACTION,
        ACTION_NAME,
        Column("year", "Année", "year"),
        Column("due_on", "Attendu le", "date"),
    ],
    "Opérateurs d’une action une année, et bilans attendus : sans date de réception, ou sans bilan du tout.",
)
def missing_reports(view: View, given: Given) -> Iterator[Sorted]:
    """Yield operator, action and year of the reports that are awaited."""
    year = given["annee"]
    wanted: dict[tuple[str, str, int | None], list[Record]] = {
        (part["source"], part["target"], part.get("year")): [] for part in view.operations(year)
    }
    owners = view.leaving("SUBMITTED_BY", "Report", "Organisation")
    for link in view.links("ABOUT", "Report", "Action"):
        report = view.nodes("Report")[link["source"]]
        if year is None or report.get("year") == year:
            for owner in owners.get(link["source"], ()):
                wanted.setdefault((owner["target"], link["target"], report.get("year")), []).append(report)
    for (who, what, when), reports in wanted.items():
        if not any(report.get("received_on") is not None for report in reports):
            organisation, action = view.nodes("Organisation")[who], view.nodes("Action")[what]
            due = min((report["due_on"] for report in reports if "due_on" in report), default=None)
            row = (organisation.get("name"), action["id"], action.get("name"), when, due)
            yield (when, who, what), row


@question(
    "besoins-sans-reponse-operationnelle",
    "Quels besoins n’ont pas de réponse opérationnelle ?",
    [YEAR],
    [
        Column("need", "Besoin"),
        Column("text", "Énoncé"),
        Column("expressed_by", "Exprimé par", "list"),
        Column("date", "Le", "date"),
        Column("priority", "Priorité", "integer"),
        Column("answers", "Réponses en cours", "list:answer_status"),
    ],
    "Une réponse vaut par son dernier statut. L’année est celle où le besoin est exprimé.",
)
def unanswered_needs(view: View, given: Given) -> Iterator[Sorted]:
    """Yield the needs none of whose answers is operational today."""
    answers = view.arriving("ANSWERS", "Action", "Need")
    speakers = {label: view.arriving("EXPRESSES", label, "Need") for label in ("Territory", "Organisation")}
    for key, need in view.nodes("Need").items():
        last = [
            max(history, key=lambda answer: int(answer["position"]))["status"]
            for _, history in sorted(grouped(answers.get(key, ()), "source").items())
        ]
        if "operational" in last or (given["annee"] is not None and need.get("year") != given["annee"]):
            continue
        names = {
            view.nodes(label)[link["source"]].get("name")
            for label, links in speakers.items()
            for link in links.get(key, ())
        } - {None}
        row = (need["id"], need.get("text"), sorted(map(str, names)), need.get("date"))
        yield (need.get("priority"), key), (*row, need.get("priority"), last)


@question(
    "collectivites-sans-action",
    "Quelles collectivités ne prennent part à aucune action ?",
    [YEAR],
    [
        ORGANISATION,
        Column("territories", "Territoires", "list"),
        Column("commitments", "Actions où elle s’est engagée", "list"),
    ],
    "Collectivités : celles que les sources disent telles, ou qui administrent un territoire. Prendre part : "
    "porter ou être partenaire, selon les bilans.",
)
def idle_authorities(view: View, given: Given) -> Iterator[Sorted]:
    """Yield the authorities that operate nothing, with what they had committed to."""
    active = {part["source"] for part in view.operations(given["annee"])}
    administered = view.leaving("ADMINISTERS", "Organisation", "Territory")
    promises = view.leaving("TAKES_PART_IN", "Organisation", "Action")
    territories, actions = view.nodes("Territory"), view.nodes("Action")
    for key, organisation in view.nodes("Organisation").items():
        authority = organisation.get("local_authority") is True or key in administered
        if key in active or not authority:
            continue
        names = {territories[link["target"]].get("name") for link in administered.get(key, ())} - {None}
        promised = {
            str(actions[part["target"]]["id"])
            for part in promises.get(key, ())
            if part["basis"] == "commitment"
        }
        yield (key,), (organisation.get("name"), sorted(map(str, names)), sorted(promised))


@question(
    "reunions-d-une-instance",
    "Quand une instance s’est-elle réunie, et qui est venu ?",
    [Parameter("instance", "GovernanceBody", "Identifiant ou clé de l’instance ; toutes si vide.")],
    [
        Column("body", "Instance"),
        Column("meeting", "Réunion"),
        Column("date", "Date", "date"),
        Column("place", "Lieu"),
        Column("invited", "Convoqués", "integer"),
        Column("attended", "Présents", "integer"),
        Column("excused", "Excusés", "integer"),
        Column("absent", "Ni présents ni excusés", "list"),
    ],
)
def meetings(view: View, given: Given) -> Iterator[Sorted]:
    """Yield the meetings of a body by date, with who was awaited and did not come."""
    asked = given["instance"]
    kept = set(view.nodes("GovernanceBody")) if asked is None else view.named("GovernanceBody", asked)
    names = view.nodes("Organisation")
    lists = {
        kind: {
            meeting: {link["source"] for link in links}
            for meeting, links in view.arriving(kind, "Organisation", "Meeting").items()
        }
        for kind in ("INVITED_TO", "ATTENDED", "EXCUSED")
    }
    for link in view.links("PART_OF", "Meeting", "GovernanceBody"):
        if link["target"] in kept:
            key, body = link["source"], view.nodes("GovernanceBody")[link["target"]]
            meeting = view.nodes("Meeting")[key]
            invited, attended, excused = (lists[kind].get(key, set()) for kind in lists)
            away = sorted(invited - attended - excused)
            absent = [name for one in away if (name := names[one].get("name")) is not None]
            head = (body.get("name"), meeting["id"], meeting.get("date"), meeting.get("place"))
            counts = (len(invited), len(attended), len(excused))
            yield (link["target"], meeting.get("date"), key), (*head, *counts, absent)


@question(
    "membres-d-un-ptce",
    "Qui est membre d’un pôle territorial de coopération économique ?",
    [
        YEAR,
        Parameter("ptce", "Ptce", "Identifiant ou clé du pôle ; tous s’il n’est pas dit."),
    ],
    [
        Column("ptce", "Pôle"),
        Column("member", "Membre"),
        Column("world", "Monde", "enum:world"),
        Column("years", "Années", "list"),
    ],
    "Une appartenance sans année vaut pour toutes.",
)
def pole_members(view: View, given: Given) -> Iterator[Sorted]:
    """Yield pole and member with the years of membership."""
    year, asked = given["annee"], given["ptce"]
    kept = set(view.nodes("Ptce")) if asked is None else view.named("Ptce", asked)
    pairs: dict[tuple[str, str], list[Record]] = {}
    for link in view.links("MEMBER_OF", "Organisation", "Ptce"):
        if link["target"] in kept and (year is None or link.get("year") in (None, year)):
            pairs.setdefault((link["target"], link["source"]), []).append(link)
    for (pole, who), links in pairs.items():
        member = view.nodes("Organisation")[who]
        row = (view.nodes("Ptce")[pole].get("name"), member.get("name"), member.get("world"))
        yield (pole, who), (*row, years_of(links))
