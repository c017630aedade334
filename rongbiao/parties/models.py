"""The tables of the parties floor, gathered from one file per noun."""

from .allowance import Allowance
from .group import Group, Membership
from .journal import Act
from .organization import Organization
from .person import Person
from .post import Post
from .region import Region
from .serial import Serial
from .token import Reply, Token

__all__ = [
    "Act",
    "Allowance",
    "Group",
    "Membership",
    "Organization",
    "Person",
    "Post",
    "Region",
    "Reply",
    "Serial",
    "Token",
]
