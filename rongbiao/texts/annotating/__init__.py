r"""Annotating (批注): comments written into a Word document beside the words they are about.

The comments are real ones (``word/comments.xml``, ISO/IEC 29500-1 section 17.13.4). Nothing
else of the document changes: every part but the body, the comments, and the two lists that
must name them is copied byte by byte. Headers, footers and notes cannot hold comments; what
is about those stands in one comment at the very beginning.

>>> data = plain_docx(["按GB 1-1999执行"])
>>> made = annotated(data, [Annotation("已被代替。", "word/document.xml", 0, 1, 0, 10)], "核查结果")
>>> made[:2], made != data
(b'PK', True)
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple

from rongbiao.texts.documents.apart import answer
from rongbiao.texts.documents.limits import SECONDS

from .annotation import Annotation
from .package import annotated
from .plain import PART, plain_docx

__all__ = ["PART", "Annotation", "annotate_apart", "annotated", "plain_docx"]


def annotate_apart(data: bytes, annotations: Sequence[Annotation], head: str) -> bytes:
    """Return what :func:`annotated` does, by a process that is limited and killed.

    What strangers send is XML for a C library, here as where it is read.
    """
    order = {"annotations": [astuple(one) for one in annotations], "head": head}
    line = json.dumps(order, ensure_ascii=True).encode()
    _said, made = answer(line + b"\n" + data, __name__, SECONDS, {})
    return made
