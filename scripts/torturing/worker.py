"""Works at the desk until it is killed: proposes, answers, approves; tells what is done.

A line of JSON is written after each act has been answered, and only then: what stands
there was acknowledged to somebody and must never be lost.
"""

from __future__ import annotations

import json
import os
import random
import sys
from datetime import timedelta
from pathlib import Path


def main(seed: int) -> None:
    """Work until killed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongbiao.settings")
    import django

    django.setup()
    from django.core.files.uploadedfile import SimpleUploadedFile

    from rongbiao.cases import desk
    from rongbiao.cases.models import Case
    from rongbiao.parties.models import Post
    from rongbiao.procedures.proposal import Proposal
    from scripts.torturing.world import DAY

    random.seed(seed)
    office = Post.objects.get(person__username="office")
    second = Post.objects.get(person__username="second")
    day = DAY + timedelta(days=32)
    acks = os.open(os.environ["ACKS"], os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def tell(entry, **more) -> None:
        said = {"seq": entry.seq, "digest": entry.digest, **more}
        os.write(acks, (json.dumps(said) + "\n").encode())

    sys.stdout.write("ready\n")
    sys.stdout.flush()
    for number in range(1_000_000):
        kind = random.random()
        waiting = Case.objects.filter(closed_on=None)
        approval = (
            waiting.filter(stage_key="approval").order_by("?").first() if kind < 0.25 else None
        )
        if approval:
            said = {
                "number": f"试〔2026〕{number}号", "implemented_on": "2026-12-01",
                "ics": "65.150", "ccs": "B50", "publicizes": "市海洋与渔业局",
            }  # fmt: skip
            entry = desk.act(approval, "approve", actor=second, day=day, answers=said)
            number_taken = Case.objects.get(pk=approval.pk).standard.number
            tell(entry, number=number_taken, token="")
        elif kind < 0.6 and (case := waiting.filter(stage_key="answer").order_by("?").first()):
            said = {"result": "declined", "words": "已有标准。"}
            tell(desk.act(case, "submit", actor=office, day=day, answers=said))
        else:
            content = f"建议{seed}-{number}，".encode() * random.randint(1, 4000)
            upload = SimpleUploadedFile("设想.txt", content)
            said = {"title": f"建议{seed}-{number}", "need": "需要。", "person": "某人"}
            case = desk.open_case(
                Proposal, actor=None, day=day, answers=said, files={"draft": upload},
                token=f"{seed}-{number}",
            )  # fmt: skip
            entry = case.entries.get()
            tell(entry, sha256=entry.answers["draft"]["sha256"])


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    main(int(sys.argv[1]))
