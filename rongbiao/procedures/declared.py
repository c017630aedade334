"""Every procedure (事项) of this house; importing this file declares them."""

from .association_account import AssociationAccount
from .citation_duty import CitationDuty
from .conversion import Conversion
from .correction import Correction
from .enterprise_account import EnterpriseAccount
from .feedback import FeedbackProcedure
from .fostering import FosteringCriteria, FosteringPlan
from .group_standard import GroupDeclaration, GroupStandard
from .group_standard_review import GroupStandardReview
from .implementation import Implementation
from .leader import LeaderApplying
from .leader_adjustment import LeaderAdjustment
from .leader_list import LeaderRanking
from .leader_plan import LeaderPlanning
from .local_standard import LocalStandard
from .local_standard_review import LocalStandardReview
from .named_report import NamedReportProcedure
from .proposal import Proposal
from .self_declaration import SelfDeclaration
from .supervision import Supervision
from .transfer import Transfer

__all__ = [
    "AssociationAccount", "CitationDuty", "Conversion", "Correction", "EnterpriseAccount",
    "FeedbackProcedure", "FosteringCriteria", "FosteringPlan", "GroupDeclaration", "GroupStandard",
    "GroupStandardReview", "Implementation", "LeaderAdjustment", "LeaderApplying", "LeaderPlanning",
    "LeaderRanking", "LocalStandard", "LocalStandardReview", "NamedReportProcedure", "Proposal",
    "SelfDeclaration", "Supervision", "Transfer",
]  # fmt: skip
