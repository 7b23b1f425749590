"""The legend says each sign, escaped, in proportion."""

import re

from dashboards.maps.legend import LegendContent, SignRow, circle_steps, legend_html, nested_circles, sign_svg


def test_three_absences_have_three_drawings() -> None:
    assert len({sign_svg("zero"), sign_svg("blank"), sign_svg("secret")}) == 3


def test_nested_circles_have_areas_in_proportion() -> None:
    assert circle_steps(17) == (17, 5, 1)
    assert circle_steps(1) == (1,)
    assert circle_steps(0) == ()
    radii = [float(r) for r in re.findall(r'r="([\d.]+)"', nested_circles(16))]
    assert abs(radii[0] ** 2 / radii[-1] ** 2 - 16) < 1


def test_texts_are_escaped_and_toggles_are_buttons() -> None:
    content = LegendContent(
        title="<b>Titre</b>",
        about="",
        signs=(SignRow("qpv", "QPV (3)", "qpv"), SignRow("zero", "zéro (2)")),
        unknown_perimeters=('"><script>',),
    )
    html = legend_html(content)
    assert "<b>Titre" not in html
    assert "<script>" not in html
    assert 'data-sign="qpv"' in html
    assert html.count("<button") == 1
