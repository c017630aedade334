"""The demonstration world: whether it is here."""

from .person import Person


def present() -> bool:
    """Tell whether demonstration data is in this installation."""
    return Person.objects.filter(demonstration=True).exists()
