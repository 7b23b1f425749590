"""The whole data dictionary: the schema's, and where each element of the convention goes.

`python -m loaders.dictionary docs/dictionnaire.md` writes it; `make docs` does that.
"""

import sys
from pathlib import Path

from graphmodel.schema.dictionary import KeyMap, dictionary_markdown, read_key_map
from loaders.convention import bundled_folder


def convention_map() -> KeyMap:
    """Return where each element of the extraction of the convention goes, and the file that holds it."""
    return read_key_map(
        bundled_folder() / "mapping.csv",
        "Où va chaque élément de la convention",
        "« Élément » est le chemin dans l’extraction du texte ; « Fichier » est celui de "
        "`loaders/convention/` qui le porte. `attestation` est la citation et ses lignes, gardées avec "
        "chaque ligne du graphe.",
        (("source_path", "Élément"), ("file", "Fichier"), ("place", "Place"), ("note", "Remarque")),
    )


def data_dictionary() -> str:
    """Return `docs/dictionnaire.md`."""
    return dictionary_markdown([convention_map()])


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.write_text(data_dictionary(), encoding="utf-8", newline="\n")
    print(f"Écrit : {target}")
