"""What programs write: by token only, by the officers' own act, whole or not at all, once."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from rongbiao.parties import tokens
from rongbiao.parties.models import Act, Reply
from rongbiao.standards.models import Standard
from rongbiao.web.api.batch import COLUMNS
from tests.conftest import hold_post

ROW = {
    "number": "DB3501/T 12-2021",
    "title": "茉莉花茶",
    "level": "municipal",
    "issued_on": "2021-03-01",
    "drafters": ["市海洋与渔业局"],
}


@pytest.fixture
def words(officer):
    until = timezone.localdate() + timedelta(days=30)
    return tokens.make(officer, "试验", "write", until, actor=officer, day=timezone.localdate())[1]


def send(words, body, key="k1", kind="application/json", question=""):
    headers = {"authorization": f"Bearer {words}"} if words else {}
    if key:
        headers["idempotency-key"] = key
    content = body if isinstance(body, (str, bytes)) else json.dumps(body)
    return Client(enforce_csrf_checks=True).post(
        f"/api/standards/batch{question}", content, content_type=kind, headers=headers
    )


def batch(*rows, **said):
    return {"basis": "试〔2026〕1号", "basis_on": "2026-01-02", "rows": list(rows)} | said


def test_rows_are_entered_with_their_basis(words, officer):
    answer = send(words, batch(ROW))
    assert (answer.status_code, answer.json()) == (
        200,
        {"dry_run": False, "new": 1, "changed": 0, "same": 0, "units": 0, "refused": []},
    )
    row = Standard.objects.get()
    assert (row.number, row.basis, str(row.basis_on)) == (
        "DB3501/T 12-2021", "试〔2026〕1号", "2026-01-02",
    )  # fmt: skip
    assert [part.name for part in row.participations.all()] == ["市海洋与渔业局"]
    assert Act.objects.get(verb="batch").post == officer


def test_a_dry_run_enters_nothing_and_needs_no_key(words):
    answer = send(words, batch(ROW, dry_run=True), key="")
    assert answer.json()["new"] == 1
    assert answer.json()["dry_run"] is True
    assert (Standard.objects.count(), Reply.objects.count()) == (0, 0)


def test_json_lines_are_read_as_well(words):
    lines = json.dumps(ROW) + "\n\n" + json.dumps(ROW | {"number": "DB3501/T 13-2021"})
    question = "?basis=试〔2026〕1号&basis_on=2026-01-02"
    assert send(words, lines, kind="application/jsonl", question=question).json()["new"] == 2
    dry = send(words, lines, kind="application/x-ndjson", question="?dry_run=true").json()
    assert (dry["same"], dry["dry_run"]) == (2, True)


def test_the_same_again_changes_nothing_and_gets_the_same_answer(words):
    first = send(words, batch(ROW))
    again = send(words, batch(ROW))
    assert again.json() == first.json()
    assert again["Idempotent-Replayed"] == "true"
    assert not first.has_header("Idempotent-Replayed")
    assert Act.objects.filter(verb="batch").count() == 1
    other = send(words, batch(ROW | {"title": "另名"}))
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")
    assert send(words, batch(ROW | {"title": "另名"}), key="k2").json()["changed"] == 1


def test_what_was_refused_may_be_put_right_under_its_key(words):
    assert send(words, batch(ROW, basis="")).status_code == 409
    assert Reply.objects.count() == 0
    assert send(words, batch(ROW)).json()["new"] == 1


def test_a_wrong_row_keeps_all_out_and_is_named(words):
    wrong = ROW | {"number": "不是编号", "issued_on": "昨天"}
    answer = send(words, batch(ROW, wrong))
    assert (answer.status_code, answer.json()["code"]) == (422, "rows")
    assert {(one["row"], one["column"]) for one in answer.json()["refused"]} == {
        (2, "标准编号"), (2, "发布日期"),
    }  # fmt: skip
    assert Standard.objects.count() == 0
    dry = send(words, batch(ROW, wrong, dry_run=True))
    assert (dry.status_code, len(dry.json()["refused"])) == (200, 2)


@pytest.mark.parametrize(
    ("body", "kind", "code"),
    [
        ("{", "application/json", "bad-request"),
        (b"\xff\xfe", "application/json", "bad-request"),
        ("[]", "application/json", "bad-request"),
        ("{}", "application/json", "bad-request"),
        ("[" * 100_000, "application/json", "bad-request"),
        ("1" * 10_000, "application/json", "bad-request"),
        (batch(), "application/json", "bad-request"),
        (batch(ROW, basis_on="昨天"), "application/json", "bad-request"),
        (batch(ROW, basis_on=5), "application/json", "bad-request"),
        (batch(ROW, basis=7), "application/json", "refused"),
        (batch(5), "application/json", "rows"),
        (batch(ROW | {"odd": "x"}), "application/json", "rows"),
        (batch(ROW | {"title": 5}), "application/json", "rows"),
        (batch(ROW | {"title": ["x"]}), "application/json", "rows"),
        (batch(ROW | {"title": "x\x00"}), "application/json", "rows"),
        (batch(ROW | {"title": "\ud800"}), "application/json", "rows"),
        (batch(ROW | {"drafters": [None, "\udfff"]}), "application/json", "rows"),
        (batch(ROW | {"\ud800": "x"}), "application/json", "rows"),
        (batch(ROW | {"title": "x" * 400}), "application/json", "rows"),
        (batch(ROW, ROW), "application/json", "rows"),
        ("x", "text/csv", "media-type"),
        ("a=1", "application/x-www-form-urlencoded", "media-type"),
    ],
)
def test_what_cannot_be_read_is_a_problem(words, body, kind, code):
    answer = send(words, body, kind=kind)
    assert (answer.json()["code"], answer["Content-Type"]) == (code, "application/problem+json")
    assert answer.json()["detail"].endswith("。")
    assert Standard.objects.count() == 0


@pytest.mark.parametrize("key", ["", "茶", "a b", "x" * 201, "\t"])
def test_entering_takes_a_key(words, key):
    try:
        answer = send(words, batch(ROW), key=key)
    except UnicodeEncodeError:
        return  # no such header can be sent
    assert (answer.status_code, answer.json()["code"]) == (400, "bad-request")
    assert "Idempotency-Key" in answer.json()["detail"]


def test_too_much_is_refused(words, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
    answer = send(words, " " * (1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "too-large")


def test_only_a_token_that_may_write_writes(words, officer):
    body = batch(ROW)
    assert send("", body).json()["code"] == "token-needed"
    assert send("rb_nothing", body).json()["code"] == "token-refused"
    day = timezone.localdate()
    reading = tokens.make(officer, "读", "read", day, actor=officer, day=day)[1]
    assert (send(reading, body).status_code, send(reading, body).json()["code"]) == (
        403, "not-allowed",
    )  # fmt: skip
    client = Client()
    client.force_login(officer.person)
    answer = client.post("/api/standards/batch", json.dumps(body), content_type="application/json")
    assert answer.status_code == 401
    assert client.get("/api/standards/batch").status_code == 405
    assert Standard.objects.count() == 0


def test_a_token_acts_in_its_own_post(words, officer):
    """An officer who is a reporter as well: the post of the token decides, not the person."""
    hold_post("林经办", "市海洋与渔业局", "reporter")
    send(words, batch(ROW))
    assert Act.objects.get(verb="batch").post == officer
    officer.until = timezone.localdate() - timedelta(days=1)
    officer.save()
    assert send(words, batch(ROW), key="k2").status_code == 401


def test_the_columns_are_those_of_the_officers_table():
    assert set(ROW) <= set(COLUMNS)
    assert "drafters" in COLUMNS


def together(words, keys):
    """Send the same rows under some keys at the same moment."""
    barrier = threading.Barrier(len(keys))

    def one(key):
        barrier.wait()
        try:
            return send(words, batch(ROW), key=key)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(keys)) as pool:
        return list(pool.map(one, keys))


@pytest.mark.django_db(transaction=True)
def test_the_same_key_at_the_same_moment_enters_once(words):
    answers = together(words, ["k1"] * 4)
    assert [answer.status_code for answer in answers] == [200] * 4
    assert len({answer.content for answer in answers}) == 1
    assert sum(answer.has_header("Idempotent-Replayed") for answer in answers) == 3
    assert Act.objects.filter(verb="batch").count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_same_rows_under_other_keys_are_entered_once(words):
    answers = together(words, ["k1", "k2", "k3"])
    assert [answer.status_code for answer in answers] == [200] * 3
    assert sorted(answer.json()["new"] for answer in answers) == [0, 0, 1]
    assert Standard.objects.count() == 1
