"""The JSON form of a contract's data: a whole data set in one file, read and written.

Each section of the form has its module, which says where its keys go in the graph and brings them back:
`general`, `organisations`, `participation`, `territories` and `territory_export`, `places`, `funding`,
`economy`, `follow_up`, `employment`, `policy`, `governance`. The whole mapping stands in
`docs/dictionnaire.md`.
"""

from loaders.contract_json.exporter import export_contract_json
from loaders.contract_json.reader import read_contract_json

__all__ = ["export_contract_json", "read_contract_json"]
