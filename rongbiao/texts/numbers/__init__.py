"""Standard numbers (标准编号): read, print, compare, order; nothing here knows Django."""

from __future__ import annotations

from .bulk import Loaded, bulk_numbers
from .codes import Kind, Publisher
from .number import Change, NotANumber, StandardNumber
from .reading import read_number

__all__ = [
    "Change", "Kind", "Loaded", "NotANumber", "Publisher", "StandardNumber", "bulk_numbers", "read_number",
]  # fmt: skip
