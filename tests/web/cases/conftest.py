"""A local standard on its way, at any stage that a test wants: the story of eleven months."""

from pathlib import Path

import pytest
from django.test import Client

from tests.conftest import give_second_factor
from tests.story_desk import Told, read

STORY = Path(__file__).parents[2] / "stories" / "eleven_months.yaml"


class Desk:
    """The story's people and its case; browsers for them."""

    def __init__(self) -> None:
        self.told = Told(read(STORY))
        self.lines = [line for line in self.told.story["经过"] if "不能" not in dict(*line[3:])]

    def until(self, stage: str):
        """Play until the case is at a stage, or to its end; return the case."""
        while self.lines:
            day, who, name, *rest = self.lines.pop(0)
            self.told.one(day, who, name, dict(rest[0]) if rest else {}, "")
            case = self.told.case
            case.refresh_from_db()
            if not case.closed_on and case.stage_key == stage:
                return case
        return self.told.case

    def browser(self, name: str | None = None) -> Client:
        """Return a browser in which somebody of the story is signed in, or nobody."""
        client = Client()
        if name is not None:
            person = self.told.cast[name].person
            give_second_factor(person)
            client.force_login(person)
        return client


@pytest.fixture
def desk(city):
    """Return the desk of the story."""
    return Desk()
