"""Binding (合订): one PDF of several, page after page, in a process that may be killed.

pdfium opens what somebody uploaded; it runs apart, as reading does (decision 0012).
"""

import io
import json
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

MB = 1024 * 1024
MEMORY, SECONDS = 1536 * MB, 30
ROOT = Path(__file__).resolve().parents[3]  # where the package stands


class Unbound(ValueError):
    """One of the files cannot be bound; the others are good by themselves."""


def bound(files: Sequence[bytes]) -> bytes:
    """Return one PDF of several; raise Unbound where pdfium cannot open one or takes too long."""
    head = json.dumps([len(file) for file in files]).encode() + b"\n"
    try:
        done = subprocess.run(  # noqa: S603 — our own interpreter and module
            [sys.executable, "-P", "-m", __name__],
            input=head + b"".join(files),
            capture_output=True,
            cwd="/",
            env={"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unbound from None
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        raise Unbound
    return done.stdout


def _bind(files: Sequence[bytes]) -> bytes:
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    for file in files:
        whole.import_pages(pypdfium2.PdfDocument(file))
    made = io.BytesIO()
    whole.save(made)
    return made.getvalue()


def main() -> int:
    """Bind what comes on standard input; it limits itself before it looks at the first byte."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    if sys.platform.startswith("linux"):  # elsewhere the system does not keep it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    sizes = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(_bind([sys.stdin.buffer.read(size) for size in sizes]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
