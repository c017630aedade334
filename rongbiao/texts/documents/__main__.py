"""The process that reads apart: a file on standard input, the document on standard output."""

from __future__ import annotations

import os
import sys
from typing import Any

from rongbiao.texts.documents import read_document
from rongbiao.texts.documents.apart import NAME, work


def read(data: bytes) -> tuple[dict[str, Any], bytes]:
    """Return what a document tells, and its text."""
    document = read_document(data, os.environ.get(NAME, ""))
    return {"document": document.to_json()}, document.text.encode("utf-8", "surrogatepass")


if __name__ == "__main__":
    sys.exit(work(read))
