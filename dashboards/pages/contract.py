"""« Contrat »: what the convention says, and who signed it; what it does not say is drawn as no data."""

from dash import Dash, html
from dash.development.base_component import Component

from dashboards import frame, view_data, words
from dashboards.attributes import attributes
from dashboards.pages import contract_text
from dashboards.pages.contract_context import (
    MOST_MEETINGS,
    Body,
    ContractContext,
    Funder,
    Party,
    Reading,
    context_of,
)
from dashboards.pages.page import Desk, View, Visit
from dashboards.search import folded

PATH = "/contrat"
NAME = "Contrat"
ICON = "contract"
TEXT = "texte"
"""View of the address that shows the passages quoted, in the order of the convention."""
MOST_RULES = 4
"""Rules on money shown; each opens on its quote."""
TITLE = words.typeset("Que dit le contrat, et qui l’a signé ?")


def connect(_app: Dash, _desk: Desk) -> None:
    """Register nothing: every choice of the page is an address."""


def build(visit: Visit) -> View:
    """Return the view for the settings of its address."""
    context = context_of(visit.graph, visit.settings)
    if not context.axes and not context.parties:
        empty = frame.message(
            "Aucun contrat dans cette base",
            words.typeset("La page se remplira après un premier chargement : maillage load convention."),
        )
        title = html.H1(NAME, className="sr-only")
        return View([title, empty], context.sources, "body-alone", fictional=context.fictional)
    top = _action_card(context, context.selected) if context.selected else _readings(context)
    lower = html.Div([_money(context), _bodies(context)], className="contract-lower")
    right: Component = html.Div([top, lower], className="contract-right")
    reads = visit.settings.get("vue") == TEXT
    if reads:
        right = contract_text.reading(visit, _address(context))
    body = [_title(context, reads=reads), _axes(context), right]
    return View(body, context.sources, "body-contract", fictional=context.fictional)


def _title(context: ContractContext, *, reads: bool) -> Component:
    ambiguous = words.counted(context.ambiguities, "point ambigu", "points ambigus")
    said = f"{context.title}{words.NBSP}: {ambiguous}, chacun avec sa règle"
    notices = (
        [html.P(" ".join(context.notices), className="notice", role="status")] if context.notices else []
    )
    read = html.A(
        words.typeset("Lire la convention"), href=_address(context, vue=TEXT), className="inside read-text",
        id="read-text", **(attributes(aria_current="true") if reads else {}),
    )  # fmt: skip
    return html.Div([html.H1(TITLE), html.P(said), *notices, read], className="panel-title contract-title")


def _address(context: ContractContext, **changed: str) -> str:
    """Return the address of the page with some settings changed; an empty one is left out."""
    said = {"an": str(context.year or "")}
    said |= {"parties": "toutes" if context.every_party else "", **changed}
    return f"{PATH}?{'&'.join(f'{name}={value}' for name, value in said.items() if value)}"


def _axes(context: ContractContext) -> Component:
    years = [
        html.A(
            str(year),
            href=_address(context, an=str(year)),
            className="inside",
            **(attributes(aria_current="true") if year == context.year else {}),
        )
        for year in context.years
    ]
    axes = sum(bool(axis.code) for axis in context.axes)
    coded = sum(len(axis.actions) for axis in context.axes if axis.code)
    heading = f"{words.counted(coded, 'action')}, {words.counted(axes, 'axe')}"
    head = html.Div(
        [
            html.H2(heading),
            html.Div(
                ["acteurs en ", html.Nav(years, className="segments", **attributes(aria_label="Année"))]
            ),
        ],
        className="card-head",
    )
    most = max((row.actors for axis in context.axes for row in axis.actions), default=0)
    groups: list[Component] = []
    for axis in context.axes:
        # What stands outside the axes is one action: its row says so itself, and no heading takes its place.
        if axis.code or len(axis.actions) > 1:
            name = [html.Span(f"Axe {axis.code}", className="axis-code")] if axis.code else []
            count = html.Span(words.counted(len(axis.actions), "action"))
            groups.append(html.H3([*name, axis.name, count], className="axis"))
        groups.append(html.Ul([_action(context, row, most) for row in axis.actions]))
    field = html.Div(
        groups, className="axes", tabIndex=0, role="region", **attributes(aria_label="Actions par axe")
    )
    return html.Section([head, field], className="card")


def _action(context: ContractContext, row: view_data.ActionRow, most: int) -> Component:
    code = row.code.replace(".", "_", 1)
    link = html.A(
        row.name,
        href=_address(context, sel=f"Action:{code}"),
        className="inside action-name",
        title=row.full_name,
        **(attributes(aria_current="true") if context.selected and context.selected.key == row.key else {}),
    )
    count = words.number(row.actors) if row.actors else words.NO_DATA
    bar = (
        html.Span(_bar(row.actors, most), className="bar-field")
        if row.actors
        else html.Span(className="bar-field blank")
    )
    return html.Li([html.Span(row.code, className="code"), link, bar, html.Span(count, className="figure")])


def _bar(value: float, most: float) -> Component:
    return html.Span(className="bar", style={"width": f"{100 * value / most if most else 0:.1f}%"})


def _readings(context: ContractContext) -> Component:
    shown = [party for party in context.parties if party.differs or context.every_party]
    gaps = sum(party.differs for party in context.parties)
    total = len(context.parties)
    said = f"{words.counted(gaps, 'écart')} sur {words.counted(total, 'partie')}, aucun n’est fusionné"
    other = (
        html.A("Les écarts seuls", href=f"{PATH}?an={context.year or ''}", className="inside")
        if context.every_party
        else html.A(f"Les {total} parties", href=_address(context, parties="toutes"), className="inside")
    )
    heading = words.typeset("Qui signe ? Deux lectures")
    head = html.Div([html.H2(heading), html.P(said), other], className="card-head")
    columns = ("Partie", "Préambule", "Page de signature", "Réf.")
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(word, scope="col") for word in columns])),
            html.Tbody([_party(party) for party in shown]),
        ],
        className="rows readings",
    )
    return html.Section([head, _scrolled(table, "Qui signe")], className="card")


def _scrolled(inside: Component, label: str) -> Component:
    return html.Div(inside, className="rows-field", tabIndex=0, role="region", **attributes(aria_label=label))


def _party(party: Party) -> Component:
    references: list[Component | str] = []
    for identifier, key in party.references:
        references += [" "] if references else []
        references.append(frame.source_button(f"Ambiguity:{key}", identifier))
    return html.Tr(
        [
            html.Td(frame.source_button(f"Organisation:{party.key}", party.name)),
            html.Td(_reading(party.preamble, party.signature), title=party.preamble.full),
            html.Td(_reading(party.signature, party.preamble), title=party.signature.full),
            html.Td(references or "–"),
        ]
    )


def _reading(reading: Reading, other: Reading) -> str:
    """Return the persons of a page; where both pages name the same, how it names the party."""
    same = folded(reading.persons or "") == folded(other.persons or "")
    if same and reading.name and reading.name != other.name:
        return f"{reading.name}{words.NBSP}: {reading.persons or words.UNKNOWN}"
    return reading.persons or words.UNKNOWN


def _action_card(context: ContractContext, row: view_data.ActionRow) -> Component:
    back = html.A("‹ Les deux lectures", href=_address(context), className="inside")
    head = html.Div([html.H2(f"{row.code} {row.full_name}"), back], className="card-head")
    places = words.listed(
        f"{place.name} ({words.LEVELS[place.level][0]})" if place.level in words.LEVELS else place.name
        for place in row.places[:12]
    )
    more = len(row.places) - 12
    where = "toute la région" if row.region_wide else places or words.UNKNOWN
    if more > 0 and not row.region_wide:
        where += f" et {words.counted(more, 'autre')}"
    facts = (
        (
            "Dans la convention",
            frame.source_button(f"Action:{row.key}", "citation, lignes et toutes ses valeurs"),
        ),
        ("Axe", row.axis or words.UNKNOWN),
        (f"Portée en {context.year} par", words.listed(row.pilots) or words.UNKNOWN),
        (
            f"Acteurs en {context.year}",
            words.number(row.actors) if row.actors else f"{words.NO_DATA}{words.NBSP}: bilan non reçu",
        ),
        (f"Où, en {context.year}", where),
    )
    table = html.Table(
        html.Tbody([html.Tr([html.Th(name, scope="row"), html.Td(said)]) for name, said in facts]),
        className="facts",
    )
    return html.Section([head, html.Div(table, className="card-body")], className="card")


def _money(context: ContractContext) -> Component:
    total = f"{words.euros(context.total)}, somme déduite" if context.total is not None else words.UNKNOWN
    year = f", {context.funded_year}" if context.funded_year else ""
    head = html.Div([html.H2(f"Qui finance{year}"), html.P(total)], className="card-head")
    most = max((funder.amount or 0 for funder in context.funders), default=0)
    rows = [_funder(funder, most) for funder in context.funders]
    if context.silent:
        silent = words.counted(context.silent, "autre partie", "autres parties")
        rows.append(_funder(Funder(None, silent, None, False), most))
    children: list[Component] = [html.Ul(rows, className="funders")]
    if context.reported:
        by_axis = " ; ".join(
            f"axe {axis}{words.NBSP}: {words.euros(amount)}" for axis, amount in context.reported
        )
        told: list[Component | str] = [
            html.Strong(f"Versé en {context.year}, selon les bilans{words.NBSP}: "),
            words.typeset(by_axis),
            " (sommes déduites). ",
        ]
        children.append(
            html.P(
                [*told, "La convention ne dit rien par axe, par action ni par territoire."],
                className="callout",
            )
        )
    else:
        children.append(
            html.P(
                "Par axe, action ou territoire : la convention ne dit rien ; aucun bilan reçu.",
                className="callout",
            )
        )
    rules = [
        html.Li(frame.source_button(f"Statement:{key}", text)) for key, text in context.rules[:MOST_RULES]
    ]
    children.append(html.Ul(rules, className="rules"))
    return html.Section(
        [
            head,
            html.Div(
                children,
                className="card-body scrolled",
                tabIndex=0,
                role="region",
                **attributes(aria_label="Qui finance"),
            ),
        ],
        className="card",
    )


def _funder(funder: Funder, most: int) -> Component:
    name = f"{funder.name} (prévisionnel)" if funder.provisional else funder.name
    if funder.amount is None:
        bar, said = html.Span(className="bar-field blank"), words.UNKNOWN
    else:
        bar, said = html.Span(_bar(funder.amount, most), className="bar-field"), words.euros(funder.amount)
    amount = html.Span(said, className="figure" if funder.amount is not None else "figure unsaid")
    return html.Li([html.Span(name), bar, amount])


def _bodies(context: ContractContext) -> Component:
    said = f"présents / convoqués, {context.year}"
    head = html.Div([html.H2("Instances et présence"), html.P(said)], className="card-head")
    columns = [
        "Instance, rythme prévu",
        *(f"{rank}{'re' if rank == 1 else 'e'}" for rank in range(1, MOST_MEETINGS + 1)),
    ]
    table = html.Table(
        [
            html.Thead(html.Tr([html.Th(word, scope="col") for word in columns])),
            html.Tbody([_body(body) for body in context.bodies]),
        ],
        className="rows",
    )
    return html.Section([head, _scrolled(table, "Instances et présence")], className="card")


def _body(body: Body) -> Component:
    name = [
        frame.source_button(f"GovernanceBody:{body.key}", body.name),
        html.Div(body.rhythm, className="small"),
    ]
    cells = [_meeting(*meeting) for meeting in body.meetings[:MOST_MEETINGS]]
    cells += [html.Td("–") for _ in range(MOST_MEETINGS - len(cells))]
    return html.Tr([html.Td(name), *cells])


def _meeting(key: str, present: int, invited: int | None) -> Component:
    if invited is None:
        said = f"{words.number(present)} / ?"
        return html.Td(frame.source_button(f"Meeting:{key}", said))
    bar = html.Span(_bar(present, invited), className="bar-field small-bar")
    return html.Td(
        [bar, frame.source_button(f"Meeting:{key}", f"{words.number(present)}/{words.number(invited)}")]
    )
