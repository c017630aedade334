"""Files that the archive does not take in, with the sentence that says why."""


class Unacceptable(Exception):
    """The file may not be kept; the message is a full sentence for the person who sent it."""
