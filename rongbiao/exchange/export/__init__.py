"""Export (导出): standards as tables, lines and citations; what is filtered is what goes out.

``walk`` yields the standards that a question finds, in the order of its page; ``KINDS``
says how they are written. Everything streams: a million standards cost no more memory
than a thousand.
"""

from .citing import cite
from .records import record
from .streams import KINDS, Kind
from .walking import walk

__all__ = ["KINDS", "Kind", "cite", "record", "walk"]
