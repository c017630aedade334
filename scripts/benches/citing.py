"""The change of a standard that 10,000 documents cite, fanned out, beside one that 1,000 cite."""

from __future__ import annotations

import time
from datetime import date
from functools import partial

from django.db import connection, transaction

from rongbiao.archive.models import File
from rongbiao.parties.models import Organization, Person, Post
from rongbiao.standards import events
from rongbiao.standards.citing import alerts, telling
from rongbiao.standards.models import CitingDocument, Duty, KeptCitation, Letter, Standard, Watch
from rongbiao.standards.numbering import columns
from rongbiao.texts.numbers import read_number
from scripts.benches import Line, side_by_side

TITLE = f"引用告警（{connection.vendor}；一项标准变化，告知引用它的 10000 份文件，旁为 1000 份）"
DAY = date(2026, 3, 5)
BODIES = 2000
MOST = 30.0  # seconds


def measure() -> list[Line]:
    """Measure from the news to the duties and letters, then a reminder, in a test database."""
    made = connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        posts = _bodies()
        large, small = (
            _cited("GB/T 90001-2016", 10_000, posts),
            _cited("GB/T 90002-2016", 1000, posts),
        )
        Watch.objects.create(pk=1, told=events.newest())
        both = side_by_side(partial(_change, large), partial(_change, small), turns=3)
        began, spent = time.perf_counter(), time.process_time()
        _change(large)
        began, spent = time.perf_counter() - began, time.process_time() - spent
        letters = Letter.objects.count()
        total = f"任务 {Duty.objects.count()} 件，信 {letters} 封"
        note = f"{began:.2f} 秒，处理器 {spent:.2f} 秒，应不超过 {MOST:.0f} 秒；{total}"
        lines = [Line("10000 份文件", both[0], "1000 份", both[1], note)]
        late = date(2026, 6, 1)
        began = time.perf_counter()
        said = telling.remind(late)
        lines.append(
            Line("催办其中超期的", time.perf_counter() - began, "1000 份", both[1], said[0])
        )
        return lines
    finally:
        connection.creation.destroy_test_db(made, verbosity=0)


def _bodies() -> list[Post]:
    units = Organization.objects.bulk_create(
        [Organization(name=f"引用单位{n}", kind="enterprise") for n in range(BODIES)]
    )
    people = Person.objects.bulk_create(
        [
            Person(username=f"p{n}", name=f"经办{n}", email=f"p{n}@example.org")
            for n in range(BODIES)
        ]
    )
    rows = zip(units, people, strict=True)
    return Post.objects.bulk_create(
        [Post(organization=unit, person=person, role="agent") for unit, person in rows]
    )


@transaction.atomic
def _cited(number: str, count: int, posts: list[Post]) -> Standard:
    row = Standard.objects.create(
        **columns(read_number(number)), title="试验规范", status="current", basis="试",
        issued_on=date(2016, 1, 1),
    )  # fmt: skip
    file, _new = File.objects.get_or_create(
        sha256="0" * 64, name="试.txt", size=1, media="text/plain"
    )
    documents = CitingDocument.objects.bulk_create(
        [
            CitingDocument(
                organization=posts[n % BODIES].organization, registered_by=posts[n % BODIES],
                kind="contract", title=f"合同{n}", basis=f"合同{n}", file=file, registered_on=DAY,
                confirmed_on=DAY,
            )
            for n in range(count)
        ],
        batch_size=1000,
    )  # fmt: skip
    KeptCitation.objects.bulk_create(
        [
            KeptCitation(
                document=document, place=1, text=row.number, number=row.number, key=row.key,
                bare_key=row.bare_key, first_key=row.key, standard=row, state="confirmed",
            )
            for document in documents
        ],
        batch_size=1000,
    )  # fmt: skip
    return row


def _change(row: Standard) -> None:
    """Correct a title, which is news each time, and let the clock tell it."""
    before = events.columns_of(row)
    row.title += "改"
    row.save(update_fields=["title"])
    events.note(row, before, day=DAY)
    alerts.tick(DAY)
