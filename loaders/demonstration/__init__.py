"""The demonstration: fictional annual reports and zones, loaded through the same readers as any other file.

Nothing here is true but the communes, the parties to the contract and what the convention says. Every batch
is flagged fictional.
"""

from importlib.resources import as_file

from graphmodel import Batch
from loaders.demonstration.draw import SEED
from loaders.demonstration.files import (
    WORKBOOK,
    bundled,
    neighbourhood_batch,
    neighbourhoods,
    rural_batch,
    urban_unit_batch,
)

__all__ = ["SEED", "load_demonstration", "neighbourhoods"]


def load_demonstration() -> list[Batch]:
    """Return the fictional quarters, rural communes, urban units and annual reports, in loading order.

    The reports refer to the bundled convention and to the territory reference, which a store must hold.

    Raises
    ------
    InputFaultsError
        A file of the package was changed and no longer reads.
    """
    from loaders.convention import load_convention
    from loaders.workbook import known_of_batches, read_workbook

    zones = [neighbourhood_batch(), rural_batch(), urban_unit_batch()]
    known = known_of_batches([load_convention(), *zones])
    with as_file(bundled(WORKBOOK)) as path:
        return [*zones, read_workbook(path, known)]
