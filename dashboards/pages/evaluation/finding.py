"""The value that a key of the address names, as a figure with its section."""

from dashboards.pages.evaluation.context import Choice
from dashboards.pages.evaluation.figures import Figure, headline_figure, plain_figure
from dashboards.pages.evaluation.index import Index
from dashboards.value_words import Circumstances
from graphmodel.answers.headlines import Headline, headlines
from graphmodel.indicators import IndicatorValue, indicators


def figure_at(index: Index, key: str, chosen: Choice) -> Figure | None:
    """Return the figure of a key, None where the evaluation has no such value.

    Parameters
    ----------
    index
        The values.
    key
        `T05`: the headline figure of the indicator; or the whole name of a value,
        `T05 rate_ratio|year=2015|level=R|territory=R`.
    chosen
        Year and perimeter of a headline.
    """
    code, _, rest = key.partition(" ")
    if code not in indicators():
        return None
    if rest:
        measure, _, text = rest.partition("|")
        params = dict(part.split("=", 1) for part in text.split("|") if "=" in part)
        value = index.values.get(code, measure, params)
        return _figure(index, value) if value is not None else None
    own = [headline for headline in headlines() if headline.indicator == code]
    for headline in sorted(own, key=lambda one: not one.first):
        value = index.headline(headline, chosen.year or 0, chosen.frozen)
        if value is not None:
            return headline_figure(value, headline, index.start(value))
    values = index.values.of(code)
    return _figure(index, values[0]) if values else None


def _figure(index: Index, value: IndicatorValue) -> Figure:
    headline = headline_of(index, value)
    if headline is not None:
        return headline_figure(value, headline, index.start(value))
    told = Circumstances(index.evaluation.context.graph).told
    return plain_figure(value, told, index.start(value))


def headline_of(index: Index, value: IndicatorValue) -> Headline | None:
    """Return the headline that a value is a year of, None where it is none."""
    params = {name: text for name, text in value.params.items() if name != "perimeter"}
    dated = {name: text for name, text in params.items() if name != "year"}
    for headline in headlines():
        if (headline.indicator, headline.measure) != (value.indicator, value.measure):
            continue
        year = int(params.get("year2") or params.get("year") or index.years[-1])
        own = headline.at(index.years[0], year)
        if own == (dated if headline.yearly else params):
            return headline
    return None
