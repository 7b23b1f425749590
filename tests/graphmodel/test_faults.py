"""Faults: what --strict promotes, and what repeats."""

import pytest

from graphmodel.errors import InputFaultsError
from graphmodel.faults import MOST_ALIKE, Fault, raise_on_errors, without_repeats

NOTE = Fault("note", "outside_reference", "3 communes d’autres régions : laissées de côté.")
WARNING = Fault("warning", "mended_ring", "Contour réparé.")


def test_strict_makes_a_warning_an_error_and_leaves_a_note() -> None:
    assert raise_on_errors([NOTE], strict=True) == (NOTE,)
    assert raise_on_errors([NOTE, WARNING]) == (NOTE, WARNING)
    with pytest.raises(InputFaultsError) as caught:
        raise_on_errors([NOTE, WARNING], strict=True)
    assert [fault.severity for fault in caught.value.faults] == ["note", "error"]


def test_what_repeats_is_counted_by_kind() -> None:
    kept = without_repeats([*[WARNING] * (MOST_ALIKE + 7), NOTE])
    assert len(kept) == MOST_ALIKE + 2
    assert (kept[-1].severity, kept[-1].message[:4]) == ("warning", "et 7")
    assert without_repeats([WARNING, NOTE]) == [WARNING, NOTE]


def test_an_empty_cell_is_read_as_nothing() -> None:
    said = Fault("error", "empty_cell", "Aucune.", "p.csv", None, 8, "commune", " ", fix="Écrivez-la.")
    assert said.sentence() == "p.csv, ligne 8, colonne « commune » : Aucune. Lu : rien. Écrivez-la."
