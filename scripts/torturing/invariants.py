"""What must hold whatever happened: acknowledged is kept, nothing is half done, the chain is whole."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path


def acknowledged(path: Path) -> list[dict]:
    """Return what was acknowledged; a last line that was cut in two was told to nobody."""
    if not path.exists():
        return []
    found = []
    for line in path.read_bytes().split(b"\n")[:-1]:
        found.append(json.loads(line))
    return found


def broken(acks: list[dict]) -> list[str]:
    """Return what does not hold, in sentences."""
    from django.db import connection

    from rongbiao.archive.models import File
    from rongbiao.cases import journal
    from rongbiao.cases.models import Case, Entry, Head
    from rongbiao.parties.models import Serial
    from rongbiao.standards.models import Standard

    said = []
    entries = {row.seq: row for row in Entry.objects.all()}
    for ack in acks:
        entry = entries.get(ack["seq"])
        if entry is None or entry.digest != ack["digest"]:
            said.append(f"已答复的第 {ack['seq']} 条记录丢失")
        if number := ack.get("number"):
            if not Standard.objects.filter(number=number).exists():
                said.append(f"已批准的{number}不在名录")
    said += [fault.why for fault in journal.faults()]
    head = Head.objects.filter(demonstration=False).first()
    if (head.seq if head else 0) != len(entries):
        said.append("链头与记录数不符")
    for file in File.objects.all():
        path = Path(file.content.path)
        whole = path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == file.sha256
        if not whole:
            said.append(f"文件{file.sha256[:12]}缺失或不完整")
    numbers = sorted(
        int(n.split()[1].split("-")[0])
        for n in Standard.objects.filter(key__startswith="DB3501/T").values_list(
            "number", flat=True
        )
    )
    approved = Entry.objects.filter(stage_key="approval", action_key="approve").count()
    serial = Serial.objects.filter(key="DB3501/T").first()
    if numbers != list(range(1, len(numbers) + 1)) or len(numbers) != approved:
        said.append(f"编号{numbers}不连续，或与批准数 {approved} 不符")
    if (serial.last if serial else 0) != len(numbers):
        said.append("号段与已发布的编号不符")
    half = Case.objects.filter(stage_key__in=("disclosure", "filing"), standard=None).count()
    if half:
        said.append(f"{half} 件已批准而没有标准")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            (whole,) = cursor.execute("PRAGMA integrity_check").fetchone()
        if whole != "ok":
            said.append(f"数据库不完整：{whole}")
    return said


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "rongbiao.settings")
    import django

    django.setup()
    print("\n".join(broken(acknowledged(Path(sys.argv[1])))))
