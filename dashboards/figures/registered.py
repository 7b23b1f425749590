"""What the module of a figure gives back."""

from dataclasses import dataclass

from dashboards.figures.figure import Drawing, Words


@dataclass(frozen=True, slots=True)
class Made:
    """A figure without its number and its page.

    Attributes
    ----------
    words, drawing
        See their classes.
    year
        Year shown; None for all.
    empty
        Why there is nothing to draw; None otherwise.
    """

    words: Words
    drawing: Drawing
    year: int | None = None
    empty: str | None = None
