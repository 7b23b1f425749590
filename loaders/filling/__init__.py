"""What a store holds, put in the sheets of the template: the whole of it, or one operator's next report."""

from loaders.filling.left_out import LeftOut
from loaders.filling.links import Links
from loaders.filling.operator_content import operator_content, operators
from loaders.filling.store_content import store_content

__all__ = ["LeftOut", "Links", "operator_content", "operators", "store_content"]
