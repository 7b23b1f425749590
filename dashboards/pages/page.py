"""What a page of the dashboard is: an address, a place in the header, a view made from a snapshot."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component
from flask import Flask

from dashboards import view_data, words
from dashboards.access import StoreAccess
from dashboards.evaluations import Evaluations
from graphmodel import ContractGraph

GraphProvider = Callable[[], ContractGraph]
"""Gives the snapshot of the present version; pages never keep it."""
Settings = Mapping[str, str]
"""Settings read in the address, French names: `an`, `couches`, `vue`, `sel`."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What a page may ask of the server, in its view and in its callbacks.

    Attributes
    ----------
    provider
        The snapshot, for everything that is read.
    access
        The store itself, for the few things that a snapshot does not hold, and for writing; None where the
        dashboard only has a snapshot.
    evaluations
        The indicators of the snapshot, computed aside: see `Evaluations.ready`.
    """

    provider: GraphProvider
    access: StoreAccess | None = None
    evaluations: Evaluations = field(default_factory=Evaluations)


@dataclass(frozen=True, slots=True)
class Visit:
    """One opening of a page.

    Attributes
    ----------
    graph
        Snapshot of the present version.
    settings
        Settings of the address; unknown ones are ignored with a notice, see `unknown`.
    desk
        What the page may ask of the server.
    """

    graph: ContractGraph
    settings: Settings
    desk: Desk


@dataclass(frozen=True, slots=True)
class View:
    """What a page shows, its frame apart.

    Attributes
    ----------
    body
        Children of the `<main>`; one of them holds the `h1`.
    sources
        Parts of the source line, see `dashboards.view_data.source_parts`.
    layout
        Class of the `<main>`: its grid in `assets/maillage.css`.
    settings
        Controls of the settings bar; none leaves the bar out.
    bar
        A lower bar instead (46 px): tabs, steps; without « Partager » and « Exporter ».
    fictional
        True shows the badge: one of the values of the page is fictional.
    notices
        What the address asked for and the page does not know.
    exports
        Entries of the « Exporter » menu: words and address of each file.
    """

    body: Sequence[Component]
    sources: Sequence[str]
    layout: str
    settings: Sequence[Component] = ()
    bar: Sequence[Component] = ()
    fictional: bool = False
    notices: Sequence[str] = ()
    exports: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the dashboard.

    Attributes
    ----------
    path
        Address, such as `/contrat`.
    name, icon
        Word and icon in the header.
    build
        Makes the view of a visit.
    connect
        Registers the callbacks of the page.
    stores
        Components kept in the browser while other pages are shown (`dcc.Store`).
    finds
        Kinds of search results that the page opens by `sel`, see `dashboards.search.KINDS`.
    add_routes
        Adds the plain addresses of the page: files sent and received.
    linked
        False keeps the page out of the header: the mark leads to it.
    """

    path: str
    name: str
    icon: str
    build: Callable[[Visit], View]
    connect: Callable[[Dash, Desk], None]
    stores: Callable[[], Sequence[Component]] = field(default=tuple)
    finds: frozenset[str] = frozenset()
    add_routes: Callable[[Flask, Desk], None] | None = None
    linked: bool = True


def in_browser(app: Dash, function: str, *parts: Input | Output | State, at_first: bool = True) -> None:
    """Register a callback that runs in the browser: a function of `assets/maillage.js`.

    Parameters
    ----------
    app
        The dashboard.
    function
        Name of the function.
    parts
        Outputs, inputs and states, in that order.
    at_first
        False waits for the first change.
    """
    named = ClientsideFunction(namespace="maillage", function_name=function)
    app.clientside_callback(named, *parts, prevent_initial_call=not at_first)  # type: ignore[no-untyped-call]


def layers_of(
    settings: Settings, allowed: Sequence[str], shown_first: tuple[str, ...], notices: list[str]
) -> tuple[str, ...]:
    """Return the layers that `couches` names; what it names wrongly goes to the notices.

    Parameters
    ----------
    settings
        Settings of the address.
    allowed
        Layers of the map.
    shown_first
        Layers of an address that says nothing of them.
    notices
        Grows by a sentence for each layer that is not known.
    """
    asked = settings.get("couches")
    if asked is None:
        return shown_first
    names = [name for name in asked.split(",") if name]
    notices.extend(words.unknown_setting(name) for name in names if name not in allowed)
    return tuple(name for name in names if name in allowed)


def year_of(graph: ContractGraph, settings: Settings, notices: list[str]) -> int | None:
    """Return the year that `an` names, else the last one; a year that is not known goes to the notices."""
    asked = settings.get("an")
    if asked is not None:
        if asked.isdecimal() and int(asked) in view_data.years_of(graph):
            return int(asked)
        notices.append(words.unknown_setting(asked))
    return view_data.latest_year(graph)
