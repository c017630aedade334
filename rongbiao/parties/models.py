"""The tables of the parties floor, gathered from one file per noun."""

from .allowance import Allowance
from .day_change import DayChange
from .draw import Draw
from .expertise import Expertise
from .group import Group, Membership
from .journal import Act
from .organization import Organization
from .person import Person
from .post import Post
from .region import Region
from .rule_change import RuleChange
from .serial import Serial
from .tie import Tie
from .token import Reply, Token

__all__ = [
    "Act",
    "Allowance",
    "DayChange",
    "Draw",
    "Expertise",
    "Group",
    "Membership",
    "Organization",
    "Person",
    "Post",
    "Region",
    "Reply",
    "RuleChange",
    "Serial",
    "Tie",
    "Token",
]
