"""Every procedure (事项) of this house; importing this file declares them."""

from .citation_duty import CitationDuty
from .correction import Correction
from .enterprise_account import EnterpriseAccount
from .leader import LeaderApplying
from .leader_adjustment import LeaderAdjustment
from .leader_list import LeaderRanking
from .leader_plan import LeaderPlanning
from .local_standard import LocalStandard
from .local_standard_review import LocalStandardReview
from .proposal import Proposal
from .self_declaration import SelfDeclaration

__all__ = [
    "CitationDuty", "Correction", "EnterpriseAccount", "LeaderAdjustment", "LeaderApplying",
    "LeaderPlanning", "LeaderRanking", "LocalStandard", "LocalStandardReview", "Proposal",
    "SelfDeclaration",
]  # fmt: skip
