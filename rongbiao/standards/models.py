"""The tables of the standards floor, gathered from one file per noun."""

from .change import Change
from .claim import Claim
from .declaration import Declaration
from .load import Load, Mapping
from .relation import Relation
from .standard import Participation, Standard

__all__ = [
    "Change",
    "Claim",
    "Declaration",
    "Load",
    "Mapping",
    "Participation",
    "Relation",
    "Standard",
]
