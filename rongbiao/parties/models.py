"""The tables of the parties floor, gathered from one file per noun."""

from .group import Group, Membership
from .journal import Act
from .allowance import Allowance
from .organization import Organization
from .person import Person
from .post import Post
from .region import Region

__all__ = [
    "Act",
    "Allowance",
    "Group",
    "Membership",
    "Organization",
    "Person",
    "Post",
    "Region",
]
