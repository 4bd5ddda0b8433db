"""What in a text is not body, and where its paragraphs are.

`parts` reads a text: `wrapping` and `list_items` say which line breaks mean something, `titles`, `credits` and
`datelines` know what stands round the body, `lines` and `prose` what a finished line and a sentence look like.
"""

from framing.layout.lines import paragraphs
from framing.layout.parts import Layout, blank, read_layout

__all__ = ["Layout", "blank", "paragraphs", "read_layout"]
