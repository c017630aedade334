"""Draws: committed before, revealed after, altered never, made again only with a reason."""

import json
from datetime import date

import pytest
from django.db import connection

from rongbiao.archive.sealing import open_seal
from rongbiao.parties import draws, journal
from rongbiao.parties.draws import Matter
from rongbiao.parties.models import Draw
from rongbiao.parties.refused import Refused
from rongbiao.texts.lots import Lot, Rules, check, commitment_of, read_record
from tests.at_once import compete
from tests.conftest import hold_post

DAY = date(2026, 3, 2)
MATTER = Matter("技术审查", "榕标〔2026〕7号", ("领域：67.140",), {"fields": ["67.140"]})
RULES = Rules(3, 2, 1)
OUT = "与回避单位同单位"


def people(n=8, out=3):
    found = [Lot(f"post:{k}", f"专家{k}", f"单位{k}", "企业") for k in range(1, n + 1)]
    return found + [
        Lot(f"post:9{k}", f"专家9{k}", "单位1", "企业", (OUT, "聘期已满")[: k % 2 + 1])
        for k in range(out)
    ]


@pytest.fixture
def by(officer):
    return {"actor": officer, "day": DAY}


def frozen(by, matter=MATTER, rules=RULES, lots=None):
    return draws.freeze(matter, people() if lots is None else lots, rules, **by)


def read(draw, *, inside=False):
    said = draws.record_of(draw, inside=inside)
    return read_record(json.dumps(said, ensure_ascii=False).encode())


def test_a_frozen_draw_shows_its_commitment_and_nobody(by):
    draw = frozen(by)
    draw.refresh_from_db()
    assert (draw.number, draw.state, draw.seed) == ("2026-001", "frozen", "")
    assert (draw.drawn, draw.reserves, draw.seated) == ([], [], [])
    public = draws.record_of(draw, inside=False)
    assert public["commitment"] == draw.commitment
    assert public["digest"] == draw.digest
    assert "专家" not in json.dumps(public, ensure_ascii=False)
    assert check(read(draw)) == ""
    (line,) = journal.lines_of(draw)
    assert line.words == {"digest": draw.digest, "commitment": draw.commitment}


def test_the_seed_cannot_be_read_in_the_database_before_it_is_revealed(by):
    draw = frozen(by)
    seed = open_seal(f"draw {draw.number}", draw.sealed)["seed"]
    assert commitment_of(bytes.fromhex(seed)) == draw.commitment
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"select * from {connection.ops.quote_name(table)}")
            kept = repr(cursor.fetchall())
            assert seed not in kept, table
            assert repr(bytes.fromhex(seed))[2:-1] not in kept, table


def test_an_outsider_recomputes_what_was_drawn(by):
    draw = frozen(by)
    before = read(draw)
    draws.reveal(draw, " 三 七 ", **by)
    draw.refresh_from_db()
    assert draw.state == "drawn"
    assert commitment_of(bytes.fromhex(draw.seed)) == draw.commitment == before.commitment
    assert [one["post"] for one in draw.drawn] == [
        int(one["key"].removeprefix("post:")) for one in draw.drawn
    ]
    assert (len(draw.drawn), len(draw.reserves), draw.seated) == (3, 2, draw.drawn)
    assert check(read(draw), before) == ""
    assert check(read(draw, inside=True), before) == ""
    public = json.dumps(draws.record_of(draw, inside=False), ensure_ascii=False)
    assert "专家90" not in public
    assert "专家90" in json.dumps(draws.record_of(draw, inside=True), ensure_ascii=False)
    assert public.count(OUT) == 3
    line = journal.lines_of(draw).get(verb="draw")
    assert line.words["drawn"] == [one["name"] for one in draw.drawn]


def test_who_is_out_is_never_drawn(by):
    for n in range(30):
        draw = frozen(by, Matter("审查", f"第{n}号"), Rules(4, 4))
        draws.reveal(draw, **by)
        draw.refresh_from_db()
        assert {one["key"] for one in (*draw.drawn, *draw.reserves)} == {
            f"post:{k}" for k in range(1, 9)
        }


def test_a_draw_is_revealed_once(by, officer):
    draw = frozen(by)
    draws.reveal(draw, **by)
    with pytest.raises(Refused) as refused:
        draws.reveal(draw, "八", **by)
    assert str(refused.value).startswith("抽取 2026-001 已由林经办（市市场监管局）于")
    assert str(refused.value).endswith("抽出，不能再抽。")


def alter_list(draw):
    draw.lots[0]["name"] = "李某"


def alter_reasons(draw):
    draw.lots[0]["why"] = ["临时有事"]


def alter_rules(draw):
    draw.head["rules"]["count"] = 4


def alter_digest(draw):
    draw.digest = "0" * 64


@pytest.mark.parametrize("alter", [alter_list, alter_reasons, alter_rules, alter_digest])
def test_a_list_altered_in_the_database_is_not_drawn_from(by, alter):
    draw = frozen(by)
    alter(draw)
    draw.save()
    with pytest.raises(Refused, match="候选名单与冻结时公布的摘要不符"):
        draws.reveal(draw, **by)


def test_a_seed_exchanged_in_the_database_is_not_used(by):
    draw, other = frozen(by), frozen(by, Matter("审查", "另一件"))
    Draw.objects.filter(pk=draw.pk).update(sealed=other.sealed)
    with pytest.raises(Refused, match="密封的种子打不开"):
        draws.reveal(draw, **by)
    Draw.objects.filter(pk=draw.pk).update(sealed=draw.sealed, commitment="0" * 64)
    with pytest.raises(Refused, match="种子与冻结时公布的承诺不符"):
        draws.reveal(draw, **by)


def test_another_secret_cannot_open_the_seed_and_the_draw_may_be_made_again(by, settings):
    draw = frozen(by)
    settings.SECRET_KEY = "另一把钥匙" * 10
    with pytest.raises(Refused, match="或平台换了密钥"):
        draws.reveal(draw, **by)
    new = draws.again(draw, "平台迁移，密钥已更换", people(), **by)
    assert (new.turn, new.reason) == (2, "平台迁移，密钥已更换")


def test_the_same_matter_is_not_drawn_for_silently(by):
    frozen(by)
    with pytest.raises(Refused) as refused:
        frozen(by, Matter(" 技术审查", "榕标〔2026〕7号 "))
    assert str(refused.value) == (
        "“榕标〔2026〕7号”的技术审查已有抽取 2026-001；要重新抽取，请在该记录上办理并写明理由。"
    )
    assert frozen(by, Matter("立项论证", "榕标〔2026〕7号")).number == "2026-002"


def test_a_second_draw_keeps_the_first_and_says_why(by):
    first = frozen(by)
    with pytest.raises(Refused, match="抽取 2026-001 的种子还没有揭示"):
        draws.again(first, "名单有误", people(), **by)
    draws.reveal(first, **by)
    with pytest.raises(Refused, match="请写明重新抽取的理由。"):
        draws.again(first, " ", people(), **by)
    second = draws.again(first, "两名专家同时回避，备选不足", people(), **by)
    kept = Draw.objects.get(pk=first.pk)
    assert (kept.state, len(kept.drawn)) == ("repeated", 3)
    assert check(read(kept)) == ""
    assert (second.turn, second.replaces, second.number) == (2, first, "2026-002")
    assert draws.record_of(second, inside=False)["reason"] == "两名专家同时回避，备选不足"
    assert draws.record_of(second, inside=False)["replaces"] == "2026-001"
    assert second.commitment != first.commitment
    draws.reveal(second, **by)
    assert check(read(Draw.objects.get(pk=second.pk))) == ""
    with pytest.raises(Refused, match="抽取 2026-001 已由抽取 2026-002 重新抽取。"):
        draws.again(first, "再来", people(), **by)
    assert [line.verb for line in journal.lines_of(first)] == ["freeze-draw", "draw", "draw-again"]


def test_absences_are_made_good_in_order_and_the_first_record_stays(by):
    draw = draws.reveal(frozen(by), **by)
    first = [dict(one) for one in draw.drawn]
    gone = first[1]["key"]
    draw = draws.replace_absent(draw, [gone], "临时出差", **by)
    draw.refresh_from_db()
    assert draw.drawn == first
    assert [one["key"] for one in draw.seated] == [
        first[0]["key"], first[2]["key"], draw.reserves[0]["key"],
    ]  # fmt: skip
    assert check(read(draw)) == ""
    assert "临时出差" not in json.dumps(draws.record_of(draw, inside=False), ensure_ascii=False)
    for keys, why, sentence in [
        ([gone], "又缺席", "已登记缺席的不必再选"),
        (["post:90"], "未入选", "请从抽中和备选的人员中选择缺席的人"),
        ([], "无", "请从抽中和备选的人员中选择缺席的人"),
        ([first[0]["key"]], " ", "请写明缺席的理由。"),
    ]:
        with pytest.raises(Refused, match=sentence):
            draws.replace_absent(draw, keys, why, **by)
    both = [first[0]["key"], first[2]["key"]]
    with pytest.raises(Refused, match="备选人员中没有符合条件的人可以补上"):
        draws.replace_absent(draw, both, "集体缺席", **by)
    draw.refresh_from_db()
    assert len(draw.absences) == 1


def test_nobody_is_replaced_before_the_draw(by):
    with pytest.raises(Refused, match="抽取 2026-001 名单已冻结，不能补抽。"):
        draws.replace_absent(frozen(by), ["post:1"], "缺席", **by)


@pytest.mark.parametrize(
    ("lots", "rules", "sentence"),
    [
        (people(3, 5), Rules(3, 2), ("符合条件的只有 3 人，抽取和备选共需 5 人，尚缺 2 人。"
         "排除最多的条件：与回避单位同单位（5 人）、聘期已满（2 人）。")),
        (people(3, 0), Rules(3, 2), "符合条件的只有 3 人，抽取和备选共需 5 人，尚缺 2 人。"),
        ([Lot(str(n), str(n), "同一单位") for n in range(9)], Rules(3, 2, 1),
         "按每单位人数上限只能抽 1 人，应抽 3 人，尚缺 2 人。"),
        (people(8, 0), Rules(3, 2, 1, {"高校": 1}), "“高校”按规则只有 0 人可抽，最少应有 1 人，尚缺 1 人。"),
        (people(8, 0), Rules(3, 2, 1, {"企业": 4}), "各类最少人数合计 4 人，与抽取 3 人"),
        (people(8, 0), Rules(0), "抽取人数应为 1 至 500 人"),
        (people(8, 0), Rules(501), "抽取人数应为 1 至 500 人"),
    ],
)  # fmt: skip
def test_too_small_a_pool_says_how_many_are_lacking_and_why(by, lots, rules, sentence):
    with pytest.raises(Refused) as refused:
        frozen(by, lots=lots, rules=rules)
    assert str(refused.value).startswith(sentence)
    assert not Draw.objects.exists()
    assert frozen(by).number == "2026-001"  # a refusal takes no number


def test_only_an_officer_in_office_draws(by, reporter, officer):
    draw = frozen(by)
    officer.until = date(2026, 3, 1)
    officer.save()
    for actor, sentence in (
        (reporter, "抽取由联席会议办公室经办人办理。"), (officer, "不能办理2026-03-02的事项"),
    ):  # fmt: skip
        who = {"actor": actor, "day": DAY}
        for act, words in (
            (draws.freeze, (Matter("审查", "别的"), people(), RULES)),
            (draws.reveal, (draw,)),
            (draws.replace_absent, (draw, ["post:1"], "缺席")),
            (draws.again, (draw, "理由", people())),
        ):
            with pytest.raises(Refused, match=sentence):
                act(*words, **who)


@pytest.mark.parametrize(
    "matter", [Matter(" ", "件"), Matter("审查", " "), Matter("审" * 101, "件")]
)
def test_a_draw_says_what_it_is_for(by, matter):
    with pytest.raises(Refused):
        frozen(by, matter)


@pytest.mark.django_db(transaction=True)
def test_of_eight_reveals_at_one_moment_one_draws(by):
    draw = frozen(by)
    told = compete(*[lambda: draws.reveal(draw, **by)] * 8)
    assert sum(isinstance(one, Draw) for one in told) == 1
    assert sum("不能再抽" in one for one in told if isinstance(one, str)) == 7
    assert journal.lines_of(draw).filter(verb="draw").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_those_who_freeze_one_matter_at_one_moment_one_does(by):
    other = {"actor": hold_post("黄经办", "市市场监管局", "officer"), "day": DAY}
    told = compete(*[lambda: frozen(by), lambda: frozen(other)] * 4)
    assert sum(isinstance(one, Draw) for one in told) == 1
    assert sum("已有抽取 2026-001" in one for one in told if isinstance(one, str)) == 7
    numbers = compete(*[lambda n=n: frozen(by, Matter("审查", f"件{n}")).number for n in range(12)])
    assert sorted(numbers) == [f"2026-{n:03}" for n in range(2, 14)]
