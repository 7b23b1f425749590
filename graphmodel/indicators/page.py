"""The page of the indicators, written from their cards.

`python -m graphmodel.indicators.page docs/indicateurs.md` writes it; `make docs` does that.
"""

import sys
from pathlib import Path

from graphmodel.indicators import Indicator, indicators
from graphmodel.indicators.disclosure import GATED
from graphmodel.indicators.registry import Neutral

_HEAD = """# Les indicateurs

Page produite par `make docs` : ne pas la modifier à la main.

`maillage evaluate` les calcule tous ; `--indicator ID` n’en calcule qu’un. Chaque valeur porte son
effectif, sa référence, la part des bilans reçus, son intervalle, ses analyses de sensibilité, son statut de
secret et, quand on peut conclure, un degré : *établi*, *orienté*, *non établi*. Une valeur inconnue dit
pourquoi ; elle ne vaut jamais 0.

Trois degrés seulement :

- *établi* : l’intervalle à 95 % exclut la valeur neutre, chaque ligne est attestée par deux sources, 80 %
  des bilans sont reçus ;
- *orienté* : même sens dans toutes les analyses de sensibilité ;
- *non établi* : le reste, et tout ce qui change de sens dans une analyse.

Secret statistique (mode publication) : moins de trois unités (A), une unité au-dessus de 85 % (B), valeur
qui en révélerait une autre (D), diffusable (V). « Conditionné » : sans valeur quand moins de 60 % des
bilans sont reçus.
"""

_QUESTIONS = {
    1: "Question 1. Effet structurant",
    2: "Question 2. Impact économique",
    3: "Question 3. Impact sur les territoires",
    4: "Question 4. Gouvernance, animation et suivi",
}

_REACHES = {"actions": "les actions", "contract": "le contrat", "both": "les actions et le contrat"}

_LEVELS = {
    "R": "région", "D": "département", "E": "EPCI ou collectivité", "K": "commune",
    "Q": "quartier prioritaire", "X": "réseau entier", "N": "opérateur", "UU": "unité urbaine",
    "axis": "axe", "C1": "collectivités partenaires", "funder": "financeur", "operator": "opérateur",
    "key": "mesure", "filiere": "filière", "total": "ensemble",
}  # fmt: skip


def indicators_markdown() -> str:
    """Return `docs/indicateurs.md`."""
    lines = [_HEAD]
    for question, title in _QUESTIONS.items():
        cards = [card for card in indicators().values() if card.question == question]
        lines += [f"## {title}", "", *(_section(card) for card in cards)]
    return "\n".join(lines).rstrip("\n") + "\n"


def _section(card: Indicator) -> str:
    levels = ", ".join(_LEVELS.get(level, level) for level in card.levels)
    neutral = _neutral(card.neutral)
    if card.judged:
        neutral += f" (conclusion tirée sur {', '.join(f'`{name}`' for name in card.judged)})"
    facts = [
        f"- **Effets attendus** : {card.effect}",
        f"- **Portée** : {_REACHES[card.reach]}",
        f"- **Niveaux** : {levels}",
        f"- **Valeur neutre** : {neutral}",
        f"- **Conditionné au retour des bilans** : {'oui' if card.conditioned else 'non'}",
        f"- **Sous secret statistique** : {'oui' if card.id in GATED else 'non'}",
    ]
    measures = [f"| `{name}` | {measure.label} | {measure.unit} |" for name, measure in card.measures.items()]
    texts = [
        f"**Calcul.** {card.formula}",
        f"**Lecture.** {card.reading}",
        f"**Précautions.** {card.caveat}",
        f"**Sources.** {card.source}",
    ]
    return "\n".join(
        [
            f"### {card.id}. {card.label}", "", *facts, "", "| mesure | intitulé | unité |", "|---|---|---|",
            *measures, "", "\n\n".join(texts), "",
        ]
    )  # fmt: skip


def _neutral(neutral: Neutral | None) -> str:
    if neutral is None:
        return "aucune"
    return "la valeur de l’année de référence" if neutral == "t0" else f"{neutral:g}"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(indicators_markdown(), encoding="utf-8", newline="\n")
    print(f"Écrit : {target}")
