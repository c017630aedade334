"""Every procedure (事项) of this house; importing this file declares them."""

from .citation_duty import CitationDuty
from .correction import Correction
from .enterprise_account import EnterpriseAccount
from .local_standard import LocalStandard
from .local_standard_review import LocalStandardReview
from .named_report import NamedReportProcedure
from .proposal import Proposal
from .self_declaration import SelfDeclaration
from .supervision import Supervision

__all__ = [
    "CitationDuty", "Correction", "EnterpriseAccount", "LocalStandard", "LocalStandardReview",
    "NamedReportProcedure", "Proposal", "SelfDeclaration", "Supervision",
]  # fmt: skip
