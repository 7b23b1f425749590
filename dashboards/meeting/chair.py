"""The notes of the chair: what to do on each screen, and what must not be said."""

from dashboards import words
from dashboards.meeting.context import MeetingContext


def chair_notes(context: MeetingContext) -> dict[str, str]:
    """Return what the second window says of each kind of screen."""
    money, groups = context.money, context.cooperation
    year = money.year or "inconnue"
    reached = context.zones.reached if context.zones.reached is not None else "on ne sait pas"
    others = words.counted(groups.others, "acteur")
    notes = {
        "demandes": "Lire chaque besoin et sa réponse ; laisser réagir celui qui l’a dit. Une réponse prévue "
        "n’est pas encore une réponse.",
        "sujet": "Ouvrir. Dire que les données sont fictives, si le badge est là.",
        "argent": f"Laisser regarder. Année {year}, {money.reports}. Les actions régionales n’y sont "
        "pas. « On ne sait pas » : une action passe là, son paiement n’est pas connu.",
        "zones": "Visé n’est pas atteint. Ne pas additionner les deux nombres : un quartier est aussi dans "
        f"une commune. Quartiers où des bénéficiaires sont connus : {reached}.",
        "territoire": "Taper ce que la salle appelle, 40 secondes chacun. Une commune montre son "
        "intercommunalité ; « + » entre deux noms les compare. « Secret » : moins de trois porteurs y sont "
        "payés, ou l’un d’eux se devinerait.",
        "reseau": f"Ne nommer les groupes que s’ils sont stables. {others} hors des groupes montrés. Un "
        "territoire choisi allume les groupes qui y ont un siège.",
        "besoins": "Noter les mots de la salle, sans nom de personne. ↑ choisit le territoire, Tabulation "
        "passe de besoin à remarque, Entrée enregistre.",
        "dire": "Question 3. Dire aussi ce que l’on ne peut pas dire.",
        "releve": "Relire les comptes, imprimer le relevé, donner la date de la prochaine séance.",
    }
    return {kind: words.typeset(said) for kind, said in notes.items()}
