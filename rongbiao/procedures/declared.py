"""Every procedure (事项) of this house; importing this file declares them."""

from .correction import Correction
from .local_standard import LocalStandard
from .local_standard_review import LocalStandardReview
from .proposal import Proposal

__all__ = ["Correction", "LocalStandard", "LocalStandardReview", "Proposal"]
