"""An annotation (批注) as a value: what it says, and the words it is about."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Annotation:
    """A comment and its place, as :meth:`rongbiao.texts.documents.Document.within` gives it.

    ``words`` is what must stand there (empty: whatever does); where something else does, the
    comment is not put there. ``elsewhere`` is what the first comment says of it when there is
    no place for it in the body.
    """

    text: str
    part: str
    paragraph: int
    start: int  # letter in that paragraph
    end_paragraph: int
    end: int
    words: str = ""
    elsewhere: str = ""
