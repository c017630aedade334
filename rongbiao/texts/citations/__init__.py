"""Citations (引用): which standards a text cites, where, and which clause of them."""

from __future__ import annotations

from .citation import Citation, Mention
from .finding import find_citations

__all__ = ["Citation", "Mention", "find_citations"]
