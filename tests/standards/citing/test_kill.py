"""A clock that is killed while it fans out a change goes on: nothing twice, nothing lost."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.conf import settings

from tests.shell.installation import FOUND, ROOT, ask, environment, python

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        settings.DATABASES["default"]["ENGINE"] != "django.db.backends.sqlite3",
        reason="运行于 SQLite",
    ),
]
# 12 editions, each cited by 20 documents of 20 bodies, are abolished.
FILL = """
from datetime import date
from rongbiao.archive.models import File
from rongbiao.parties.models import Organization, Person, Post
from rongbiao.standards import events
from rongbiao.standards.models import CitingDocument, KeptCitation, Watch
from tests.citing_desk import change
from tests.standards_desk import enter
day = date(2026, 3, 2)
file = File.objects.first()
Watch.objects.create(pk=1, told=events.newest())
posts = []
for n in range(20):
    unit = Organization.objects.create(name=f"引用单位{n}", kind="enterprise")
    person = Person.objects.create(username=f"p{n}", name=f"经办{n}", email=f"p{n}@example.org")
    posts.append(Post.objects.create(organization=unit, person=person, role="agent"))
for k in range(12):
    row = enter(f"GB/T {90000 + k}-2016")
    for post in posts:
        paper = CitingDocument.objects.create(
            organization=post.organization, registered_by=post, kind="contract", title="合同",
            basis="合同", file=file, registered_on=day, confirmed_on=day)
        KeptCitation.objects.create(
            document=paper, place=1, text=row.number, number=row.number, key=row.key,
            bare_key=row.bare_key, first_key=row.key, standard=row, state="confirmed")
    change(row, day, status="withdrawn", withdrawn_on=day)
"""
CLOCK = """
import time, django
django.setup()
from datetime import date
from rongbiao.standards.citing import alerts
alerts.PORTION = 1
def slowly(real):
    def slow(*arguments):
        time.sleep(0.1)
        made = real(*arguments)
        time.sleep(0.1)
        return made
    return slow
alerts._fan_out, alerts.telling.of_alerts = slowly(alerts._fan_out), slowly(alerts.telling.of_alerts)
alerts.tick(date(2026, 3, 2))
"""


def test_killed_again_and_again_every_document_has_each_duty_once(tmp_path):
    var = tmp_path / "var"
    python(var, f"{FOUND}\n{FILL}")
    seen = []
    for wait in (0.25, 0.5, 0.35):
        before = ask(var, "select count(*) from standards_duty")[0][0]
        one = subprocess.Popen(
            [sys.executable, "-c", CLOCK], env=environment(var), cwd=ROOT, stderr=subprocess.PIPE
        )
        until = time.monotonic() + 120
        while time.monotonic() < until and one.poll() is None:
            if ask(var, "select count(*) from standards_duty")[0][0] > before:
                break
            time.sleep(0.01)
        time.sleep(wait)
        assert one.poll() is None, one.stderr.read()
        os.kill(one.pid, signal.SIGKILL)
        one.communicate()
        count = ask(var, "select count(*) from standards_duty")[0][0]
        assert count % 20 == 0
        assert ask(var, "select count(*) from standards_letter")[0][0] == count
        seen.append(count)
    assert seen == sorted(seen)
    assert seen[0] > 0
    assert seen[-1] < 240
    python(var, CLOCK.replace("0.1", "0"))
    assert ask(var, "select count(*), count(distinct document_id) from standards_duty") == [
        (240, 240)
    ]
    assert ask(var, "select count(*) from standards_letter") == [(240,)]
    python(var, CLOCK)
    assert ask(var, "select count(*) from standards_duty") == [(240,)]
