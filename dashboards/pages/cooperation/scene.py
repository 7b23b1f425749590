"""All that a drawing depends on, together: the network, the choices, the year, what is lit, what changed."""

from dataclasses import dataclass

from dashboards.pages.cooperation.choices import Choices
from dashboards.pages.cooperation.focus import Focus, focus_of
from dashboards.pages.cooperation.groups import LETTERS
from dashboards.pages.cooperation.stage import Stage, scale_of, stage_of
from dashboards.pages.cooperation.subject import Subject
from dashboards.pages.cooperation.wave import Change, Pair, Wave, change_of, wave_of


@dataclass(frozen=True)
class Scene:
    """What is drawn, before it is.

    Attributes
    ----------
    subject, choices
        Network of the contract, what was chosen.
    wave
        Cooperation of the year.
    stage
        Places.
    focus
        What is lit, None when everything is.
    change
        What changed between two years, None outside that view; the drawing then shows both years.
    """

    subject: Subject
    choices: Choices
    wave: Wave
    stage: Stage
    focus: Focus | None = None
    change: Change | None = None

    @property
    def projected(self) -> bool:
        """True when actors are tied to one another, the actions left out."""
        return self.choices.dessin == "acteurs"

    @property
    def whole(self) -> bool:
        """True when only communities are drawn."""
        return self.stage.scale == "communities" and not self.choices.community

    @property
    def pairs(self) -> frozenset[Pair]:
        """Links of the data that are drawn: of the year, of both when they are compared."""
        if self.change is not None:
            return self.change.links.union
        found = frozenset(
            pair for pair in self.wave.pairs
            if pair[0] in self.stage.node_of and (self.whole or pair[1] in self.stage.nodes)
        )  # fmt: skip
        return frozenset(self.wave.weights) if self.projected and not self.whole else found

    @property
    def tone(self) -> str:
        """Colour of what is inside the selection: that of its community."""
        community = self.focus.community if self.focus else None
        return f"tone-{LETTERS.index(community.letter) + 1}" if community else ""

    def node(self, key: str) -> str:
        """Return the key of the node that stands for an actor or an action."""
        return self.stage.node_of.get(key, key)


def scene_of(subject: Subject, choices: Choices) -> Scene:
    """Return what the choices draw."""
    wave = wave_of(subject, choices)
    change = change_of(subject, choices) if choices.change else None
    focus = focus_of(subject, choices, wave) if change is None else None
    opened = choices.community if scale_of(subject) == "communities" else ""
    return Scene(subject, choices, wave, stage_of(subject, opened), focus, change)
