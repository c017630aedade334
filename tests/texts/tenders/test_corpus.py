"""Precision and recall of doubts about tenders, by rule; they are printed and never fall."""

from collections import Counter
from datetime import date
from pathlib import Path
from time import process_time

import pytest

from rongbiao.law import table
from rongbiao.texts.tenders import SIGNS, find_doubts, sentence_at

FOLDER = Path(__file__).parents[2] / "corpora" / "tenders"
# What is reached, and does not fall: sentences that the signs were tuned on, and others that
# were written afterwards and that nobody tuned for.
SETS = {
    "tuned": (("", "held_"), (0.99, 1.0)),
    "fresh": (("fresh_",), (1.0, 0.64)),
}


def lines(name: str) -> list[str]:
    return (FOLDER / name).read_text(encoding="utf-8").splitlines()


def cases(parts: tuple[str, ...]) -> list[tuple[str, str]]:
    """Return sentences with the rule that each touches, or nothing where it is harmless."""
    found = []
    for part in parts:
        told = (line.split("\t") for line in lines(f"{part}forbidden.tsv"))
        found += [(text, rule) for rule, text in told]
        found += [(text, "") for text in lines(f"{part}harmless.txt")]
    return found


@pytest.mark.parametrize("name", SETS)
def test_precision_and_recall(capsys, name):
    figures: dict[str, Counter] = {}
    wrong = []
    parts, floors = SETS[name]
    asked = cases(parts)
    for text, rule in asked:
        found = {one.sign.rule for one in find_doubts(text)}
        wanted = {rule} - {""}
        for one in found | wanted:
            counts = figures.setdefault(one, Counter())
            counts["right"] += one in found and one in wanted
            counts["found"] += one in found
            counts["wanted"] += one in wanted
        if found != wanted:
            wrong.append((text, sorted(found), rule))
    whole = sum(figures.values(), Counter())
    with capsys.disabled():
        for rule, counts in [*sorted(figures.items()), (name, whole)]:
            precision, recall = (counts["right"] / (counts[by] or 1) for by in ("found", "wanted"))
            print(  # noqa: T201 — telling the figures is its purpose
                f"\n{rule}: precision {precision:.3f}, recall {recall:.3f} of {counts['wanted']}",
                end="",
            )
        print(f" in {len(asked)} sentences")  # noqa: T201
    reached = (whole["right"] / whole["found"], whole["right"] / whole["wanted"])
    assert all(one >= floor for one, floor in zip(reached, floors, strict=True)), wrong


def test_every_sign_touches_a_rule_of_law_and_says_so_in_both_languages():
    law = table("procurement").at(date(2026, 1, 1)).group("tender")
    assert {sign.rule for sign in SIGNS} == set(law)
    for sign in SIGNS:
        assert sign.why.endswith("。")
        assert sign.advice.endswith("。")
        assert sign.why_en.isascii() or "“" in sign.why_en
        assert sign.advice_en


def test_a_doubt_knows_its_place():
    text = "一、资格要求\n  投标人应为在福州市注册的企业；工期30天。\n灯具应为飞利浦品牌。"
    found = find_doubts(text)
    assert [one.sign.rule for one in found] == ["place", "brand"]
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.start <= one.mark[0] < one.mark[1] <= one.end


def test_a_sentence_around_a_place():
    text = "甲方验收；产品应符合GB 4943.1-2022的规定。第二章"
    at = text.index("GB")
    assert sentence_at(text, at, at + 2).text == "产品应符合GB 4943.1-2022的规定。"
    assert sentence_at("无" * 5000, 2500, 2501).text == "无" * 801


@pytest.mark.parametrize(
    "bit", ["福州市业绩", "应为", "选用", "供应商须", "本市注册企业得分", "福"]
)
def test_no_text_takes_longer_than_linear(bit):
    def cost(times: int) -> float:
        text = bit * times
        started = process_time()
        find_doubts(text)
        return process_time() - started

    cost(1000)
    short, long = min(cost(4_000) for _ in range(3)), min(cost(16_000) for _ in range(3))
    assert long < 8 * short + 0.05
