"""Every procedure (事项) of this house; importing this file declares them."""

from .citation_duty import CitationDuty
from .correction import Correction
from .local_standard import LocalStandard
from .local_standard_review import LocalStandardReview
from .proposal import Proposal

__all__ = ["CitationDuty", "Correction", "LocalStandard", "LocalStandardReview", "Proposal"]
