"""« Évaluation »: questions on the left; values under their effect, or the answer, on the right."""

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from dashboards import frame, words
from dashboards.attributes import attributes
from dashboards.pages import waiting
from dashboards.pages.evaluation.context import (
    ANSWER,
    PATH,
    PERIMETERS,
    VIEWS,
    PageContext,
    Question,
    Said,
    Section,
    context_of,
)
from dashboards.pages.evaluation.figures import DEGREES
from dashboards.pages.evaluation.proof_dialog import (
    PROOF_WANTED_ID,
    proof_button,
    proof_dialog,
    stores_of_proof,
)
from dashboards.pages.evaluation.rows import COLUMNS, figure_row, sign
from dashboards.pages.page import View, Visit

__all__ = ["ICON", "NAME", "PATH", "build", "stores"]

NAME = "Évaluation"
ICON = "evaluation"


def build(visit: Visit) -> View:
    """Return the view for the settings of its address; it completes itself when the values are there."""
    evaluation = visit.desk.evaluations.ready(visit.graph)
    context = context_of(visit.graph, visit.settings, evaluation)
    if context.year is None:
        empty = frame.message(
            "Aucun contrat dans cette base",
            words.typeset(
                "Les questions apparaîtront après un premier chargement : maillage load convention."
            ),
        )
        title = html.H1(NAME, className="sr-only")
        return View([title, empty], context.sources, "body-alone", fictional=context.fictional)
    wanted = dcc.Store(id=PROOF_WANTED_ID, data=context.proof if context.ready else "")
    return View(
        body=[_questions(context), _panel(context, waiting.waiting(visit.desk)), wanted],
        sources=context.sources,
        layout="body-evaluation",
        fictional=context.fictional,
        notices=(),
    )


def stores() -> list[Component]:
    """Return what lives outside the page: the dialog of the proof, and what is asked of it."""
    return [*stores_of_proof(), proof_dialog()]


def _questions(context: PageContext) -> Component:
    links = [html.Li(_question(context, question)) for question in context.questions]
    return html.Section(
        [
            html.H2("Les quatre questions de la convention", className="ev-questions-title"),
            html.Ul(links, className="ev-questions"),
            _definitions(),
        ],
        className="ev-question-panel",
        **attributes(aria_label="Questions évaluatives"),
    )


def _question(context: PageContext, question: Question) -> Component:
    tally: Sequence[Component] = [
        html.Span([sign(degree), html.Span(degree, className="sr-only"), words.number(count)], title=degree)
        for degree, count in question.tally.items()
    ]
    chosen = question.number == context.question.number
    return html.A(
        [
            html.Span(str(question.number), className="ev-question-number"),
            html.Span(question.wording, className="ev-question-wording"),
            html.Span(list(tally) or "calcul en cours…", className="ev-tally"),
        ],
        href=context.address(question=str(question.number)),
        id=f"question-{question.number}",
        className="ev-question inside",
        **(attributes(aria_current="true") if chosen else {}),
    )


def _definitions() -> Component:
    return html.Dl(
        [
            part
            for degree, said in DEGREES.items()
            for part in (html.Dt([sign(degree), degree]), html.Dd(words.typeset(said)))
        ],
        className="ev-degrees",
    )


def _panel(context: PageContext, wait: Component) -> Component:
    if not context.ready:
        inside = wait
    elif context.view == ANSWER:
        inside = _answer(context)
    else:
        inside = _table(context)
    return html.Section([_head(context), inside], className="evaluation-panel")


def _head(context: PageContext) -> Component:
    question = context.question
    wording = question.wording[:1].lower() + question.wording[1:]
    told = [context.sentence] if context.sentence else []
    if question.other:
        told.append(words.typeset(f"La convention l’écrit aussi : {words.quoted(question.other)}"))
    about = " · ".join(told)
    files = [
        ("Tableau (CSV)", context.address(f"{PATH}/tableau.csv")),
        ("Tableau (XLSX)", context.address(f"{PATH}/tableau.xlsx")),
        ("Toutes les valeurs de la question (CSV)", context.address(f"{PATH}/valeurs.csv")),
    ]
    end = [*frame.share(), *(frame.exports(files) if context.ready else [])]
    notices = (
        [html.P(" ".join(context.notices), className="notice", role="status")] if context.notices else []
    )
    ends = html.Div(end, className="share")
    choices = html.Div([*notices, *_choices(context)], className="ev-choices")
    return html.Div(
        [
            html.Div([html.H1(words.typeset(f"Question {question.number} : {wording}")), ends]),
            html.Div([html.P(about, className="ev-about", title=about), choices]),
        ],
        className="evaluation-head",
    )


def _choices(context: PageContext) -> list[Component]:
    years = [(str(year), {"an": str(year)}, year == context.year) for year in context.years]
    views = [(word, {"vue": name}, name == context.view) for name, word in VIEWS.items()]
    choices = [_segments(context, "Année", years, "an")]
    if context.perimeters:
        kinds = [(w, {"perimetre": name}, name == context.perimeter) for name, (_, w) in PERIMETERS.items()]
        choices.append(_segments(context, "Périmètre", kinds, "perimetre"))
    return [*choices, _segments(context, "Présentation (T)", views, "vue", turning=True)]


def _segments(
    context: PageContext,
    label: str,
    options: Sequence[tuple[str, dict[str, str], bool]],
    name: str,
    *,
    turning: bool = False,
) -> Component:
    links = [
        html.A(
            word,
            href=context.address(**changed),
            id=f"{name}-{rank}",
            className=f"inside{' turn' if turning else ''}",
            **(attributes(aria_current="true") if chosen else {}),
        )
        for rank, (word, changed, chosen) in enumerate(options, 1)
    ]
    return html.Nav(links, className="segments", title=label, **attributes(aria_label=label))


def _table(context: PageContext) -> Component:
    heads = [
        html.Th(
            f"{word} {context.year}" if word == "Valeur" else word,
            scope="col",
            className=f"ev-col-{name}",
        )
        for name, word in COLUMNS
    ]
    signs = html.Th(
        [
            "départ ",
            html.Span(className="ev-mark-start"),
            " valeur ",
            html.Span(className="ev-mark-value"),
            " repère ",
            html.Span(className="ev-mark-reference"),
        ],
        scope="col",
        className="ev-col-interval",
    )
    heads[3] = signs
    groups = [part for section in context.sections for part in _section(section)]
    table = html.Table([html.Thead(html.Tr(heads)), *groups], className="ev-figures")
    return html.Div(
        table,
        className="ev-figures-field",
        tabIndex=0,
        role="region",
        **attributes(aria_label=f"Valeurs de la question {context.question.number}"),
    )


def _section(section: Section) -> list[Component]:
    name = [
        html.Span(section.code, className="ev-effect-code"),
        html.Span(section.name, className="ev-effect-name"),
    ]
    toggle: list[Component] = []
    if section.more:
        count = words.counted(len(section.more), "autre valeur", "autres valeurs")
        if not section.first:
            count = words.counted(len(section.more), "valeur")
        toggle.append(
            html.Button(
                [count, frame.icon("chevron")],
                type="button",
                className="ev-more-button",
                id=f"more-{section.code}",
                **attributes(aria_expanded="false", aria_controls=f"rows-{section.code}", data_more=""),
            )
        )
    head = html.Tr(
        html.Th(html.Div([*name, *toggle]), scope="colgroup", colSpan=len(COLUMNS), title=section.name),
        className="ev-effect",
    )
    first = html.Tbody([head, *[figure_row(figure) for figure in section.first]])
    if not section.more:
        return [first]
    rest = html.Tbody(
        [figure_row(figure) for figure in section.more],
        id=f"rows-{section.code}",
        hidden=True,
        className="ev-more",
    )
    return [first, rest]


def _answer(context: PageContext) -> Component:
    parts = [
        part
        for title, sentences in context.answer
        for part in (html.H2(title), html.Ul([html.Li(_said(said)) for said in sentences]))
    ]
    empty = html.P("Aucune réponse ne peut être écrite : la base ne tient pas tous les indicateurs.")
    return html.Div(
        parts or [empty],
        className="ev-answer",
        tabIndex=0,
        role="region",
        **attributes(aria_label=f"Réponse à la question {context.question.number}"),
    )


def _said(said: Said) -> list[Component | str]:
    cited = [proof_button(key, code, said.text, small=True) for code, key in said.cited]
    return [said.text, *[part for button in cited for part in (" ", button)]]
