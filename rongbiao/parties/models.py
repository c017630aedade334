"""The tables of the parties floor, gathered from one file per noun."""

from .allowance import Allowance
from .day_change import DayChange
from .group import Group, Membership
from .journal import Act
from .organization import Organization
from .person import Person
from .post import Post
from .region import Region
from .rule_change import RuleChange
from .serial import Serial
from .token import Reply, Token

__all__ = [
    "Act",
    "Allowance",
    "DayChange",
    "Group",
    "Membership",
    "Organization",
    "Person",
    "Post",
    "Region",
    "Reply",
    "RuleChange",
    "Serial",
    "Token",
]
