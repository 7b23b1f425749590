"""The command-line library speaks English: its help and its complaints, in French.

Typer carries its sentences in its code, without a catalogue, so they are translated where they leave it: the
help text of a command, and the message of a usage error.
"""

import re

import typer
from typer.core import TyperCommand, TyperGroup

_HELP = (
    (r"\bUsage: ", "Utilisation : "),
    (r"\bCOMMAND \[ARGS\]\.\.\.", "COMMANDE [ARGUMENTS]…"),
    (r"(?m)^Commands:", "Commandes :"),
    (r"(?m)^Arguments:", "Arguments :"),
    (r"(?m)^Options:", "Options :"),
    (r"Show this message and exit\.", "Affiche cette aide."),
    (r"\[required\]", "[obligatoire]"),
    (r"; required\]", " ; obligatoire]"),
    (r"\[default:(?=\s)", "[par défaut :"),
    (r"  <list\[str\]>", ""),
    (r" <list\[str\]>", ""),
    (r"<str>", "TEXTE"),
    (r"<int>", "ENTIER"),
    (r"<path>", "CHEMIN"),
    (r"<dir>", "DOSSIER"),
    (r"<file>", "FICHIER"),
    (r"<int range>", "ENTIER"),
    (r"\bTEXT\b", "TEXTE"),
    (r"\bINTEGER\b", "ENTIER"),
    (r"\bRANGE\b", "BORNÉ"),
    (r"\bDIRECTORY\b", "DOSSIER"),
    (r"\bPATH\b", "CHEMIN"),
    (r"\bFILE\b", "FICHIER"),
)

_ERRORS = (
    (
        r"^No such command '?(?P<x>.+?)'?\.(?: Did you mean '?(?P<y>.+?)'?\?)?$",
        "La commande « {x} » n’existe pas.{y}",
    ),
    (r"^No such option: (?P<x>\S+)(?: \(Possible options: (?P<y>.+)\))?.*$", "L’option {x} n’existe pas.{y}"),
    (r"^Missing command\.$", "Il manque la commande."),
    (r"^Missing (?:argument|parameter)s? ?'?:? ?(?P<x>[^'.]*)'?\.?.*$", "Il manque l’argument {x}."),
    (r"^Missing option '?(?P<x>[^'.]*)'?\.?.*$", "Il manque l’option {x}."),
    (r"^Got unexpected extra arguments?(?:\(s\))? \((?P<x>.*)\)$", "Argument en trop : {x}."),
    (r"^Option '?(?P<x>\S+?)'? requires an argument\.?$", "L’option {x} attend une valeur."),
    (r"^Option '?(?P<x>\S+?)'? requires (?P<n>\d+) arguments\.?$", "L’option {x} attend {n} valeurs."),
    (r"^Option '?(?P<x>\S+?)'? does not take a value\.?$", "L’option {x} ne prend pas de valeur."),
    (r"^Invalid value for '?(?P<x>[^:']+)'?: (?P<y>.*)$", "Valeur refusée pour {x} : {y}"),
)

_DETAILS = (
    (r"(?:Value error, )?'(.+)' is not one of (.+)\.?", r"« \1 » ; attendu : \2"),
    (r"Value '?(.+?)'? is not a valid (?:int|integer)\b\.?", r"« \1 » n’est pas un nombre entier."),
    (r"'?(.+?)'? is not a valid (?:int|integer)\b\.?", r"« \1 » n’est pas un nombre entier."),
    (r"Input should be a valid integer.*", "un nombre entier est attendu."),
    (r"Input should be less than or equal to (\S+)\.?", r"au plus \1."),
    (r"Input should be greater than or equal to (\S+)\.?", r"au moins \1."),
    (r"Input should be (.+)", r"attendu : \1"),
    (r"'?(.+?)'? is not in the range (.+)\.", r"« \1 » est hors de l’intervalle \2."),
    (r"(?i:file|path|directory) '(.*)' does not exist\.", r"« \1 » n’existe pas."),
    (r"(?i:file|path|directory) '(.*)' is a directory\.", r"« \1 » est un dossier."),
    (r"(?i:dir|path|directory) '(.*)' is a file\.", r"« \1 » est un fichier, non un dossier."),
    (r"(?i:file|path|directory) '(.*)' is not readable\.", r"« \1 » ne peut pas être lu."),
)


def french_help(text: str) -> str:
    """Return the help text of the library in French."""
    for pattern, replacement in _HELP:
        text = re.sub(pattern, replacement, text)
    return text


def french_error(text: str) -> str:
    """Return a usage error of the library as a French sentence."""
    for pattern, sentence in _ERRORS:
        found = re.match(pattern, text.strip(), re.DOTALL)
        if found:
            groups = found.groupdict(default="")
            if groups.get("y") and "{y}" in sentence and not sentence.startswith("Valeur"):
                groups["y"] = f" Vouliez-vous dire {groups['y']} ?"
            return _details(sentence.format_map({"x": "", "y": "", **groups}))
    return _details(text)


def _details(text: str) -> str:
    for pattern, replacement in _DETAILS:
        text = re.sub(pattern, replacement, text)
    return text


class FrenchCommand(TyperCommand):
    """A command whose help is French."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """Return the help text in French."""
        return french_help(super().get_help(ctx))


class FrenchGroup(TyperGroup):
    """A group of commands whose help is French."""

    def get_help(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """Return the help text in French."""
        return french_help(super().get_help(ctx))
