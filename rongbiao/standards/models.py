"""The tables of the standards floor, gathered from one file per noun."""

from .declaration import Declaration
from .standard import Participation, Standard

__all__ = ["Declaration", "Participation", "Standard"]
