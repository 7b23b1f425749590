"""The amounts that named questions give: the same rules, and the same choice, as the tables of results.

A question whose amounts are not told here gives none in a publication.
"""

from collections.abc import Callable, Sequence

import pandas as pd

from graphmodel.indicators.context import EvaluationContext
from graphmodel.indicators.disclosure import GATED, Disclosure
from graphmodel.indicators.registry import compute
from graphmodel.questions.model import Question, Row
from graphmodel.secrecy import Status

_KINDS = ("planned", "agreed", "paid")

Rows = Callable[["AnswerGate", dict[str, object], pd.DataFrame], "pd.Series[bool]"]


class AnswerGate:
    """Says which amounts of an answer may leave.

    Parameters
    ----------
    context
        The evaluation of the same snapshot: its amounts are settled first, as a publication shows them.
    """

    def __init__(self, context: EvaluationContext) -> None:
        self.context = context
        self.disclosure = Disclosure(context)
        self.disclosure.examined(compute(context, GATED))
        self.names = {
            str(row_id): str(name)
            for row_id, name in context.graph.nodes("Organisation").set_index("id")["name"].items()
        }

    def statuses(self, question: Question, rows: Sequence[Row]) -> list[dict[str, Status]]:
        """Return, for each row, the status of each of its amounts that is not of status V."""
        money = [column.name for column in question.columns if column.kind == "money"]
        names = [column.name for column in question.columns]
        return [self._of_row(question.name, dict(zip(names, row, strict=True)), money) for row in rows]

    def _of_row(self, question: str, row: dict[str, object], money: Sequence[str]) -> dict[str, Status]:
        chosen = _ROWS.get(question)
        found: dict[str, Status] = {}
        for name in money:
            if row[name] is None:
                continue
            year = row.get("year")
            if chosen is None or name not in _KINDS or not isinstance(year, int):
                found[name] = "A"
                continue
            lines = self.disclosure.money.lines((name, year))
            figure = lines.where(chosen(self, row, lines.rows)).reshape(1, -1)
            (status,) = lines.block.statuses(figure)
            if status != "V":
                found[name] = status
        return found

    def _of_funder(self, row: dict[str, object], lines: pd.DataFrame) -> "pd.Series[bool]":
        """Select what a funder gives an action, or the contract as a whole."""
        funders = lines["funder"].map(lambda name: self.names.get(str(name)))
        ids = {key: facts.id for key, facts in self.context.actions.items()}
        objects = lines["action"].map(ids)
        asked = row["object"]
        whole = lines["whole"].astype(bool) & (asked == self.context.contract.get("id"))
        return (funders == row["funder"]) & ((objects == asked) | whole)

    def _of_axis(self, row: dict[str, object], lines: pd.DataFrame) -> "pd.Series[bool]":
        """Select what goes to the actions of an axis, or to those of none."""
        axis = row["axis"]
        placed = ~lines["whole"].astype(bool)
        return placed & (lines["axis"].isna() if axis is None else lines["axis"] == axis)


_ROWS: dict[str, Rows] = {
    "qui-finance-quoi": AnswerGate._of_funder,
    "montants-par-axe-et-annee": AnswerGate._of_axis,
}
