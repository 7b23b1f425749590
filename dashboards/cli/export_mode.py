"""`--mode` of the exports: for publication by default, as a working document on demand."""

from enum import StrEnum
from typing import Annotated

import typer


class ExportMode(StrEnum):
    """What a file is for."""

    WORKING = "working"
    PUBLICATION = "publication"


ModeOption = Annotated[ExportMode, typer.Option("--mode", help="Publication, ou document de travail.")]
