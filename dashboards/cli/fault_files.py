"""`load --report` and `load --annotated`: the faults in files, for whoever has to mend them."""

from collections.abc import Sequence
from pathlib import Path

from dashboards.cli.session import SESSION
from graphmodel import Fault, InputFaultsError, UsageError

_FOLDER_NAME = "{stem}-annoté.xlsx"


def check_targets(paths: Sequence[str], report: Path | None, annotated: Path | None) -> None:
    """Refuse targets that could not be written, before anything is loaded.

    Raises
    ------
    UsageError
        A file that exists, an extension of no known format, one copy for several files.
    """
    from loaders.import_report.fault_table import refuse_existing

    if report is not None:
        if report.suffix.lower() not in (".csv", ".xlsx"):
            raise UsageError("Le rapport (--report) est un fichier .csv ou .xlsx.")
        refuse_existing(report)
    if annotated is None:
        return
    if annotated.suffix.lower() == ".xlsx" and len(paths) > 1:
        raise UsageError(
            "--annotated FICHIER.xlsx va avec un seul fichier ; pour plusieurs, donnez un dossier."
        )
    for path in paths:
        refuse_existing(_target(Path(path), annotated))


def write_reports(
    paths: Sequence[str], faults: Sequence[Fault], report: Path | None, annotated: Path | None
) -> None:
    """Write the table of the faults and the annotated copies that were asked for, and say so."""
    if report is not None:
        from loaders.import_report import write_fault_table

        SESSION.say(f"Rapport : {write_fault_table(faults, report)}")
    if annotated is not None:
        for path in map(Path, paths):
            _annotate(path, [fault for fault in faults if fault.file == path.name], annotated)


def _annotate(path: Path, faults: Sequence[Fault], annotated: Path) -> None:
    from loaders.import_report import annotate

    if not path.is_file():
        SESSION.say(f"« {path} » est un jeu fourni : il n’y a rien à annoter.")
    elif not faults:
        SESSION.say(f"{path.name} : aucune faute, aucune copie à annoter.")
    else:
        try:
            SESSION.say(annotate(path, faults, _target(path, annotated)).sentence())
        except InputFaultsError:
            SESSION.say(f"{path.name} ne s’ouvre pas comme un tableau : aucune copie à annoter.")


def _target(path: Path, annotated: Path) -> Path:
    if annotated.suffix.lower() == ".xlsx":
        return annotated
    return annotated / _FOLDER_NAME.format(stem=path.stem)
