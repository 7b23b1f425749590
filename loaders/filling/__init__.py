"""What a store holds, put in the sheets of the template: the whole of it, or one operator's next report."""

from loaders.filling.store_content import LeftOut, store_content

__all__ = ["LeftOut", "store_content"]
