"""The actions of a convention, read in its plan of actions: a code, a label, under an axis.

No code is known beforehand. Several ways of writing codes are tried; the one that the text uses most, where
codes begin lines, is the one of its plan.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from loaders.convention_text.passages import ConventionText, Passage
from loaders.convention_text.proposal import ProposedAction
from loaders.convention_text.repair import folded, spaced

_NUMBER = r"\d{1,2}(?:\s?[.\-_]\s?\d{1,2}){0,3}(?:\.?[a-z](?![\w’']))?"
_CODES = (
    re.compile(rf"(?<![\w.°/-])(?P<axis>[IVX]{{1,5}})\s?(?P<mark>[_.\-–])\s?\n?\s?{_NUMBER}(?![\w%°])"),
    re.compile(rf"(?<![\w.°/-])(?P<axis>[A-Z]{{1,4}}\d?)\s?(?P<mark>[_.\-–])\s?{_NUMBER}(?![\w%°])"),
    re.compile(r"^[ \t\-–•]*(?P<code>(?P<axis>[A-Z]{1,3})\d{1,2}(?:[._\-]\d{1,2}){0,3})(?![\w%°])", re.M),
    re.compile(
        r"^[ \t\-–•]*(?P<code>(?:fiche[ \t-]+)?action[ \t]+(?:n°[ \t]?)?\d[\d._\-]*)(?=[\s:–-])", re.M | re.I
    ),
    re.compile(r"(?<![\w.°/,-])(?P<code>(?P<axis>\d{1,2})(?:\.\d{1,2}){2,3})\.?(?=\s)"),
    re.compile(r"^[ \t\-–•]*(?P<code>(?P<axis>\d{1,2})\.\d{1,2})\.?(?=\s)", re.M),
)
_FEWEST = 2
"""Fewest codes of one writing that make a plan."""

_PLAN = re.compile(r"^[^\n]{0,60}\b(?:annexe|plan\s+d['’]\s?actions?)\b[^\n]{0,40}$", re.I | re.M)
_PLAN_YEAR = re.compile(r"plan\s+d['’]\s?actions?\W+(?:pour\s+|de\s+l['’]année\s+)?(20\d\d)", re.I)
_AXIS = re.compile(
    r"^[ \t•\-–]*axe[ \t]+(?:(?:n°[ \t]?)?(?:\d{1,2}|[IVX]+)(?=[\s:.–-])[ \t]*[:.\-–]?[ \t]*)?"
    r"(?P<name>[^\n]*?)[ \t]*$",
    re.I | re.M,
)
_STOP = re.compile(r"[ \t]*(?:axe\b|article\b|annexe\b|num[ée]ro\b|total\b|objectif\b|fait à\b)", re.I)
_NUMBERED = re.compile(r"[ \t]*\d{1,2}(?:\.\d{1,2})*\.?[ \t]+(?=[A-ZÀ-Þ(])")
_OPEN = re.compile(
    r"(?:\b(?:de|du|des|et|ou|à|au|aux|en|dans|sur|par|pour|avec|le|la|les|un|une|son|sa|ses|leurs?|entre|vers)"
    r"|[dln]['’]|[,(\-–/&])\s*$",
    re.I,
)
_LINE = re.compile(r"[^\n]*(?:\n|$)")
_SHORT = 32
"""Longest line of a narrow column."""
_LONGEST_AXIS = 80
"""Longest heading of an axis."""
_FEWEST_LETTERS = 25
"""Shortest label of an action without a code."""
_LONGEST = 300
"""Longest label of an action."""


@dataclass(frozen=True, slots=True)
class _Code:
    """A code met in the text: where it begins and ends, how it is written, its axis."""

    start: int
    end: int
    code: str
    axis: str | None
    leads: bool


def read_actions(text: ConventionText, year: int | None) -> list[ProposedAction]:
    """Return the actions in the order of the plan.

    Parameters
    ----------
    text
        The convention.
    year
        Year of the plan when the text does not say it.
    """
    codes = _codes(text.body)
    start = _plan_start(text.body, codes)
    said = _PLAN_YEAR.search(text.body, start) or _PLAN_YEAR.search(text.body)
    plan_year = int(said[1]) if said else year
    found: dict[str, ProposedAction] = {}
    for code in codes:
        if code.start < start:
            continue
        action = _action(text, code, codes, plan_year)
        before = found.get(code.code)
        if before is None or (not before.name and action.name):
            found[code.code] = action
        elif folded(before.name) != folded(action.name) and code.leads:
            before.doubtful(f"Le code revient avec un autre libellé, ligne {action.passage.lines[0]}.")
    return [*found.values(), *_uncoded(text, start, codes)]


def _codes(body: str) -> list[_Code]:
    """Return the codes of the plan, in the writing that the text uses most."""
    best: list[_Code] = []
    for pattern in _CODES:
        by_mark: dict[str, list[_Code]] = {}
        for match in pattern.finditer(body):
            code = _code(body, match)
            by_mark.setdefault(match.groupdict().get("mark") or "", []).append(code)
        for codes in by_mark.values():
            leading = {code.code for code in codes if code.leads}
            if len(leading) >= _FEWEST and len(leading) > len({code.code for code in best if code.leads}):
                best = codes
    return best


def _code(body: str, match: re.Match[str]) -> _Code:
    groups = match.groupdict()
    start, end = match.span("code") if "code" in groups else match.span()
    line = body[body.rfind("\n", 0, start) + 1 : start]
    written = " ".join(body[start:end].split())
    code = written if "action" in written.casefold() else re.sub(r"\s+", "", written)
    return _Code(start, end, code, groups.get("axis"), not line.strip(" \t-–•*|"))


def _plan_start(body: str, codes: Sequence[_Code]) -> int:
    """Return where the plan begins: the last heading that leaves most of the codes behind it."""
    distinct = len({code.code for code in codes})
    for heading in reversed(list(_PLAN.finditer(body))):
        after = {code.code for code in codes if code.start >= heading.start()}
        if distinct and len(after) >= 0.8 * distinct:
            return heading.start()
    return 0


def _action(text: ConventionText, code: _Code, codes: Sequence[_Code], year: int | None) -> ProposedAction:
    following = min((each.start for each in codes if each.start > code.start), default=len(text.body))
    end = _label_end(text.body, code.end, following)
    label = spaced(text.body[code.end : end]).strip(" :–-|.;\t")
    axis = _axis_before(text, code.start)
    action = ProposedAction(text.passage(code.start, end), code.code, label, code.axis, axis, year)
    if not label:
        action.doubtful("Aucun libellé n’a été lu après ce code.")
    elif len(label) > _LONGEST:
        action.doubtful("Le libellé est très long : il déborde peut-être sur la suite.")
    return action


def _label_end(body: str, start: int, following: int) -> int:
    """Return where a label ends: at another code, a heading, or a blank line that does not cut it."""
    end, blank = start, False
    for line in _LINE.finditer(body, start):
        first = line.start() == start
        if line.start() >= following:
            break
        if not line[0].strip():
            blank = blank or not first
        elif first:
            end = min(line.end(), following)
        elif line.end() > following or _stops(line[0]):
            # Words before a code on its own line belong to the column at its left.
            break
        elif not _goes_on(body[start:end].strip(" :–-|\n"), body[line.start() :], blank=blank):
            break
        else:
            end, blank = line.end(), False
    return end


def _stops(line: str) -> bool:
    return _NUMBERED.match(line) is not None or (
        _STOP.match(line) is not None and not line.strip()[0].islower()
    )


def _goes_on(label: str, rest: str, *, blank: bool) -> bool:
    """Tell whether a line belongs to the label before it; a label not begun yet takes any."""
    if not (blank and label) or label.count("(") > label.count(")") or _OPEN.search(label.rstrip()):
        return True
    words, _, after = rest.partition("\n")
    column = len(words.strip()) < _SHORT and 0 < len(after.partition("\n")[0].strip()) < _SHORT
    return words.strip()[0].islower() and not column


def _axis_before(text: ConventionText, at: int) -> str | None:
    """Return the name of the axis whose heading stands last before a place, in small letters if met so."""
    last = None
    spellings: dict[str, str] = {}
    for match in _AXIS.finditer(text.body):
        name = spaced(match["name"])
        if not name or len(name) > _LONGEST_AXIS or name.endswith((".", ",", ";")):
            continue
        if match.start() < at:
            last = folded(name)
        if not name.isupper() or folded(name) not in spellings:
            spellings[folded(name)] = name
    return spellings.get(last) if last is not None else None


def _uncoded(text: ConventionText, start: int, codes: Sequence[_Code]) -> list[ProposedAction]:
    """Return the lines of the plan that may be an action without a code, left out until somebody decides."""
    first = min((code.start for code in codes if code.start >= start), default=None)
    if not start or first is None:
        return []
    axis = _AXIS.search(text.body, start)
    end = min(first, axis.start()) if axis else first
    found = []
    for match in re.finditer(r"^[^\n]*\S[^\n]*(?:\n[^\n]*\S[^\n]*)*", text.body[start:end], re.M):
        words = spaced(match[0])
        letters = [letter for letter in words if letter.isalpha()]
        if (
            sum(letter.isupper() for letter in letters) > len(letters) / 2
            or _PLAN.search(words)
            or len(words) < 25
        ):
            continue
        place: Passage = text.passage(start + match.start(), start + match.end())
        doubt = "Ligne du plan sans code : une action, ou une phrase ? Lui donner un code pour la retenir."
        found.append(ProposedAction(place, "", words, None, None, None, doubt=doubt, kept=False))
    return found
