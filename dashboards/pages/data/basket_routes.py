"""What a browser adds to the report, orders and takes out of it."""

from flask import Flask, Response, jsonify, request

from dashboards import words
from dashboards.pages.page import Desk
from dashboards.pages.signing import signed_on
from graphmodel import MaillageError, UsageError
from graphmodel.decisions import add_item, kept_items, move_item, remove_item

BASKET_PATH = "/rapport/ajouts"


def add_basket_route(server: Flask, desk: Desk) -> None:
    """Add the address that changes what the report holds beside its plan."""

    @server.post(BASKET_PATH)
    def change() -> tuple[Response, int]:
        """Sign and write one change; the answer holds the sentence to show."""
        sent = request.get_json(silent=True)
        told = {str(k): str(v) for k, v in sent.items()} if isinstance(sent, dict) else {}
        # The cookie of a right code is set on the answer that goes out: both share one.
        answer = jsonify()
        try:
            who = signed_on(desk, told.get("author"), told.get("code"), lambda: answer)
            said = _change(desk, told, who)
        except MaillageError as error:
            answer.set_data(jsonify(message=str(error)).get_data())
            return answer, 400
        answer.set_data(jsonify(message=said).get_data())
        return answer, 200


def _change(desk: Desk, told: dict[str, str], who: str) -> str:
    """Write one change and return what to say of it."""
    if desk.access is None:
        raise UsageError("Cette page lit une copie : rien ne s’y écrit.")
    act, item = told.get("act", ""), told.get("id", "")
    contract = contract_of(desk)
    with desk.access.open() as store:
        if act == "add":
            comment = told.get("comment", "")
            add_item(store, contract, told.get("address", ""), told.get("title", ""), author=who,
                     comment=comment)  # fmt: skip
            count = len(kept_items(store, contract))
            return f"Ajouté : le rapport compte {words.counted(count, 'ajout')}."
        if act in ("up", "down"):
            move_item(store, contract, item, -1 if act == "up" else 1, author=who)
            return "Ordre écrit."
        if act == "remove":
            remove_item(store, contract, item, author=who)
            return "Retiré du rapport."
    raise UsageError("Demande inconnue : rouvrez la page.")


def contract_of(desk: Desk) -> str:
    """Return the identifier of the contract that the pages show.

    Raises
    ------
    UsageError
        The store holds none, or several.
    """
    known = desk.provider().contract
    if not known:
        raise UsageError("La base ne porte encore aucun contrat : il n’y a pas de rapport à compléter.")
    return str(known["id"])
