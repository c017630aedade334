"""The tables of the standards floor, gathered from one file per noun."""

from .change import Change
from .claim import Claim
from .declaration import Declaration
from .event import Event
from .letter import Letter
from .load import Load, Mapping
from .relation import Relation
from .standard import Participation, Standard
from .subscription import Subscription

__all__ = [
    "Change",
    "Claim",
    "Declaration",
    "Event",
    "Letter",
    "Load",
    "Mapping",
    "Participation",
    "Relation",
    "Standard",
    "Subscription",
]
