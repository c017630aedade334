"""The tables of the cases floor, gathered from one file per noun."""

from .case import Case
from .entry import Agreement, Attachment, Checkpoint, Entry, Head, Personal
from .message import Message
from .seat import Seat

__all__ = [
    "Agreement", "Attachment", "Case", "Checkpoint", "Entry", "Head", "Message", "Personal", "Seat",
]  # fmt: skip
