"""Checkpoints are public: what was kept elsewhere proves that nothing was rewritten."""

import json
from datetime import date

from django.test import Client

from rongbiao.cases import desk
from rongbiao.cases.models import Checkpoint
from rongbiao.procedures.proposal import Proposal
from rongbiao.shell.verify import kept_elsewhere
from rongbiao.stages import clock
from tests.cases.test_desk import IDEA

DAY = date(2024, 1, 8)


def test_everybody_reads_them_and_verify_takes_the_file(city, tmp_path):
    assert "还没有检查点" in Client().get("/checkpoints/").content.decode()
    desk.open_case(Proposal, actor=None, day=DAY, answers=IDEA)
    clock.tick(DAY)
    kept = Checkpoint.objects.get()
    assert kept.digest in Client().get("/checkpoints/").content.decode()
    answer = Client().get("/checkpoints.json")
    assert json.loads(answer.content) == [{"seq": 1, "digest": kept.digest, "day": "2024-01-08"}]
    file = tmp_path / "kept.json"
    file.write_bytes(answer.content)
    assert kept_elsewhere(str(file)) == {1: kept.digest}


def test_the_demonstration_has_its_own(city):
    Checkpoint.objects.create(seq=1, digest="城" * 10, day=DAY)
    Checkpoint.objects.create(seq=1, digest="演" * 10, day=DAY, demonstration=True)
    for query, digest in (("", "城"), ("?demo=1", "演"), ("?city=1", "城")):
        rows = json.loads(Client().get(f"/checkpoints.json{query}").content)
        assert [row["digest"] for row in rows] == [digest * 10]
