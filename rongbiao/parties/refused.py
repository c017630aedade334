"""Refusals (不予办理): a full sentence that says why, and under which rule."""


class Refused(Exception):
    """What was asked may not be done by this person, now, with these words."""
