"""Reading apart (另起进程读取): what strangers send is opened in a process that may be killed.

The libraries that open PDF, XML and Excel are written in C and Rust; a hostile file may make
them take all memory, never end, or fall. So they run in a process of their own, with limits
of memory, processor and clock, with no environment, and without leave to write any file. Its
answer is JSON and text. No shell; the file goes over as an open descriptor without a name.
"""

from __future__ import annotations

import json
import os
import resource
import selectors
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from .document import Document
from .limits import MB, MEMORY, SECONDS
from .unreadable import TooSlow, Unreadable, _

ROOT = Path(__file__).resolve().parents[3]  # where the package stands
NAME, LIMIT = "RONGBIAO_DOCUMENT_NAME", "RONGBIAO_DOCUMENT_SECONDS"
MOST_REPLY = 160 * MB
CHUNK = MB
AT_ONCE = 2  # of one process, so that many files at once do not take all memory
OUT_OF_MEMORY = 3  # exit status
turns = threading.BoundedSemaphore(AT_ONCE)


def ask(data: bytes, name: str, seconds: float = SECONDS) -> Document:
    """Let another process read a file; return the document or raise Unreadable."""
    environment = {NAME: name.encode("utf-8", "replace").decode()}
    said, text = answer(data, __package__, seconds, environment)
    return Document.from_json(said["document"], text.decode("utf-8", "surrogatepass"))


def answer(
    data: bytes, module: str, seconds: float, environment: dict[str, str]
) -> tuple[dict[str, Any], bytes]:
    """Let a module that works apart answer to what it is given: what it says, and bytes.

    Raises Unreadable with what it refused, or with why it did not come to an end.
    """
    if not turns.acquire(timeout=3 * SECONDS):
        raise Unreadable(_("正在读取的文件较多，请稍后再试。"))
    try:
        status, reply = _run(data, module, seconds, environment)
    finally:
        turns.release()
    if status is None:
        words = _("读取超过 {seconds} 秒，已停止，请精简或拆分后再试。")
        raise TooSlow(words, seconds=SECONDS)
    if status == OUT_OF_MEMORY:
        words = _("读取所需内存超过 {most} MB，已停止，请精简或拆分后再试。")
        raise Unreadable(words, most=MEMORY // MB)
    head, _end, rest = reply.partition(b"\n")
    if status or not head:  # Rust and pdfium fall where memory ends, and say nothing
        words = _("读取中断：文件已损坏，或者所需内存超过 {most} MB，请重新导出或拆分后再试。")
        raise Unreadable(words, most=MEMORY // MB)
    said = json.loads(head)
    if "refused" in said:
        raise Unreadable.from_json(said["refused"])
    return said, rest


def limit() -> None:
    """Bound memory, processor and clock of this process; forbid files and dumps of memory."""
    seconds = int(os.environ.get(LIMIT, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    if sys.platform.startswith("linux"):  # elsewhere the system does not keep it
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.alarm(seconds + 5)  # also when whoever asked is gone


def work(do: Callable[[bytes], tuple[dict[str, Any], bytes]]) -> int:
    """Answer standard input on standard output; status 0 with an answer, 3 where memory ends.

    What runs so limits itself before it looks at the first byte.
    """
    limit()
    try:
        rest = b""
        try:
            said, rest = do(sys.stdin.buffer.read())
        except Unreadable as why:
            said = {"refused": why.to_json()}
        sys.stdout.buffer.write(json.dumps(said, ensure_ascii=True).encode() + b"\n" + rest)
        sys.stdout.buffer.flush()
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def _run(
    data: bytes, module: str, seconds: float, environment: dict[str, str]
) -> tuple[int | None, bytes]:
    """Run the module; return its exit status, None when it took too long, and its answer."""
    with tempfile.TemporaryFile() as file:  # without a name from the start: nothing can stay
        file.write(data)
        file.seek(0)
        reader = subprocess.Popen(  # noqa: S603 — our own interpreter and module
            [sys.executable, "-P", "-m", module],
            stdin=file,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env={
                "PYTHONPATH": str(ROOT),
                "PYTHONDONTWRITEBYTECODE": "1",
                "PYTHONUTF8": "1",
                LIMIT: str(int(seconds) + 1),
                **environment,
            },
            start_new_session=True,
        )
    with reader:
        try:
            reply = _reply(reader.stdout, time.monotonic() + seconds)
            status = None if reply is None else reader.wait(5)
        except subprocess.TimeoutExpired:
            reply, status = None, None
        finally:
            kill(reader)
    if status in {-signal.SIGXCPU, -signal.SIGALRM}:
        status = None
    return status, reply or b""


def _reply(stream: IO[bytes] | None, until: float) -> bytes | None:
    """Return all that comes from a pipe before it is too late, or None."""
    assert stream is not None
    parts: list[bytes] = []
    length = 0
    with selectors.DefaultSelector() as waiting:
        waiting.register(stream, selectors.EVENT_READ)
        while (left := until - time.monotonic()) > 0:
            if not waiting.select(left):
                continue
            part = os.read(stream.fileno(), CHUNK)
            if not part:
                return b"".join(parts)
            parts.append(part)
            length += len(part)
            if length > MOST_REPLY:
                return None
    return None


def kill(reader: subprocess.Popen[bytes]) -> None:
    """End a process with all that it started, if it still runs."""
    if reader.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(reader.pid, signal.SIGKILL)
