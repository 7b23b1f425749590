"""Small two-mode networks for the tests of cooperation, and how hypothesis draws them."""

from hypothesis import strategies as st

from graphmodel.cooperation.two_mode import TwoMode

MINI_2014 = TwoMode.of({"a1": "ABC", "a2": "AD", "a3": "CE", "a4": "B"})
MINI_2015 = TwoMode.of({"a1": "ABCE", "a2": "DF", "a3": "CEF", "a4": "BD"})
UNION = tuple("ABCDEF")


def two_modes(operators: str = "ABCDEFGH", actions: int = 6) -> st.SearchStrategy[TwoMode]:
    """Return a strategy for networks of at most these operators and so many actions."""
    rows = st.lists(st.sets(st.sampled_from(operators), min_size=1), min_size=1, max_size=actions)
    return rows.map(lambda found: TwoMode.of({f"a{i}": row for i, row in enumerate(found)}))
