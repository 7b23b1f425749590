"""What the server says in French where the framework would say it in English: nowhere, refused, failed."""

from typing import Final

from flask import Flask, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response

from dashboards import words

SAID: Final = {
    404: "Cette adresse n’existe pas.",
    405: "Cette adresse ne prend pas cette demande.",
    413: "Cet envoi est trop gros : 64 Mo au plus. Rien n’a été lu.",
    500: "Le serveur n’a pas pu répondre : le détail est dans son journal.",
}
"""Sentence of a status."""
OTHERWISE: Final = "Cette demande n’est pas lisible : rien n’a été fait."


def speak_french(server: Flask) -> None:
    """Answer one French sentence to what no address takes, refuses in its own words, or fails at.

    A failure is still written to the log before it comes here.
    """

    @server.errorhandler(HTTPException)
    def say(error: HTTPException) -> Response:
        """Return the sentence, with the status and the headers that go with it (`Allow`, a redirection)."""
        if error.response is not None or (error.code or 500) < 400:
            return Response.force_type(error.get_response(), request.environ)
        said = words.typeset(SAID.get(error.code or 500, OTHERWISE))
        answer = Response(said, error.code or 500, mimetype="text/plain")
        allowed = getattr(error, "valid_methods", None)
        if allowed:
            answer.headers["Allow"] = ", ".join(allowed)
        return answer
