"""Word lists of other programs: quanteda's YAML, LIWC's .dic, plain CSV; read into codebooks and written from them."""

from framing.dictionaries.foreign import Lost, Written
from framing.dictionaries.formats import FORMATS, format_of, toml_from, written_as
from framing.dictionaries.writable import plain_categories

__all__ = ["FORMATS", "Lost", "Written", "format_of", "plain_categories", "toml_from", "written_as"]
