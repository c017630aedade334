"""The tables of the standards floor, gathered from one file per noun."""

from .association import Association
from .campaign import Campaign
from .change import Change
from .citing.alert import Alert, Watch
from .citing.document import CitingDocument
from .citing.duty import Duty
from .citing.kept import KeptCitation
from .claim import Claim
from .code_title import CodeTitle
from .declaration import Declaration
from .disclosure import Disclosure
from .event import Event
from .fingerprint import Fingerprint
from .gap import Gap
from .indicator import Indicator
from .inspection import Inspection
from .letter import Letter
from .load import Load, Mapping
from .precheck import Precheck
from .relation import Relation
from .requirement import Requirement
from .standard import Participation, Standard
from .statement import Statement
from .subscription import Subscription

__all__ = [
    "Alert",
    "Association",
    "Campaign",
    "Change",
    "CitingDocument",
    "Claim",
    "CodeTitle",
    "Declaration",
    "Disclosure",
    "Duty",
    "Event",
    "Fingerprint",
    "Gap",
    "Indicator",
    "Inspection",
    "KeptCitation",
    "Letter",
    "Load",
    "Mapping",
    "Participation",
    "Precheck",
    "Relation",
    "Requirement",
    "Standard",
    "Statement",
    "Subscription",
    "Watch",
]
