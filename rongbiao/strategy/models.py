"""The tables of the strategy floor, gathered from one file per noun."""

from .assignment import Assignment, Charge
from .decision import Decision, Step
from .plan import Clause, Plan, Reading
from .report import Evidence, Quarter, Report
from .target import CoursePoint, Target
from .task import Task

__all__ = [
    "Assignment",
    "Charge",
    "Clause",
    "CoursePoint",
    "Decision",
    "Evidence",
    "Plan",
    "Quarter",
    "Reading",
    "Report",
    "Step",
    "Target",
    "Task",
]
