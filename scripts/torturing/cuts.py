"""G7: power cuts. What a worker wrote is written down; at a cut only what was synced is sure.

The model is strict: bytes are safe once their file was synced, names (made, renamed,
removed) once their folder was. Of the rest nothing, everything, or a random part survives.
"""

from __future__ import annotations

import random
import shutil
import struct
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .installation import ROOT, asked, copied, prepared, surroundings

HEAD = struct.Struct("<cHQI")
MODES = ("none", "random", "all")


@dataclass
class Op:
    """One thing that was done to the disk."""

    kind: str
    path: str
    at: int
    data: bytes


@dataclass
class Disk:
    """Files by number and names by path, as they surely are; and what is not sure yet."""

    files: dict[int, bytearray] = field(default_factory=dict)
    names: dict[str, int] = field(default_factory=dict)  # sure names
    now: dict[str, int] = field(default_factory=dict)  # names as programs see them
    bytes_open: dict[int, list[Op]] = field(default_factory=dict)
    names_open: list[tuple[str, Op, int]] = field(default_factory=list)
    folders: set[str] = field(default_factory=set)

    def begin(self, root: Path) -> None:
        """Take what is on disk before the first act as sure."""
        for path in root.rglob("*"):
            if path.is_dir():
                self.folders.add(str(path))
            elif path.is_file():
                number = len(self.files)
                self.files[number] = bytearray(path.read_bytes())
                self.names[str(path)] = self.now[str(path)] = number

    def do(self, op: Op) -> None:
        """Note one operation."""
        folder = str(Path(op.path).parent)
        if op.kind == "o":
            number = self.now.setdefault(op.path, len(self.files))
            self.files.setdefault(number, bytearray())
            self.names_open.append((folder, op, number))
        elif op.kind == "d":
            self.settle(op.path)
        elif op.kind == "m":
            self.folders.add(op.path)
        elif op.path in self.now:
            self.touch(folder, op)

    def touch(self, folder: str, op: Op) -> None:
        """Note what was done to a file that has a name."""
        number = self.now[op.path]
        if op.kind in "wt":
            self.bytes_open.setdefault(number, []).append(op)
        elif op.kind == "s":
            for one in self.bytes_open.pop(number, []):
                apply(self.files[number], one)
        else:
            del self.now[op.path]
            if op.kind == "r":
                self.now[op.data.decode()] = number
            self.names_open.append((folder, op, number))

    def settle(self, folder: str) -> None:
        """A folder was synced: its names are sure."""
        for _folder, op, number in (one for one in self.names_open if one[0] == folder):
            rename(self.names, op, number)
        self.names_open = [one for one in self.names_open if one[0] != folder]

    def cut(self, root: Path, to: Path, mode: str, chance: random.Random) -> None:
        """Write what a power cut leaves into a folder."""

        def survives() -> bool:
            return mode == "all" or (mode == "random" and chance.random() < 0.5)

        names = dict(self.names)
        for _folder, op, number in self.names_open:
            if survives():
                rename(names, op, number)
        if to.exists():
            shutil.rmtree(to)
        for folder in sorted([str(root), *self.folders]):
            (to / Path(folder).relative_to(root)).mkdir(parents=True, exist_ok=True)
        for path, number in names.items():
            content = bytearray(self.files[number])
            for op in self.bytes_open.get(number, []):
                if survives():
                    apply(content, op)
            target = to / Path(path).relative_to(root)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def apply(content: bytearray, op: Op) -> None:
    """Do a write or a truncation to some content."""
    if op.kind == "t":
        del content[op.at :]
        content.extend(bytes(max(op.at - len(content), 0)))
        return
    content.extend(bytes(max(op.at - len(content), 0)))
    content[op.at : op.at + len(op.data)] = op.data


def rename(names: dict[str, int], op: Op, number: int) -> None:
    """Do to names what was done to them."""
    if op.kind != "o":
        names.pop(op.path, None)
    if op.kind != "u":
        names[op.data.decode() if op.kind == "r" else op.path] = number


def ops(log: Path) -> Iterator[Op]:
    """Read what was written down."""
    content, place = log.read_bytes(), 0
    while place + HEAD.size <= len(content):
        kind, size, at, length = HEAD.unpack_from(content, place)
        place += HEAD.size
        path = content[place : place + size].decode()
        data = content[place + size : place + size + length]
        place += size + length
        yield Op(kind.decode(), path, at, data)


def compiled(name: str, folder: Path) -> Path | None:
    """Return a library to be loaded before the C library, compiled; None without a compiler."""
    compiler = shutil.which("cc") or shutil.which("gcc")
    if compiler is None:
        return None
    made = (folder / name).with_suffix(".so")
    source = ROOT / "scripts/torturing" / name
    words = [compiler, "-shared", "-fPIC", "-O2", "-o", str(made), str(source), "-ldl", "-lpthread"]
    subprocess.run(words, check=True)  # noqa: S603
    return made


def cuts(folder: Path, times: int, seconds: float = 40) -> Iterator[str]:
    """Yield sentences about so many cuts in one stretch of work."""
    library = compiled("shim.c", folder)
    if library is None:
        yield "没有 C 编译器，不能模拟断电，已跳过。"
        return
    var = prepared(folder, waiting=60)
    before = copied(var, folder / "before")
    log, acks = folder / "log", var / "acks"
    worker = subprocess.Popen(  # noqa: S603
        [sys.executable, str(ROOT / "scripts/torturing/worker.py"), "7"],
        cwd=ROOT,
        env=surroundings(var)
        | {
            "ACKS": str(acks),
            "LD_PRELOAD": str(library),
            "CUT_ROOT": str(var),
            "CUT_LOG": str(log),
        },
        stdout=subprocess.PIPE,
    )
    assert worker.stdout is not None
    worker.stdout.readline()
    time.sleep(seconds)
    worker.kill()
    worker.wait()
    worker.stdout.close()
    yield from replayed(folder, before, var, list(ops(log)), times)


def replayed(folder: Path, before: Path, var: Path, done: list[Op], times: int) -> Iterator[str]:
    """Cut at many places, half of them right after an answer; yield what does not hold."""
    chance = random.Random(7)
    answers = [
        place for place, op in enumerate(done) if op.path.endswith("/acks") and op.kind == "w"
    ]
    half = times // 2
    places = sorted(
        [chance.choice(answers) for _ in range(half)]
        + [chance.randrange(len(done)) for _ in range(times - half)]
    )
    disk, bad, at = Disk(), 0, 0
    shutil.rmtree(var)
    shutil.copytree(before, var)
    disk.begin(var)
    told: list[bytes] = []
    yield f"记下 {len(done)} 次写盘操作，{len(answers)} 件已答复，断电 {times} 次。"
    for number, place in enumerate(places):
        while at <= place:
            if done[at].path.endswith("/acks"):
                told.append(done[at].data)
            else:
                disk.do(done[at])
            at += 1
        image, acks = folder / "image", folder / "told"
        disk.cut(var, image, MODES[number % 3], chance)
        acks.write_bytes(b"".join(told))
        found = asked(image, acks)
        bad += len(found)
        if found:
            yield f"第 {number} 次（{MODES[number % 3]}，第 {place} 步）：{'；'.join(found[:5])}"
        elif number % 40 == 39:
            yield f"第 {number + 1} 次：已答复 {len(told)} 件，无一丢失"
    yield f"共断电 {times} 次，问题 {bad} 处。"
