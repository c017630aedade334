"""Drawing lots: fair over many draws, the first choice that keeps to the rules, recomputed by anybody."""

import hashlib
import json
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rongbiao.texts.lots import (
    Absence,
    Box,
    Lot,
    Rules,
    Short,
    Unreadable,
    check,
    commitment_of,
    in_order,
    read_record,
    replay,
    select,
    shortage,
    written,
)

WHEN = "2026-03-02T09:00:00+08:00"


def lot(key, unit="", group="", why=()):
    return Lot(key, f"专家{key}", unit, group, tuple(why), salt=f"盐{key}")


def seed(n):
    return hashlib.sha256(f"种子{n}".encode()).digest()


def box(lots, rules=None):
    return Box(
        "2026-0001", "技术审查", "榕标〔2026〕7号", WHEN, rules or Rules(3, 2), lots=tuple(lots)
    )


def record(lots, rules, n=1, *, absences=(), witness="三七"):
    one = box(lots, rules)
    key = seed(n)
    return written(one.head(), lots, one.digest, commitment_of(key), key, witness, absences)


def read(said):
    return read_record(json.dumps(said, ensure_ascii=False).encode())


# Fairness. 20,000 draws with fixed seeds: the sums are always the same, so nothing flickers.
# Bounds: the 0.001 points of chi-square, 11 and 131 degrees of freedom.


def test_twenty_thousand_draws_favour_nobody():
    lots = [lot(f"{n:02d}") for n in range(12)]
    digest = box(lots).digest
    drawn, pairs = Counter(), Counter()
    for n in range(20_000):
        order = in_order(lots, seed(n), digest)
        drawn.update(one.key for one in order[:3])
        pairs[order[0].key, order[1].key] += 1
    expected = 20_000 * 3 / 12
    # Each draw takes three different ones: the variance is 3/4 · 9/11 … of independent takes.
    chi = sum((n - expected) ** 2 / expected for n in drawn.values()) * 11 / 9
    assert len(drawn) == 12
    assert chi < 31.26
    expected = 20_000 / 132
    assert len(pairs) == 132
    assert sum((n - expected) ** 2 / expected for n in pairs.values()) < 186.2


def test_a_biased_order_would_be_seen():
    """The measure itself works: taking the remainder of one byte by 12 goes over the bound."""
    counts = Counter(seed(n)[0] % 12 for n in range(20_000))
    expected = 20_000 / 12
    assert sum((n - expected) ** 2 / expected for n in counts.values()) > 31.26


def test_the_list_the_seed_and_the_witness_each_change_the_order():
    lots = [lot(str(n)) for n in range(30)]
    first = in_order(lots, seed(1), "a" * 64, "七")
    assert first == in_order(reversed(lots), seed(1), "a" * 64, "七")
    for other in (
        in_order(lots, seed(2), "a" * 64, "七"),
        in_order(lots, seed(1), "b" * 64, "七"),
        in_order(lots, seed(1), "a" * 64, "八"),
    ):
        assert other != first
        assert sorted(other, key=str) == sorted(first, key=str)


def test_who_is_out_is_never_drawn():
    lots = [lot(str(n), why=["同单位"] if n % 2 else []) for n in range(40)]
    for n in range(200):
        assert all(not int(one.key) % 2 for one in in_order(lots, seed(n), "c" * 64))


# Selection: of every choice that keeps to the rules, the first in the order.

units, groups = st.sampled_from("甲乙丙"), st.sampled_from(["企业", "高校", "院所"])
people = st.lists(st.tuples(units, groups), min_size=1, max_size=9)


@given(
    people,
    st.integers(1, 5),
    st.integers(0, 2),
    st.dictionaries(groups, st.integers(0, 3), max_size=3),
)
@settings(max_examples=600, deadline=None)
def test_selection_is_the_first_choice_that_keeps_to_the_rules(rows, count, per_unit, at_least):
    lots = [lot(str(n), unit, group) for n, (unit, group) in enumerate(rows)]
    rules = Rules(count, 0, per_unit, at_least)

    def keeps(choice):
        by_unit = Counter(one.unit for one in choice)
        by_group = Counter(one.group for one in choice)
        return (not per_unit or max(by_unit.values()) <= per_unit) and all(
            by_group[group] >= due for group, due in at_least.items()
        )

    # Combinations come in the order of their places: the first is what is asked for.
    right = next((list(c) for c in combinations(lots, count) if keeps(c)), None)
    if right is None:
        with pytest.raises(Short):
            select(lots, rules)
        assert shortage(lots, rules)
    else:
        assert select(lots, rules) == right
        assert shortage(lots, rules) is None


def test_a_shortage_says_which_rule_and_how_many():
    lots = [
        lot("1", "甲", "企业"),
        lot("2", "甲", "企业"),
        lot("3", "乙", "高校"),
        lot("4", "丙", "高校", why=["聘期已满"]),
    ]

    def lacks(rules):
        one = shortage(lots, rules)
        return one and (one.rule, one.needed, one.found, one.group)

    assert lacks(Rules(3, 1)) == ("all", 4, 3, "")
    assert lacks(Rules(3, 0, 1)) == ("units", 3, 2, "")
    assert lacks(Rules(2, 0, 0, {"院所": 1})) == ("group", 1, 0, "院所")
    assert lacks(Rules(2, 0, 0, {"企业": 2, "高校": 1})) == ("together", 3, 2, "")
    assert lacks(Rules(2, 0, 1, {"企业": 2})) == ("group", 2, 1, "企业")
    assert lacks(Rules(2, 1, 1, {"企业": 1, "高校": 1})) is None
    many = [lot(str(n), str(n), "企业") for n in range(3001)]
    one = shortage(many, Rules(100, 0, 1, {"企业": 1}))
    assert (one.rule, one.needed, one.found) == ("many", 3000, 3001)


def test_absences_take_reserves_in_order_and_keep_to_the_rules():
    order = [
        lot("1", "甲", "企业"),
        lot("2", "乙", "高校"),
        lot("3", "甲", "企业"),
        lot("4", "丙", "企业"),
        lot("5", "丁", "高校"),
    ]
    rules = Rules(2, 3, 1, {"高校": 1})

    def seated(*absences):
        return [one.key for one in replay(order, rules, absences)[2]]

    assert [[one.key for one in part] for part in replay(order, rules, [])] == [
        ["1", "2"], ["3", "4", "5"], ["1", "2"],
    ]  # fmt: skip
    assert seated(["1"]) == ["2", "3"]
    assert seated(["2"]) == ["1", "5"]  # the one of a university is owed
    assert seated(["3"], ["1"]) == ["2", "4"]  # a reserve who cannot come is passed over
    assert seated(["1", "2"]) == ["3", "5"]
    with pytest.raises(Short) as short:
        seated(["1"], ["5"], ["2"])
    assert short.value.args == (3,)


# Records.

PEOPLE = [lot(str(n), f"单位{n % 5}", "企业" if n % 2 else "高校") for n in range(12)]
OUT = [lot(f"9{n}", "单位1", "企业", ["与回避单位同单位"]) for n in range(3)]
RULES = Rules(4, 3, 1, {"企业": 2})


def whole(**more):
    return record(PEOPLE + OUT, RULES, **more)


def test_a_record_agrees_with_itself_open_or_closed():
    said = whole()
    assert len(said["drawn"]) == 4
    assert check(read(said)) == ""
    one = box(PEOPLE + OUT, RULES)
    closed = written(
        one.head(),
        PEOPLE + OUT,
        one.digest,
        commitment_of(seed(1)),
        seed(1),
        "三七",
        opened=lambda lot: lot.eligible,
    )
    assert check(read(closed)) == ""
    assert closed["drawn"] == said["drawn"]
    assert "专家91" in json.dumps(said, ensure_ascii=False)
    assert "专家91" not in json.dumps(closed, ensure_ascii=False)
    assert sum("key" not in line for line in closed["lots"]) == 3


def test_before_the_seed_is_revealed_nobody_is_drawn_and_nobody_is_shown():
    one = box(PEOPLE + OUT, RULES)
    before = written(
        one.head(), PEOPLE + OUT, one.digest, commitment_of(seed(1)), opened=lambda lot: False
    )
    assert (before["seed"], before["drawn"], before["seated"]) == ("", [], [])
    assert "专家" not in json.dumps(before, ensure_ascii=False)
    assert check(read(before)) == ""
    assert check(read(whole()), read(before)) == ""
    assert check(read(whole(n=2)), read(before)) == ("种子承诺与揭示前公布的不同，种子被更换。")
    other = record(PEOPLE, RULES)
    assert check(read(other), read(before)) == "名单摘要与揭示前公布的不同，名单被更换。"


def test_absences_stand_in_the_record_and_the_first_list_stays():
    first = whole()
    gone = first["drawn"][1]["key"]
    later = whole(absences=[Absence((gone,), "因公出差", "2026-03-04")])
    assert later["drawn"] == first["drawn"]
    assert gone not in {one["key"] for one in later["seated"]}
    assert len(later["seated"]) == 4
    assert check(read(later)) == ""


def swap_identities(said):
    """Show who is out under the seal of somebody who is in."""
    inside = next(line for line in said["lots"] if not line["why"])
    outside = next(line for line in said["lots"] if line["why"])
    for name in ("key", "name", "unit", "group", "salt"):
        inside[name], outside[name] = outside[name], inside[name]


def double(said):
    said["lots"].append(said["lots"][0])


def rename(said):
    said["drawn"][0]["name"] = "李某"


def open_nobody(said):
    for line in said["lots"]:
        if not line["why"]:
            for name in ("key", "name", "unit", "group", "salt"):
                del line[name]
            break


TAMPERED = {
    "a name in the list": (
        lambda said: said["lots"][0].update(name="李某"), "候选名单中“李某”与其封印不符，名单被改动。"),
    "identities swapped": (swap_identities, "与其封印不符，名单被改动。"),
    "a reason added": (
        lambda said: said["lots"][2].update(why=["临时有事"]), "冻结以后被改动。"),
    "a line dropped": (lambda said: said["lots"].pop(), "冻结以后被改动。"),
    "a line doubled": (double, "出现了不止一次。"),
    "another rule": (lambda said: said["rules"].update(count=5), "冻结以后被改动。"),
    "another condition": (lambda said: said["conditions"].append("无"), "冻结以后被改动。"),
    "another purpose": (lambda said: said.update(purpose="立项论证"), "冻结以后被改动。"),
    "another time": (lambda said: said.update(frozen_at="2026-03-01"), "冻结以后被改动。"),
    "another digest": (lambda said: said.update(digest="0" * 64), "冻结以后被改动。"),
    "another seed": (
        lambda said: said.update(seed=seed(5).hex()), "种子与事先公布的承诺不符，不是抽取前定下的种子。"),
    "seed and commitment": (
        lambda said: said.update(seed=seed(5).hex(), commitment=commitment_of(seed(5))),
        "按种子应为"),
    "another witness": (lambda said: said.update(witness="八"), "按种子应为"),
    "drawn exchanged": (
        lambda said: said["drawn"].__setitem__(0, said["reserves"][0]), "抽中名单第 1 位按种子应为"),
    "a drawn name": (rename, "记录写的是“李某”。"),
    "drawn too few": (lambda said: said["drawn"].pop(), "抽中名单应有 4 人，记录写了 3 人。"),
    "reserves in another order": (lambda said: said["reserves"].reverse(), "备选名单第 1 位"),
    "seated exchanged": (
        lambda said: said["seated"].__setitem__(3, said["reserves"][0]), "到会名单第 4 位"),
    "an absence forged": (
        lambda said: said["absences"].append(
            {"keys": [said["drawn"][0]["key"]], "why": "", "day": ""}), "到会名单第 1 位"),
    "absences without end": (
        lambda said: said["absences"].append(
            {"keys": [line["key"] for line in said["lots"]], "why": "", "day": ""}),
        "第 1 次补抽时备选人员不足，按规则补不出结果。"),
    "a candidate hidden": (open_nobody, "有入选资格的候选人没有全部公开，无法重算。"),
    "the seed taken out": (
        lambda said: said.update(seed=""), "种子尚未揭示，却已列出抽取结果。"),
}  # fmt: skip


@pytest.mark.parametrize("what", TAMPERED)
def test_a_tampered_record_is_found(what):
    alter, sentence = TAMPERED[what]
    said = whole()
    alter(said)
    assert sentence in check(read(said))


def test_a_list_too_small_for_its_rules_is_found():
    small = PEOPLE[:2]
    one = box(small, RULES)
    said = whole() | {"lots": [], "digest": one.digest}
    said["lots"] = [
        {"seal": x.seal, "why": [], "salt": x.salt, "key": x.key, "name": x.name,
         "unit": x.unit, "group": x.group} for x in small
    ]  # fmt: skip
    assert check(read(said)) == "候选名单凑不足抽取人数，按规则抽不出结果。"


@pytest.mark.parametrize(
    ("alter", "sentence"),
    [
        (lambda said: said.pop("rules"), "抽取记录缺少规则“rules”。"),
        (lambda said: said["rules"].update(count=10**9), "抽取规则中的人数应为 0 至 500 的整数。"),
        (lambda said: said["rules"].update(count=True), "抽取规则中的人数应为 0 至 500 的整数。"),
        (lambda said: said["rules"].update(count=0), "抽取规则应写明抽取人数"),
        (lambda said: said.update(algorithm="别的"), "不认识的抽取算法"),
        (lambda said: said.update(seed="三"), "抽取记录的“seed”应为 64 位十六进制数。"),
        (lambda said: said.update(seed="٣" * 64), "抽取记录的“seed”应为 64 位十六进制数。"),
        (lambda said: said.update(purpose=["审查"]), "抽取记录的“purpose”应为 4000 字以内的文字。"),
        (lambda said: said.update(purpose="\ud800"), "抽取记录的“purpose”应为"),
        (lambda said: said.update(lots={}), "抽取记录的“lots”应为至多 20000 项的列表。"),
        (lambda said: said["lots"].__setitem__(0, 7), "候选名单第 1 项应有“seal”和“why”。"),
        (lambda said: said["lots"][3].update(name=None), "抽取记录的“lots[4].name”应为"),
        (lambda said: said["drawn"].append("甲"), "抽取记录的“drawn”应列出人员。"),
        (lambda said: said.update(absences=[{}]), "抽取记录的“absences”应列出缺席人员。"),
        (lambda said: said.update(turn=1.5), "抽取记录的“turn”应为 1 以上的整数。"),
        (
            lambda said: said.update(
                lots=said["lots"][:1] * 19_000, rules=said["rules"] | {"count": 40}
            ),
            "候选名单过长，不能既按单位又按类别限定人数。",
        ),
    ],
)
def test_what_is_no_record_is_told_in_a_sentence(alter, sentence):
    said = whole()
    alter(said)
    with pytest.raises(Unreadable) as bad:
        read_record(json.dumps(said).encode())
    assert sentence in str(bad.value)


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff\xfe", b"{", b"[" * 100_000, b"[]", b"7", b"{}", b'{"algorithm": ' + b"9" * 5000],
)
def test_what_is_no_json_is_told_in_a_sentence(content):
    with pytest.raises(Unreadable):
        read_record(content)


def test_too_large_a_file_is_not_parsed():
    with pytest.raises(Unreadable, match="20 MB"):
        read_record(b" " * (20 * 1024 * 1024 + 1))


@given(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=5),
                    lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=5), inner, max_size=3), max_leaves=8),
       st.sampled_from(sorted(whole())))  # fmt: skip
@settings(max_examples=400, deadline=None)
def test_whatever_stands_in_a_field_is_read_or_told(value, name):
    said = whole() | {name: value}
    told = ""
    try:
        told = check(read_record(json.dumps(said).encode()))
    except Unreadable as bad:
        told = str(bad)
    assert told == "" or told.endswith("。")
