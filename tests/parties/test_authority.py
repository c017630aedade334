"""The office's acts are an officer's, within the time in post."""

from datetime import date

import pytest

from rongbiao.parties.authority import ask_officer
from rongbiao.parties.refused import Refused
from tests.conftest import hold_post


def test_an_officer_acts_from_the_first_to_the_last_day_of_the_post(city):
    post = hold_post("林经办", "市市场监管局", "officer", since=date(2024, 3, 1))
    post.until = date(2025, 6, 30)
    for day in (date(2024, 2, 29), date(2025, 7, 1)):
        sentence = f"的任职自2024-03-01至2025-06-30，不能办理{day}的事项。"
        with pytest.raises(Refused, match=sentence):
            ask_officer(post, day, "由经办人办理。")
    for day in (post.since, post.until):
        ask_officer(post, day, "由经办人办理。")


def test_whoever_is_no_officer_is_refused_in_the_words_of_the_act(reporter):
    for actor in (reporter, None):
        with pytest.raises(Refused, match=r"^由经办人办理。$"):
            ask_officer(actor, date(2024, 1, 1), "由经办人办理。")
