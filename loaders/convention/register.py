"""Who is who in a convention: the nodes already added, by the « Nature:identifiant » that files write."""

from collections.abc import Iterable, Mapping

from graphmodel.batch import NOWHERE, BatchBuilder, Place, Ref
from graphmodel.faults import Fault
from graphmodel.schema import SCHEMA
from loaders.convention.citation import TerritoryRef


class Register:
    """Adds nodes to a batch and finds them again.

    Parameters
    ----------
    builder
        Batch being filled.
    contract
        Reference of the contract every element belongs to.
    """

    def __init__(self, builder: BatchBuilder, contract: Ref) -> None:
        self.builder = builder
        self.contract = contract
        self._known: dict[str, Ref] = {"Contract": contract}
        self._names: dict[Ref, str] = {}

    def add(
        self,
        label: str,
        identifier: str,
        values: Mapping[str, object],
        *,
        name: str,
        place: Place = NOWHERE,
        at: int | None = None,
        part: bool = True,
    ) -> Ref:
        """Add a node, remember it, and return its reference.

        Parameters
        ----------
        label, identifier, values, name, place, at
            As in `BatchBuilder.node`.
        part
            True to make it a part of the contract itself.
        """
        ref = self.builder.node(label, identifier, values, name=name, place=place, at=at)
        self._known[f"{label}:{identifier}"] = ref
        self._names[ref] = name
        if part:
            self.builder.relationship("PART_OF", ref, self.contract, place=place)
        return ref

    def territory(self, territory: TerritoryRef) -> Ref:
        """Add a territory and return its reference; what the reference data know of it is theirs to say."""
        return self.builder.territory(
            territory.level,
            territory.code,
            territory.vintage,
            {"kind": territory.kind},
            name=territory.name,
        )

    def zoning(self, scheme: str, vintage: str) -> Ref:
        """Add a zoning, remember it by its scheme, and return its reference."""
        # Its caption repeats its identifier: the file that brings the list has the name to give.
        ref = self.builder.zoning(scheme, vintage, name=scheme)
        self._known[f"Zoning:{scheme}"] = ref
        return ref

    def find(self, link: str, file: str) -> Ref | None:
        """Return the node of a link such as `Action:II_1.1`; an unknown one is recorded as a fault.

        Parameters
        ----------
        link
            « Nature:identifiant », or `Contract`.
        file
            File that writes it, for the fault.
        """
        ref = self._known.get(link)
        if ref is None:
            self.builder.fault(self._unknown(link, file))
        return ref

    def name(self, ref: Ref) -> str:
        """Return the name a node was added under."""
        return self._names[ref]

    def relate(
        self,
        kind: str,
        source: Ref,
        links: Iterable[str],
        file: str,
        values: Mapping[str, object] | None = None,
        place: Place = NOWHERE,
    ) -> None:
        """Add one relationship from a node to each node that links name."""
        for link in links:
            target = self.find(link, file)
            if target is not None:
                self.builder.relationship(kind, source, target, values, place=place)

    def _unknown(self, link: str, file: str) -> Fault:
        label, _, identifier = link.partition(":")
        names = sorted(known.partition(":")[2] for known in self._known if known.startswith(f"{label}:"))
        french = SCHEMA.nodes[label].french if label in SCHEMA.nodes else None
        message = (
            f"« {identifier} » ne désigne aucun élément « {french} » de la convention."
            if french
            else f"« {link} » ne désigne rien : un lien s’écrit « Nature:identifiant »."
        )
        expected = ", ".join(names) if names else "Action:II_1.1, Axis:II, Organisation:CRESS-RA…"
        expected = f"l’un de : {expected}"
        return Fault("error", "unknown_reference", message, file, value=link, expected=expected)
