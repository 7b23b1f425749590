"""`docs/dictionnaire.md` is what the tables say today, the JSON form and the convention included."""

import re
from pathlib import Path

from pydantic import BaseModel

from graphmodel.schema.dictionary import format_map
from loaders.contract_json.form import Form
from loaders.dictionary import convention_map, data_dictionary

PAGE = Path(__file__).parents[2] / "docs" / "dictionnaire.md"


def test_the_page_has_not_drifted() -> None:
    assert PAGE.read_text("utf-8") == data_dictionary(), "run `make docs`"


def keys_of(model: type[BaseModel], stem: str = "") -> set[str]:
    """Return the keys of a model of the form and of those it holds, as the mapping writes them."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        key = f"{stem}{field.alias or name}"
        found.add(key)
        inner = [part for part in parts_of(field.annotation) if isinstance(part, type) and part is not model]
        for part in inner:
            if issubclass(part, BaseModel):
                single = field.annotation is part or key == "comparaison"
                found |= keys_of(part, f"{key}." if single else f"{key}[].")
    return found


def parts_of(annotation: object) -> list[object]:
    """Return an annotation and those inside it."""
    return [annotation, *(p for part in getattr(annotation, "__args__", ()) for p in parts_of(part))]


def test_every_key_that_the_reader_knows_has_a_place() -> None:
    mapped = {row[0] for row in format_map().rows}
    known = {key for key in keys_of(Form) if not key.startswith("emploi_qpv[]")}
    assert known - mapped == set()
    assert mapped - known == set()


def test_every_element_of_the_convention_is_told() -> None:
    text = PAGE.read_text("utf-8")
    part = text.split("## Où va chaque élément de la convention")[1]
    rows = re.findall(r"^\| `(.+?)` \| ", part, flags=re.MULTILINE)
    assert rows == [row[0] for row in convention_map().rows]
    assert len(rows) > 500
