"""Every table of this floor."""

from .fostering import Criterion, Fostering
from .leader import Leader, NationalLeader, StandingLoss
from .leader_application import LeaderApplication
from .leader_list import LeaderList
from .leader_plan import LeaderPlan
from .recognition import Recognition

__all__ = [
    "Criterion", "Fostering", "Leader", "LeaderApplication", "LeaderList", "LeaderPlan",
    "NationalLeader", "Recognition", "StandingLoss",
]  # fmt: skip
