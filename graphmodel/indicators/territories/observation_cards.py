"""The cards of T07, T17 and T18: what the observation of jobs says, in French."""

from graphmodel.indicators.registry import Indicator, Measure

_SOURCE = "Feuille Emploi ou fichier d’observation (INSEE Clap, Flores) ; périmètres et tables de passage."

T07 = Indicator(
    id="T07",
    label="Quotient de localisation de l’emploi de l’ESS",
    question=3,
    effects=("E3.1",),
    reach="contract",
    levels=("D", "E", "Q"),
    measures={"lq": Measure("Part de l’ESS dans l’emploi, rapportée à celle de la région", "rapport")},
    formula="LQ = (e_i/E_i)/(e/E) ; Var(ln LQ) = (1−p_i)/(E_i p_i) + Σ_j E_j p_j(1−p_j)/(E p)² "
    "− 2(1−p_i)/(E p), j parcourant la zone et le reste de la région ; intervalle LQ·exp(±1,96 σ).",
    reading="Au-dessus de 1, l’ESS pèse plus qu’en région. Un contexte, à lire en évolution.",
    caveat="Rupture de série entre Clap et Flores ; l’établissement peut relever d’un siège ailleurs ; un "
    "gros établissement suffit à faire un écart. La donnée est exhaustive : l’intervalle est celui d’un "
    "processus qui aurait pu se dérouler autrement.",
    source=_SOURCE,
    neutral=1.0,
    conditioned=False,
)

T17 = Indicator(
    id="T17",
    label="Évolution comparée de l’emploi (double différence à permutation)",
    question=3,
    effects=("E3.1",),
    reach="contract",
    levels=("E", "D"),
    measures={
        "gap": Measure("Écart d’évolution entre territoires du contrat et témoins", "points de log"),
        "p_upper": Measure("Part des réaffectations au moins aussi favorables", "probabilité"),
        "p_two_sided": Measure("Part des réaffectations au moins aussi éloignées de zéro", "probabilité"),
        "p_min": Measure("Plus petite probabilité possible avec ces effectifs", "probabilité"),
        "pretrend": Measure(
            "Même écart avant le contrat, d’une année observée à la suivante", "points de log"
        ),
    },
    formula="Moyenne de ln(y₁/y₀) des territoires du contrat moins celle des témoins, au même périmètre "
    "les deux années (figé, sinon celui d’aujourd’hui) ; "
    "p : part des réaffectations possibles dont l’écart est au moins aussi grand.",
    reading="Une évolution comparée, jamais un effet. Un écart déjà présent avant le contrat ne dit rien.",
    caveat="Les territoires signataires sont volontaires, l’action régionale touche aussi les témoins. Quand "
    "la plus petite probabilité possible dépasse 5 %, rien ne peut être établi, par construction.",
    source=f"Feuilles Comparaison et Emploi. {_SOURCE}",
    neutral=0.0,
    judged=("gap",),
    conditioned=False,
)

T18 = Indicator(
    id="T18",
    label="Effet de millésime géographique",
    question=3,
    effects=(),
    reach="contract",
    levels=("E",),
    measures={
        "gross": Measure("Évolution affichée, chaque année sur sa carte", "proportion"),
        "constant_p1": Measure("Évolution au périmètre d’arrivée", "proportion"),
        "constant_p0": Measure("Évolution au périmètre de départ (série figée)", "proportion"),
        "perimeter_effect": Measure("Effet du changement de périmètre", "emplois"),
        "real_change": Measure("Évolution réelle au périmètre d’arrivée", "emplois"),
        "perimeter_share": Measure("Part du changement de carte dans l’évolution affichée", "proportion"),
    },
    formula="Effet de périmètre : V₀(p₁) − V₀(p₀) ; évolution réelle : V₁(p₁) − V₀(p₁) ; part : effet sur "
    "V₁(p₁) − V₀(p₀). Les communes fusionnées sont réparties au prorata des habitants.",
    reading="Au-delà de 10 %, ne publier que la série à périmètre constant.",
    caveat="Hors de 0 à 1 quand les deux évolutions s’opposent. L’acteur peut avoir changé de statut.",
    source=_SOURCE,
    neutral=None,
    conditioned=False,
)
