"""The page of the named questions, written from their declarations.

`python -m graphmodel.questions.page docs/questions.md` writes it; `make docs` does that.
"""

import sys
from pathlib import Path

from graphmodel.questions import QUESTIONS, Parameter, Question
from graphmodel.schema import SCHEMA

_HEAD = """# Les questions nommées

Page produite par `make docs` : ne pas la modifier à la main.

`maillage ask` liste ces questions ; `maillage ask NOM --param nom=valeur` y répond, `--json` pour une
machine. Une base Neo4j répond par le Cypher ci-dessous, dans une transaction de lecture ; un fichier répond
par la fonction Python de même nom : mêmes lignes, même ordre. Aucune n’a besoin d’APOC.

Dans Neo4j Browser, donner d’abord les paramètres, `$contract` (identifiant du contrat) compris ; celui qui
ne sert pas vaut `null` :

```
:params {contract: 'CES-ESS-RA-2014-2016', annee: 2015, territoire: '69123'}
```

Une organisation, une action, une instance ou un territoire se donne par son identifiant, son code ou sa clé
; `maillage ask` accepte aussi son nom. Les montants sont en centimes dans le graphe et en JSON, en euros
dans le tableau.
"""
_KINDS = {"year": "année", "integer": "nombre entier", "text": "texte", "label": "étiquette du graphe"}


def questions_markdown() -> str:
    """Return `docs/questions.md`."""
    return "\n".join([_HEAD, *(_section(question) for question in QUESTIONS.values())])


def _section(question: Question) -> str:
    lines = [f"## {question.sentence}", "", f"`{question.name}`"]
    if question.note:
        lines += ["", question.note]
    if question.parameters:
        lines += ["", "| paramètre | nature | défaut | sens |", "|---|---|---|---|"]
        lines += [f"| `{p.name}` | {_kind(p)} | {_default(p)} | {p.sentence} |" for p in question.parameters]
    columns = ", ".join(f"{column.french} (`{column.name}`)" for column in question.columns)
    return "\n".join(
        [*lines, "", f"Colonnes : {columns}.", "", "```cypher", question.cypher.rstrip(), "```", ""]
    )


def _kind(parameter: Parameter) -> str:
    if parameter.kind.startswith("enum:"):
        words = SCHEMA.enumerations[parameter.kind.removeprefix("enum:")].french
        return " / ".join(f"`{value}` ({word})" for value, word in words.items())
    if parameter.kind in SCHEMA.nodes:
        return SCHEMA.nodes[parameter.kind].french
    return _KINDS[parameter.kind]


def _default(parameter: Parameter) -> str:
    if parameter.required:
        return "obligatoire"
    return "—" if parameter.default is None else f"`{parameter.default}`"


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(questions_markdown(), encoding="utf-8", newline="\n")
    print(f"Écrit : {target}")
