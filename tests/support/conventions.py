"""Conventions that no region ever signed: invented parties, plans and amounts, laid out in many ways."""

import random
import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field

PLACES = (
    "Montclar", "Vallorbe", "Saint-Aubin", "Roche-Blanche", "Haute-Saulx", "Beaulieu", "Les Essarts",
    "Vernange", "Aigueperse",
    "Combe-Noire", "Lisière", "Pontarmé", "Sauveterre", "Ormelle", "Grandval", "Chanteloup",
)  # fmt: skip
KINDS = (
    "Le Conseil Départemental de {}", "La Communauté de communes de {}", "La Ville de {}", "{} Métropole",
    "Le syndicat mixte du Pays de {}", "{} Agglomération", "Le Parc Naturel Régional de {}",
    "La Communauté d’Agglomération {}", "L’Association des artisans de {}",
    "La Communauté urbaine de {} Grand Bassin",
)  # fmt: skip
FIRST = ("Anne", "Jean-Marc", "Élise", "Karim", "Sophie", "Yves", "Noémie", "Paul")
LAST = ("Carlin", "Dubost", "Ferrer", "Guérin", "Lantier", "Morvan", "Quillet", "Serres")
WORDS = (
    "coopération", "filières", "emploi", "territoires", "insertion", "accompagnement", "création",
    "habitants",
    "financement", "formation", "innovation", "ateliers", "reprise", "bénévoles", "culture", "numérique",
    "mobilité", "logement", "alimentation", "réemploi", "plateforme", "dialogue", "parcours", "mutualisation",
)  # fmt: skip
STARTS = ("Développer", "Soutenir", "Structurer", "Animer", "Créer", "Outiller", "Fédérer", "Observer")
LINKS = ("de la", "des", "pour les", "et la", "dans l’", "sur le", "en", "à l’", "avec les")
ROMAN = ("I", "II", "III", "IV", "V")


@dataclass
class Written:
    """A convention and what it says.

    Attributes
    ----------
    lines
        The text.
    parties, actions, amounts
        Names as written, label by code, euros by name of the funder.
    """

    lines: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
    actions: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, int] = field(default_factory=dict)
    start: int = 2014
    end: int = 2016


@dataclass(frozen=True)
class Layout:
    """How a convention is laid out: width, page headers, words cut at line ends, blanks that cut words."""

    width: int = 90
    pages: int = 0
    hyphens: bool = False
    blanks: float = 0.0
    spacing: int = 1


def write_convention(seed: int, layout: Layout, style: str) -> Written:
    """Return an invented convention; the same seed gives the same one.

    Parameters
    ----------
    seed
        Of the draw.
    layout
        How it is laid out.
    style
        How codes are written: see `CODES`.
    """
    draw = random.Random(seed)
    start = draw.randint(2015, 2027)
    said = Written(start=start, end=start + draw.randint(2, 4))
    blocks = [
        "CONVENTION", f"CONTRAT DE FILIERE\nECONOMIE DE PROXIMITE {said.start}-{said.end}",
        "VU le code général des collectivités territoriales ;", "ENTRE", *_parties(draw, said),
        "IL EST CONVENU CE QUI SUIT", "Article 1 : Objet de la présente convention",
        f"La présente convention met en place un programme d’actions sur {said.end - said.start + 1} ans.",
        _prose(draw), *_amounts(draw, said), "Article 9 : Durée", _prose(draw),
        f"Annexe\nCONTRAT DE FILIERE – PLAN D’ACTIONS {said.start}", *_plan(draw, said, style),
    ]  # fmt: skip
    said.lines = _laid_out(draw, blocks, layout)
    return said


def _name(draw: random.Random, taken: set[str]) -> str:
    while True:
        name = draw.choice(KINDS).format(draw.choice(PLACES))
        if name not in taken:
            taken.add(name)
            return name


def _representative(draw: random.Random) -> str:
    person = f"{draw.choice(FIRST)} {draw.choice(LAST)}"
    loud = f"{draw.choice(FIRST)} {draw.choice(LAST).upper()}"
    return draw.choice(
        (
            f"représentée par son Président, Monsieur {person}",
            f"représenté par sa Présidente, Madame {loud}",
            f"représentée par Madame {person}, Maire",
            f"représentée par le Conseiller communautaire délégué à l’économie de proximité, {loud}",
            f"représenté par l’Adjointe au Maire déléguée à l’emploi, Madame {person}",
        )
    )


def _parties(draw: random.Random, said: Written) -> list[str]:
    taken: set[str] = set()
    region = draw.choice(PLACES)
    main = [f"La Région {region}", "L’Etat", *(_name(draw, taken) for _ in range(draw.randint(0, 2)))]
    draw.shuffle(main)
    partners = [_name(draw, taken) for _ in range(draw.randint(1, 14))]
    blocks = [f"{name}{draw.choice((' ,', ','))} {_representative(draw)}" for name in main]
    blocks.insert(draw.randint(1, len(blocks)), "d’une part,\n\nET")
    if blocks[-1].startswith("d’une"):
        blocks.pop()
    blocks.append("Les collectivités partenaires :")
    blocks += [f"{name}{draw.choice((' ,', ','))} {_representative(draw)}" for name in partners]
    said.parties = [*main, *partners]
    return blocks


def _prose(draw: random.Random) -> str:
    words = [draw.choice((*WORDS, *LINKS)) for _ in range(60)]
    return f"Le programme vise {' '.join(words)} et les {draw.choice(WORDS)} en {draw.randint(2, 9)} étapes."


def _amounts(draw: random.Random, said: Written) -> list[str]:
    blocks = []
    for number, name in enumerate(draw.sample(said.parties, draw.randint(1, min(4, len(said.parties)))), 3):
        euros = draw.choice((draw.randint(1, 99) * 100_000, draw.randint(20, 9_999) * 500))
        said.amounts[name] = euros
        figures = f"{euros:,}".replace(",", draw.choice((" ", "\u00a0", ".")))
        of = re.sub(r"^(La |L’|Le )", lambda m: {"La ": "de la ", "L’": "de l’", "Le ": "du "}[m[1]], name)
        of = of if of != name else f"de {name}"
        sentence = draw.choice(
            (
                "En {y}, le montant de la participation {of} au présent programme est fixé à {n}.",
                "Le montant prévisionnel de la participation {of} pour {y} est de {n}, sous réserve.",
                "La contribution {of} s’élève à {n} en {y}.",
            )
        )
        unit = draw.choice(("euros", "€"))
        blocks += [f"Article {number} : Participation {of}",
                   sentence.format(y=said.start, of=of, n=f"{figures} {unit}")]  # fmt: skip
    return blocks


def _label(draw: random.Random) -> str:
    words = [draw.choice(STARTS), draw.choice(("la", "les", "une")), draw.choice(WORDS)]
    for _ in range(draw.randint(0, 5)):
        link = draw.choice(LINKS)
        words += [link + draw.choice(WORDS)] if link.endswith("’") else [link, draw.choice(WORDS)]
    if draw.random() < 0.2:
        words.append(f"({draw.choice(WORDS)}, {draw.choice(WORDS)}…)")
    return " ".join(words)


CODES = {
    "roman_": lambda axis, a, b: f"{ROMAN[axis]}_{a}.{b}",
    "roman.": lambda axis, a, b: f"{ROMAN[axis]}.{a}.{b}",
    "roman_deep": lambda axis, a, b: f"{ROMAN[axis]}_1.{a}.{b}",
    "letter-": lambda axis, a, b: f"{'ABCDE'[axis]}-{a}.{b}",
    "letters": lambda axis, a, b: f"{'ABCDE'[axis]}{a}.{b}",
    "sheet": lambda axis, a, b: f"Action {axis + 1}{a}{b}",
    "numbers": lambda axis, a, b: f"{axis + 1}.{a}.{b}",
}
"""Ways of writing a code, from the axis (from 0), the objective and the rank."""


def _plan(draw: random.Random, said: Written, style: str) -> list[str]:
    blocks = []
    for axis in draw.sample(range(4), draw.randint(2, 4)):
        blocks.append(f"Axe {' '.join(draw.sample(WORDS, 2)).upper()}")
        blocks.append("Numéro Action")
        for objective in range(1, draw.randint(2, 4)):
            if style != "numbers":
                blocks.append(f"{objective}.1 {_label(draw)}")
            for rank in range(1, draw.randint(2, 5)):
                code = CODES[style](axis, objective, rank)
                said.actions[code] = _label(draw)
                mark = " : " if style == "sheet" else " "
                blocks.append(f"{code}{mark}{said.actions[code]}")
    return blocks


def _laid_out(draw: random.Random, blocks: Sequence[str], layout: Layout) -> list[str]:
    lines: list[str] = []
    for block in blocks:
        for part in block.split("\n"):
            lines += _wrapped(part, layout) if part else [""]
        lines += [""] * layout.spacing
    cut = [_blanked(draw, line, layout.blanks) for line in lines]
    return _paged(cut, layout.pages)


def _wrapped(part: str, layout: Layout) -> list[str]:
    lines = textwrap.wrap(part, layout.width, break_long_words=False, break_on_hyphens=False)
    if not layout.hyphens:
        return lines
    for at in range(len(lines) - 1):
        first, _, rest = lines[at + 1].partition(" ")
        if len(first) > 8 and first.isalpha():
            lines[at], lines[at + 1] = f"{lines[at]} {first[:5]}-", f"{first[5:]} {rest}".strip()
    return lines


def _blanked(draw: random.Random, line: str, often: float) -> str:
    """Return a line with a blank inside some of its long words, as optical reading leaves them."""

    def cut(match: re.Match[str]) -> str:
        at = len(match[0]) - 1 - draw.randint(0, 1)
        return f"{match[0][:at]} {match[0][at:]}" if draw.random() < often else match[0]

    return re.sub(r"(?<![\w’-])[a-zàâçéèêëîïôûù]{8,}(?![\w’-])", cut, line)


def _paged(lines: Sequence[str], every: int) -> list[str]:
    if not every:
        return list(lines)
    found: list[str] = []
    for number, line in enumerate(lines, 1):
        found.append(line)
        if number % every == 0:
            found += [f"Contrat de filière – page {number // every}", ""]
    return found
