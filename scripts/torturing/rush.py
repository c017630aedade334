"""G2, G3: everybody at once, over HTTP: numbers without gaps, one winner, no error page."""

from __future__ import annotations

import json
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from .installation import asked, prepared
from .served import Answer, Served, Visitor, at_once

PAIRS, SAME, HURRY = 40, 50, 40  # pairs of officers; one token; officers at one case
A_SECOND = 50  # letters of the public in a second
ADDRESSES = 40  # that they come from: one address may send 30 an hour


def rush(folder: Path, times: int, database: str = "", seconds: int = 10) -> Iterator[str]:
    """Yield a sentence about each rush; ``times`` approvals come at once."""
    pairs = min(PAIRS, times)
    var = prepared(folder, waiting=times + pairs + 2, database=database)
    with Served(var, database) as site:
        torment = Rush(site, folder / "acks")
        cases = site.within("waiting()")
        yield torment.numbers(cases[:times])
        yield torment.one_token(cases[times])
        yield torment.two_officers(cases[times + 1 : -1])
        yield torment.one_case(cases[-1])
        yield from torment.letters(seconds)
    found = asked(var, folder / "acks", database)
    yield f"停机后核验：{'；'.join(found[:5]) or '已答复的都在，编号连续，链完整'}"
    yield f"共 {torment.asked} 次提交，问题 {torment.bad + len(found)} 处。"


class Rush:
    """What is sent at once, and what came of it."""

    def __init__(self, site: Served, acks: Path) -> None:
        self.site, self.acks = site, acks
        self.asked = self.bad = 0
        self.officers = [
            site.visitor(session) for session in site.within("sign_in('second', 'third')").values()
        ]

    def form(self, case: str, key: str, officer: Visitor) -> tuple[str, dict[str, Any]]:
        """Open the page of an action and return what is posted from it."""
        path = f"/cases/{case}/{key}/"
        said = officer.form(path) | {
            "number": f"试〔2026〕{case}号", "ics": "65.150", "ccs": "B50", "words": "请补正。",
            "implemented_on": str(date.today() + timedelta(days=60)), "publicizes": "市海洋与渔业局",
        }  # fmt: skip
        return path, said

    def sent(self, forms: list[tuple[Visitor, str, dict[str, Any]]]) -> list[Answer]:
        """Post forms at once; note what was acknowledged, count errors of the platform."""
        answers = at_once([partial(who.ask, path, said) for who, path, said in forms])
        self.count(answers)
        with self.acks.open("a") as notes:
            for (_who, path, said), answer in zip(forms, answers, strict=True):
                if answer.done:
                    notes.write(json.dumps({"token": said["token"], "what": path}) + "\n")
        return answers

    def count(self, answers: list[Answer]) -> None:
        self.asked += len(answers)
        self.bad += sum(answer.status == 0 or answer.status >= 500 for answer in answers)

    def judged(self, held: bool, words: str) -> str:
        """Count what does not hold and return the sentence."""
        self.bad += not held
        return words if held else f"不成立：{words}"

    def numbers(self, cases: list[str]) -> str:
        """Approve all at once: as many numbers, none twice, none left out."""
        second = self.officers[0]
        forms = [(second, *self.form(case, "approve", second)) for case in cases]
        answers = self.sent(forms)
        got = sorted(
            int(n.split()[1].split("-")[0]) for n in self.site.within(f"approved({cases})")
        )
        return self.judged(
            all(answer.status == 302 for answer in answers)
            and got == list(range(1, len(cases) + 1)),
            f"同时批准 {len(cases)} 件：{said(answers)}；编号 {len(set(got))} 个，"
            f"{got[0] if got else 0}—{got[-1] if got else 0}；{slowest(answers)}",
        )

    def one_token(self, case: str) -> str:
        """Send one form many times: one effect, the same answer."""
        second = self.officers[0]
        answers = self.sent([(second, *self.form(case, "approve", second))] * SAME)
        done, same = self.site.within(f"effects('{case}', 'approve')"), {a.to for a in answers}
        return self.judged(
            done == 1 and len(same) == 1 and all(answer.status == 302 for answer in answers),
            f"一份表单提交 {SAME} 次：{said(answers)}；生效 {done} 次，答复 {len(same)} 种；"
            f"{slowest(answers)}",
        )

    def two_officers(self, cases: list[str]) -> str:
        """One approves while the other returns, on many cases at once: one of the two each time."""
        forms = []
        for case in cases:
            for officer, key in zip(self.officers, ("approve", "return"), strict=True):
                forms.append((officer, *self.form(case, key, officer)))
        answers = self.sent(forms)
        pairs = list(zip(answers[::2], answers[1::2], strict=True))
        won = sum(sorted(answer.status for answer in pair) == [302, 409] for pair in pairs)
        told = sum(bool(answer.sentence) for answer in answers if answer.status == 409)
        first = Counter("批准" if one.status == 302 else "退回" for one, _other in pairs)
        lost = next((answer.sentence for answer in answers if answer.status == 409), "")
        return self.judged(
            won == told == len(cases),
            f"批准与退回同时到 {len(cases)} 次：{said(answers)}；一胜一负 {won} 次（{said_of(first)}），"
            f"败者得到一句话 {told} 次，如“{lost}”；{slowest(answers)}",
        )

    def one_case(self, case: str) -> str:
        """Many approve or return one case at once: one of all."""
        forms = []
        for number in range(HURRY):
            officer, key = self.officers[number % 2], ("approve", "return")[number % 2]
            forms.append((officer, *self.form(case, key, officer)))
        answers = self.sent(forms)
        done = self.site.within(f"effects('{case}', 'approve', 'return')")
        by = Counter(answer.status for answer in answers)
        return self.judged(
            done == 1 and by == {302: 1, 409: HURRY - 1},
            f"一件同时批准、退回 {HURRY} 次：{said(answers)}；生效 {done} 次；{slowest(answers)}",
        )

    def letters(self, seconds: int) -> Iterator[str]:
        """Let the public propose and comment, so many in a second."""
        case = self.site.within("consult()")
        visitors = [self.site.visitor(source=f"127.0.1.{n + 1}") for n in range(ADDRESSES)]
        pages = ("/matters/proposal/new/", f"/consultations/{case}/")
        hidden = {(who.source, page): who.form(page) for who in visitors for page in pages}
        began = time.monotonic()
        with ThreadPoolExecutor(2 * A_SECOND) as pool:
            waiting = []
            for number in range(A_SECOND * seconds):
                time.sleep(max(0, began + number / A_SECOND - time.monotonic()))
                who = visitors[number % ADDRESSES]
                page = pages[number // ADDRESSES % 2]
                waiting.append(pool.submit(who.ask, page, letter(number, hidden[who.source, page])))
            answers = [one.result() for one in waiting]
        self.count(answers)
        by = Counter(answer.status for answer in answers)
        yield self.judged(
            set(by) <= {302, 429} and by[302] > 0,
            f"公众每秒提交 {A_SECOND} 件、{seconds} 秒：{said(answers)}；{slowest(answers)}",
        )
        stranger = self.site.visitor(source="127.0.2.1")
        page, fields = pages[0], stranger.form(pages[0])
        limited = [stranger.ask(page, letter(n, fields)).status for n in range(40)]
        yield self.judged(
            Counter(limited) == {302: 30, 429: 10},
            f"同一地址连续提交 40 件：{said_of(Counter(limited))}（每小时 30 件）",
        )
        self.asked += len(limited)


def letter(number: int, hidden: dict[str, str]) -> dict[str, Any]:
    """Return a proposal and an opinion in one: each page takes what it asks for."""
    return hidden | {
        "token": uuid.uuid4().hex, "title": f"建议{number}", "need": f"需要{number}。",
        "person": "某人", "as": "person", "kind": "change", "clause": "",
        "proposed": f"改为{number}。", "reason": f"理由{number}。", "phone": "", "email": "a@b.cn",
    }  # fmt: skip


def said(answers: list[Answer]) -> str:
    """Return how many answers had which status."""
    return said_of(Counter(answer.status for answer in answers))


def said_of(by: Counter[Any]) -> str:
    """Return counts in words."""
    return "、".join(f"{key} × {n}" for key, n in sorted(by.items()))


def slowest(answers: list[Answer]) -> str:
    """Return when the last answer came, and how long 95 of 100 took at most."""
    times = sorted(answer.seconds for answer in answers)
    return f"最后一个答复 {times[-1]:.1f} 秒，95 % 在 {times[int(len(times) * 0.95) - 1]:.2f} 秒内"
