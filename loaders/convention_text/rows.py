"""What is kept of a proposal, as the rows of one batch: every row with its quote and its lines."""

from collections.abc import Mapping
from pathlib import Path

from graphmodel import Batch, BatchBuilder, Fault, Source, Store, UsageError
from graphmodel.batch import Place, Ref
from loaders.convention_text.proposal import Proposal, Proposed, ProposedAction, ProposedParty
from loaders.convention_text.repair import folded


def batch_of(
    proposal: Proposal,
    path: Path,
    sha256: str,
    *,
    contract: str | None = None,
    known: Mapping[str, str] | None = None,
) -> Batch:
    """Return the batch of what is kept of a proposal.

    Parameters
    ----------
    proposal
        As read in the text, or as somebody corrected it.
    path, sha256
        The file loaded: the text, or the workbook of its proposals.
    contract
        Identifier that the user gives the contract; None keeps the proposed one.
    known
        Identifiers of the organisations already in the store, by folded name: a party of the same name is
        that organisation.

    Raises
    ------
    UsageError
        Nothing is kept.
    InputFaultsError
        Every fault of the rows against the schema.
    """
    if not any(each.kept for each in (*proposal.parties, *proposal.actions)):
        raise UsageError(f"« {path.name} » ne propose ni partie ni action : rien à charger.")
    # The text and its corrected proposals are one source: the second load replaces what the first said.
    source = Source(proposal.file or path.name, path.name, sha256, "text")
    builder = BatchBuilder(source, contract=contract or proposal.contract.id)
    whole = _add_contract(builder, proposal)
    parties = _add_parties(builder, proposal, whole, known or {})
    _add_actions(builder, proposal, whole)
    _add_fundings(builder, proposal, whole, parties)
    return builder.build()


def known_parties(store: Store) -> dict[str, str]:
    """Return the identifiers of the organisations of a store by folded name, every spelling it holds."""
    found: dict[str, str] = {}
    frame = store.snapshot().nodes("Organisation")
    for column in ("signature_name", "preamble_name", "name"):
        for identifier, name in zip(frame["id"], frame[column], strict=True):
            if isinstance(name, str):
                found[folded(name)] = str(identifier)
    return found


def _place(said: Proposed) -> Place:
    if not said.passage.quote:
        return Place()
    return Place(quote=said.passage.quote, lines=said.passage.lines)


def _add_contract(builder: BatchBuilder, proposal: Proposal) -> Ref:
    said = proposal.contract
    _warn(builder, said, "Contrat")
    years = None
    if said.start_year is not None and said.end_year is not None:
        years = list(range(said.start_year, said.end_year + 1))
    values = {
        "title": said.title or None,
        "region": said.region,
        "start_year": said.start_year,
        "end_year": said.end_year,
        "years": years,
    }
    identifier = str(builder.contract)
    return builder.node("Contract", identifier, values, name=said.title or identifier, place=_place(said))


def _add_parties(
    builder: BatchBuilder, proposal: Proposal, contract: Ref, known: Mapping[str, str]
) -> dict[str, tuple[Ref, ProposedParty]]:
    """Add the parties and their signature; return them by the identifier that fundings name."""
    found: dict[str, tuple[Ref, ProposedParty]] = {}
    kept = [party for party in proposal.parties if party.kept]
    for position, party in enumerate(kept, 1):
        _warn(builder, party, party.name)
        values = {
            "acronym": party.acronym,
            "local_authority": party.authority,
            "preamble_name": party.written or None,
            "position": position,
        }
        identifier = known.get(folded(party.name)) or known.get(folded(party.written)) or party.id
        place = _place(party)
        ref = builder.node("Organisation", identifier, values, name=party.name, place=place)
        said = {"category": party.category or None}
        builder.relationship("SIGNED", ref, contract, said, place=place)
        found[party.id] = ref, party
    return found


def _add_actions(builder: BatchBuilder, proposal: Proposal, contract: Ref) -> None:
    axes: dict[str, Ref] = {}
    kept = [action for action in proposal.actions if action.kept]
    for position, action in enumerate(kept, 1):
        _warn(builder, action, action.code)
        place = _place(action)
        values = {"plan_year": action.year, "coded": True, "position": position}
        ref = builder.node("Action", action.code, values, name=action.name, at=action.year, place=place)
        axis = _axis(builder, action, contract, axes)
        builder.relationship("PART_OF", ref, axis or contract, place=place)


def _axis(builder: BatchBuilder, action: ProposedAction, contract: Ref, axes: dict[str, Ref]) -> Ref | None:
    """Return the axis of an action, added the first time it is met."""
    identifier = action.axis or action.axis_name
    if not identifier:
        return None
    if identifier not in axes:
        values = {"position": len(axes) + 1, "annex_label": action.axis_name}
        ref = builder.node("Axis", identifier, values, name=action.axis_name or f"Axe {identifier}")
        builder.relationship("PART_OF", ref, contract)
        axes[identifier] = ref
    return axes[identifier]


def _add_fundings(
    builder: BatchBuilder,
    proposal: Proposal,
    contract: Ref,
    parties: Mapping[str, tuple[Ref, ProposedParty]],
) -> None:
    taken: dict[str, int] = {}
    for position, funding in enumerate((each for each in proposal.fundings if each.kept), 1):
        _warn(builder, funding, f"Financement {position}")
        party = parties.get(funding.funder or "")
        if funding.funder and party is None:
            message = f"Le financeur « {funding.funder} » n’est l’identifiant d’aucune partie retenue."
            fix = "Reprendre un identifiant de la feuille « Parties »."
            builder.fault(Fault("error", "unknown_reference", message, sheet="Financements", fix=fix))
            continue
        name = party[1].name if party else "Financeur non reconnu"
        base = f"{party[0][1].rpartition('/')[2] if party else 'INCONNU'}-{funding.year or 'SANS-ANNEE'}"
        taken[base] = taken.get(base, 0) + 1
        identifier = base if taken[base] == 1 else f"{base}-{taken[base]}"
        values = {
            "year": funding.year,
            "amount": int(funding.amount * 100),
            "kind": "planned",
            "basis": "convention",
            "provisional": funding.provisional,
            "position": position,
        }
        place = _place(funding)
        caption = f"{name} {funding.year}" if funding.year else name
        ref = builder.node("Funding", identifier, values, name=caption, place=place)
        builder.relationship("ABOUT", ref, contract, place=place)
        if party is not None:
            builder.relationship("FUNDS", party[0], ref, place=place)


def _warn(builder: BatchBuilder, said: Proposed, name: str) -> None:
    """Say what there is to check; a workbook whose reviewer cleared the doubt says nothing."""
    if said.doubt:
        first, last = said.passage.lines
        message = f"{name}, lignes {first} à {last} : {said.doubt}"
        builder.fault(Fault("warning", "to_check", message, value=said.passage.quote[:200]))
