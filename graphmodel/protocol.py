"""The rules of an evaluation, hashed before its results are known, and what later departs from them.

Five sections: the indicators (card by card), the thresholds, the rulings on what the convention leaves open
(who decided, when), the seeds and draws of every simulation, and the variants computed beside each value.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphmodel.contract_graph import ContractGraph
from graphmodel.cooperation import communities, labels, null_models
from graphmodel.errors import UsageError
from graphmodel.frames import records_of
from graphmodel.french import NBSP
from graphmodel.indicators import conclusions, deployment, intervals, reports
from graphmodel.indicators.registry import Indicator, indicators
from graphmodel.indicators.territories import comparison
from graphmodel.secrecy import DOMINANCE_PERCENT, FEWEST, WIDTH_PERCENT

SCHEMA_NAME = "maillage/protocol/1"

DOCUMENT_KIND = "protocole d’évaluation"
"""Kind of the `Document` by which a store remembers the protocol registered."""

SECTIONS = {
    "indicators": "les indicateurs",
    "thresholds": "les seuils",
    "rulings": "les règles tranchées",
    "seeds": "les graines et tirages",
    "variants": "les variantes",
}
"""Sections of a protocol, with their French name."""

_SHOWN = 12
"""Characters of the digest of a section that the store remembers."""


@dataclass(frozen=True)
class Protocol:
    """The rules of an evaluation.

    Attributes
    ----------
    contract
        Identifier of the contract.
    sections
        Content of each section, JSON values only.
    """

    contract: str
    sections: Mapping[str, Any]

    @property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each section, in hexadecimal."""
        return {name: _digest(content) for name, content in self.sections.items()}

    @property
    def sha256(self) -> str:
        """SHA-256 of the whole: the contract and its sections."""
        return _digest({"contract": self.contract, "sections": self.sections})

    def to_json(self) -> dict[str, Any]:
        """Return the document that is written and kept."""
        return {
            "schema": SCHEMA_NAME,
            "contract": self.contract,
            "sections": dict(self.sections),
            "digests": self.digests,
            "sha256": self.sha256,
        }

    @property
    def summary(self) -> str:
        """Return the name of its document in a store: the digests of the sections, shortened."""
        told = ", ".join(f"{name} {digest[:_SHOWN]}" for name, digest in self.digests.items())
        return f"Protocole d’évaluation ({told})"


def _digest(content: object) -> str:
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def protocol_of(graph: ContractGraph) -> Protocol:
    """Return the rules that the tool applies to a contract now."""
    return Protocol(
        str(graph.contract.get("id", "")),
        {
            "indicators": {name: _card(card) for name, card in indicators().items()},
            "thresholds": _thresholds(),
            "rulings": _rulings(graph),
            "seeds": _seeds(),
            "variants": {name: list(choices.values()) for name, choices in conclusions.RUNS.items()},
        },
    )


def _card(card: Indicator) -> dict[str, Any]:
    return {
        "label": card.label,
        "question": card.question,
        "effects": list(card.effects),
        "reach": card.reach,
        "levels": list(card.levels),
        "measures": {name: [measure.label, measure.unit] for name, measure in card.measures.items()},
        "formula": card.formula,
        "reading": card.reading,
        "caveat": card.caveat,
        "source": card.source,
        "neutral": card.neutral,
        "judged": list(card.judged),
        "conditioned": card.conditioned,
    }


def _thresholds() -> dict[str, float]:
    return {
        "niveau des intervalles": intervals.LEVEL,
        "couverture minimale des bilans pour calculer": reports.MINIMUM_COVERAGE,
        "couverture minimale des bilans pour établir": conclusions.ENOUGH_COVERAGE,
        "sources par ligne pour établir": conclusions.ENOUGH_SOURCES,
        "fausses découvertes admises dans une famille": round(conclusions.FALSE_DISCOVERY, 6),
        "structures suivies au moins (E03)": deployment.MINIMUM_FOLLOWED,
        "membres d’une filière active (E04)": deployment.MINIMUM_MEMBERS,
        "liens d’une filière active (E04)": deployment.MINIMUM_LINKS,
        "secret : unités au moins, entreprises": FEWEST["enterprise"],
        "secret : unités au moins, données fiscales des ménages": FEWEST["household_tax"],
        "secret : part d’une unité au plus, en %": DOMINANCE_PERCENT,
        "secret : largeur de l’intervalle d’une valeur tue, en %": WIDTH_PERCENT,
    }


def _rulings(graph: ContractGraph) -> dict[str, dict[str, Any]]:
    found = {}
    for row in records_of(graph.nodes("Ambiguity")):
        day = row.get("date")
        found[str(row["id"])] = {
            "finding": row.get("finding"),
            "rule": row.get("rule"),
            "decided_by": row.get("decided_by"),
            "date": None if day is None else str(day),
        }
    return found


def _seeds() -> dict[str, int]:
    return {
        "modèle nul du réseau : graine": null_models.SEED,
        "modèle nul du réseau : tirages": null_models.DRAWS,
        "modèle nul d’un grand réseau : tirages": null_models.DRAWS_OF_LARGE,
        "permutation des mondes : tirages": labels.LABEL_DRAWS,
        "communautés : tirages": communities.RUNS,
        "écart comparé : graine": comparison.SEED,
        "écart comparé : tirages": comparison.DRAWS,
    }


def read_protocol(content: object) -> Protocol:
    """Return the protocol of a JSON document.

    Raises
    ------
    UsageError
        A document of another form, or whose hash is not that of its content.
    """
    if not isinstance(content, dict) or content.get("schema") != SCHEMA_NAME:
        raise UsageError("Ce fichier n’est pas un protocole écrit par « maillage protocol ».")
    protocol = Protocol(str(content.get("contract")), content.get("sections") or {})
    if protocol.sha256 != content.get("sha256"):
        raise UsageError(
            "Ce protocole a été modifié après coup : son empreinte n’est pas celle de son contenu."
        )
    return protocol


def deviations(registered: Protocol, current: Protocol) -> list[str]:
    """Return what the rules applied now change in those registered: one French sentence each."""
    found = []
    if registered.contract != current.contract:
        found.append(f"Le contrat n’est plus {registered.contract} mais {current.contract}.")
    for section, french in SECTIONS.items():
        before, after = registered.sections.get(section) or {}, current.sections.get(section) or {}
        for name in [*before, *(name for name in after if name not in before)]:
            if name not in after:
                found.append(f"Dans {french}, {name} a été retiré.")
            elif name not in before:
                found.append(f"Dans {french}, {name} a été ajouté.")
            elif before[name] != after[name]:
                found.append(f"Dans {french}, {name} a changé{NBSP}: {_change(before[name], after[name])}.")
    return found


def _change(before: object, after: object) -> str:
    if isinstance(before, dict) and isinstance(after, dict):
        return ", ".join(
            sorted(key for key in before.keys() | after.keys() if before.get(key) != after.get(key))
        )
    return f"{_plain(before)} devient {_plain(after)}"


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def registered_deviations(graph: ContractGraph, current: Protocol) -> list[str] | None:
    """Return what changed since the protocol that the store remembers, section by section.

    None when the store remembers no protocol, empty when nothing changed.
    """
    documents = [row for row in records_of(graph.nodes("Document")) if row.get("kind") == DOCUMENT_KIND]
    if not documents:
        return None
    last = max(documents, key=lambda row: (str(row.get("date") or ""), str(row["id"])))
    if last.get("sha256") == current.sha256:
        return []
    when = f" du {last['date']}" if last.get("date") else ""
    kept = [
        french
        for section, french in SECTIONS.items()
        if f"{section} {current.digests[section][:_SHOWN]}" not in str(last["name"])
    ]
    return [f"Depuis le protocole{when}, {french} ont changé." for french in kept or ["les règles"]]
