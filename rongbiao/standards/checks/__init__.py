"""The precheck (预检): what an inspection would find in a statement, found before it is declared.

``findings(statements, day)`` looks through any number of statements with a constant number of
questions to the database for each portion, and returns for each of them what it found.
"""

from .finding import Finding, Grade
from .looking import findings

__all__ = ["Finding", "Grade", "findings"]
