"""The convention as a whole: a folder of readable files, turned into one validated batch."""

from importlib.resources import files
from importlib.resources.abc import Traversable

from graphmodel.batch import Batch, BatchBuilder, Source
from loaders.convention.ambiguities import AmbiguitiesFile, add_ambiguities
from loaders.convention.citation import Entry
from loaders.convention.contract import ContractFile, add_contract, check_organisations
from loaders.convention.entities import (
    EntitiesFile,
    add_frameworks,
    add_instruments,
    add_named_organisations,
)
from loaders.convention.follow_up import FollowUpFile, add_follow_up
from loaders.convention.funding import FundingFile, add_funding
from loaders.convention.governance import GovernanceFile, add_governance, add_seats
from loaders.convention.parties import PartiesFile, add_parties
from loaders.convention.plan import PlanFile, add_pilots, add_plan
from loaders.convention.reader import FolderReader
from loaders.convention.register import Register
from loaders.convention.statements import StatementEntry, add_statements
from loaders.convention.themes import ThemesFile, add_themes

BUNDLED_ID = "convention"
"""Identity of the bundled convention as a source."""


class ContextFile(Entry):
    """`context.yaml`: what is known from outside the text, each with its source."""

    statements: tuple[StatementEntry, ...] = ()


class Convention(Entry):
    """Every file of a convention's folder; each field is named after its file."""

    contract: ContractFile
    parties: PartiesFile
    action_plan: PlanFile
    themes_and_targets: ThemesFile
    governance: GovernanceFile
    funding: FundingFile
    follow_up: FollowUpFile
    named_entities: EntitiesFile
    ambiguities: AmbiguitiesFile
    context: ContextFile


def bundled_folder() -> Traversable:
    """Return the folder of the convention that comes with the package."""
    return files("loaders.convention")


def read_convention(folder: Traversable | None = None) -> tuple[Convention, str]:
    """Return a convention's files as read, and the SHA-256 of their bytes one after the other.

    Parameters
    ----------
    folder
        Folder that holds the ten files; None for the bundled one.

    Raises
    ------
    InputFaultsError
        With every fault of every file.
    """
    reader = FolderReader(bundled_folder() if folder is None else folder, tuple(Convention.model_fields))
    return reader.read(Convention), reader.sha256


def load_convention(folder: Traversable | None = None) -> Batch:
    """Return a convention as a validated batch, every row with its quote and lines where it has them.

    Parameters
    ----------
    folder
        Folder that holds the ten files; None for the bundled one. A `pathlib.Path` will do.

    Raises
    ------
    InputFaultsError
        With every fault: files, links to nothing, rows against the schema.
    """
    convention, sha256 = read_convention(folder)
    contract = convention.contract.contract.id
    identity = BUNDLED_ID if folder is None else f"{BUNDLED_ID}-{contract}"
    source = Source(identity, convention.contract.contract.name, sha256, "convention")
    builder = BatchBuilder(source, contract=contract)
    register = add_contract(builder, convention.contract)
    _add_elements(register, convention)
    _add_statements(register, convention)
    return builder.build()


def _add_elements(register: Register, convention: Convention) -> None:
    """Add nodes before the relationships that name them."""
    add_plan(register, convention.action_plan)
    add_parties(register, convention.parties)
    add_named_organisations(register, convention.named_entities)
    add_frameworks(register, convention.named_entities)
    check_organisations(register, convention.contract)
    add_pilots(register, convention.action_plan)
    add_governance(register, convention.governance)
    add_seats(register, convention.governance, convention.parties)
    add_themes(register, convention.themes_and_targets)
    add_funding(register, convention.funding)
    add_follow_up(register, convention.follow_up)
    add_instruments(register, convention.named_entities)
    add_ambiguities(register, convention.ambiguities, convention.parties)


def _add_statements(register: Register, convention: Convention) -> None:
    position = 1
    for name in Convention.model_fields:
        statements = getattr(getattr(convention, name), "statements", ())
        position = add_statements(register, f"{name}.yaml", statements, position)
