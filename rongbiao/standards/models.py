"""The tables of the standards floor, gathered from one file per noun."""

from .change import Change
from .citing.alert import Alert, Watch
from .citing.document import CitingDocument
from .citing.duty import Duty
from .citing.kept import KeptCitation
from .claim import Claim
from .declaration import Declaration
from .event import Event
from .letter import Letter
from .load import Load, Mapping
from .relation import Relation
from .standard import Participation, Standard
from .subscription import Subscription

__all__ = [
    "Alert",
    "Change",
    "CitingDocument",
    "Claim",
    "Declaration",
    "Duty",
    "Event",
    "KeptCitation",
    "Letter",
    "Load",
    "Mapping",
    "Participation",
    "Relation",
    "Standard",
    "Subscription",
    "Watch",
]
