"""The process that reads apart: a file on standard input, the document on standard output.

It limits itself before it looks at the first byte, so that this holds on every way it is started.
"""

from __future__ import annotations

import json
import os
import resource
import signal
import sys

from rongbiao.texts.documents import read_document
from rongbiao.texts.documents.apart import LIMIT, NAME, OUT_OF_MEMORY
from rongbiao.texts.documents.limits import MEMORY, SECONDS
from rongbiao.texts.documents.unreadable import Unreadable


def limit() -> None:
    """Bound memory, processor and clock; forbid files and dumps of memory."""
    seconds = int(os.environ.get(LIMIT, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    if sys.platform.startswith("linux"):  # elsewhere the system does not keep it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(seconds + 5)  # also when whoever asked is gone


def main() -> int:
    """Read, answer, end: status 0 with an answer, 3 where memory does not suffice."""
    limit()
    try:
        data = sys.stdin.buffer.read()
        text = ""
        try:
            document = read_document(data, os.environ.get(NAME, ""))
            said, text = {"document": document.to_json()}, document.text
        except Unreadable as why:
            said = {"refused": why.to_json()}
        head = json.dumps(said, ensure_ascii=True).encode()
        sys.stdout.buffer.write(head + b"\n")
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
        sys.stdout.buffer.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


if __name__ == "__main__":
    sys.exit(main())
