"""The process that annotates apart: a line of JSON and a docx on standard input, a docx back."""

from __future__ import annotations

import json
import sys
from typing import Any

from rongbiao.texts.annotating import Annotation, annotated
from rongbiao.texts.documents.apart import work


def annotate(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return nothing to tell, and the annotated document."""
    line, _end, document = data.partition(b"\n")
    order = json.loads(line)
    annotations = [Annotation(*one) for one in order["annotations"]]
    return {}, annotated(document, annotations, order["head"])


if __name__ == "__main__":
    sys.exit(work(annotate))
