"""G8: the disk is full, or broken. Nothing is acknowledged that is not kept; reading goes on.

The public opens its pages before, and again while the flag stands; officers and the public
post all the time. After the flag is gone the same server must work again by itself.
"""

from __future__ import annotations

import json
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from .cuts import compiled
from .installation import asked, prepared
from .rush import letter, said_of
from .served import Answer, Served, Visitor

PAGES = ("/", "/board/", "/standards/", "/matters/", "/law/", "/consultations/", "/receipts/")
KINDS = {"full": "磁盘满", "write": "写盘出错", "read": "读盘出错"}
PATIENCE = 60  # seconds to work again; asked are 15
A_ROUND = 5  # pages read for one form sent


def full(folder: Path, times: int) -> Iterator[str]:
    """Yield a sentence about each kind of failure; so many forms are sent in each."""
    library = compiled("full.c", folder)
    if library is None:
        yield "没有 C 编译器，不能模拟磁盘故障，已跳过。"
        return
    var, flag = prepared(folder, waiting=times), folder / "flag"
    around = {"LD_PRELOAD": str(library), "FULL_ROOT": str(var), "FULL_FLAG": str(flag)}
    bad = 0
    with Served(var, more=around) as site:
        trial = Trial(site, folder / "acks", flag)
        for kind in KINDS:
            words, found = trial.run(kind, times)
            bad += found
            yield words
    found = asked(var, folder / "acks")
    yield f"重新启动后核验：{'；'.join(found[:5]) or '已答复的都在，编号连续，链完整，文件齐全'}"
    yield f"共提交 {trial.sent} 次、打开 {trial.opened} 页，问题 {bad + len(found)} 处。"


class Trial:
    """A served installation whose disk fails now and then."""

    def __init__(self, site: Served, acks: Path, flag: Path) -> None:
        self.site, self.acks, self.flag = site, acks, flag
        self.sent = self.opened = 0
        self.second = site.visitor(site.within("sign_in('second')")["second"])
        self.waiting = site.within("waiting()")
        # Officers have their forms open already when the disk fails.
        self.forms = [
            (path, self.second.form(path))
            for path in (f"/cases/{case}/approve/" for case in self.waiting)
        ]

    def run(self, kind: str, times: int) -> tuple[str, int]:
        """Let the disk fail, post and read; let it work again. Return words and faults."""
        public = [self.site.visitor(source=f"127.0.{10 + len(kind)}.{n + 1}") for n in range(8)]
        hidden = [who.form("/matters/proposal/new/") for who in public]
        share = max(1, len(self.waiting) // (len(KINDS) * 2))
        forms, self.forms = self.forms[:share], self.forms[share:]
        self.flag.write_text(kind[0])
        reads: list[Answer] = []
        posts: list[Answer] = []
        for number in range(times):
            if number < len(forms):
                posts.append(self.post(self.second, *announced(*forms[number])))
            else:
                who = number % len(public)
                fields = letter(number, hidden[who])
                posts.append(self.post(public[who], "/matters/proposal/new/", fields))
            reads += [public[0].ask(PAGES[(number + n) % len(PAGES)]) for n in range(A_ROUND)]
        self.opened += len(reads)
        self.flag.unlink()
        again = self.again(kind)
        clear = sum(bool(a.sentence and a.retry) for a in posts if a.status == 503)
        by, read = (Counter(one.status for one in some) for some in (posts, reads))
        lost = sum(n for status, n in (by + read).items() if status in (0, 500))
        share_read = read[200] / len(reads)
        faults = lost + by[503] - clear + (again is None)
        if kind != "read":
            faults += by[302] + (share_read < 0.99)
        words = (
            f"{KINDS[kind]}：提交 {times} 次得 {said_of(by)}（503 都有一句话 {clear} 次）；"
            f"公众读页 {len(reads)} 次得 {said_of(read)}，{share_read:.1%} 读到；"
            + (f"恢复后 {again:.1f} 秒又能办理" if again is not None else "恢复后不能办理")
        )
        return words, faults

    def post(self, who: Visitor, path: str, fields: dict[str, str]) -> Answer:
        """Post a form; what is acknowledged is noted."""
        self.sent += 1
        answer = who.ask(path, fields)
        if answer.done:
            with self.acks.open("a") as notes:
                notes.write(json.dumps({"token": fields["token"], "what": path}) + "\n")
        return answer

    def again(self, kind: str) -> float | None:
        """Return after how many seconds the public and an officer can write again."""
        began, path = time.monotonic(), "/matters/proposal/new/"
        who = self.site.visitor(source=f"127.0.{20 + len(kind)}.1")
        while time.monotonic() < began + PATIENCE:
            try:
                fields = letter(0, who.form(path)) | {"token": uuid.uuid4().hex}
                approval, self.forms = self.forms[0], self.forms[1:]
                told = self.post(who, path, fields), self.post(self.second, *announced(*approval))
                if all(answer.status == 302 for answer in told):
                    return time.monotonic() - began
            except RuntimeError:
                pass
            time.sleep(0.5)
        return None


def announced(path: str, hidden: dict[str, str]) -> tuple[str, dict[str, str]]:
    """Return an approval filled in."""
    return path, hidden | {
        "number": f"试{path}", "ics": "65.150", "ccs": "B50", "publicizes": "市海洋与渔业局",
        "implemented_on": str(date.today() + timedelta(days=60)),
    }  # fmt: skip
