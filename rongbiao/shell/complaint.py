"""Complaints: what the shell says in one sentence before it ends with status 2."""


class Complaint(Exception):
    """The command cannot be carried out; the message says what and where, and what to do."""
