"""What a page of the dashboard is: an address, a place in the header, a layout made from a snapshot."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dash import ClientsideFunction, Dash, Input, Output, State
from dash.development.base_component import Component

from graphmodel import ContractGraph

GraphProvider = Callable[[], ContractGraph]
"""Gives the snapshot of the present version; pages never keep it."""
Settings = Mapping[str, str]
"""Settings read in the address, French names: `an`, `couches`, `vue`, `sel`."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the dashboard.

    Attributes
    ----------
    path
        Address, such as `/`.
    name, icon
        Word and icon in the header.
    build
        Makes the whole page, frame included, from a snapshot and the settings of the address.
    connect
        Registers the callbacks of the page.
    """

    path: str
    name: str
    icon: str
    build: Callable[[ContractGraph, Settings], Component]
    connect: Callable[[Dash, GraphProvider], None]


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
