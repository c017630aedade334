"""What every test may ask for: the city, its officer, its reporters."""

from datetime import date
from functools import cache

import hypothesis
import pytest

# How long one example takes depends on the machine: a timing passes or fails nothing.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")


@pytest.fixture(autouse=True)
def plain_static(settings):
    """Serve static files without a manifest: no collectstatic before a test."""
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def transactional_db(transactional_db):
    """Let Django's flush delete what the journal's trigger keeps; the trigger stands again after it."""
    from django.db import connection

    if connection.vendor != "sqlite" or "around" in repr(connection.ops.execute_sql_flush):
        return  # TRUNCATE fires no trigger of rows
    flush = connection.ops.execute_sql_flush
    named = (
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'cases_entry'"
    )

    def around(sql_list):
        with connection.cursor() as cursor:
            triggers = cursor.execute(named).fetchall()
            for name, _sql in triggers:
                cursor.execute(f"DROP TRIGGER {name}")
        flush(sql_list)
        with connection.cursor() as cursor:
            for _name, sql in triggers:
                cursor.execute(sql)

    connection.ops.execute_sql_flush = around


@pytest.fixture
def city(db, settings):
    """The units, regions and groups of Fuzhou."""
    from rongbiao.parties.founding import found

    found(settings.CITY)
    return settings.CITY


def hold_post(name: str, unit: str, role: str, since=date(2023, 1, 1)):
    """Return a person's post in a unit, both new."""
    from rongbiao.parties.models import Organization, Person, Post

    person, _ = Person.objects.get_or_create(username=name, defaults={"name": name})
    if role in {"officer", "administrator", "auditor"}:
        give_second_factor(person)
    return Post.objects.create(
        person=person,
        organization=Organization.objects.get(name=unit),
        role=role,
        since=since,
        basis="测试任职",
    )


def give_second_factor(person) -> str:
    """Give a person a TOTP key, without which guarded roles cannot be acted in; return it."""
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    secret = generate_totp_secret()
    if not Authenticator.objects.filter(user=person, type="totp").exists():
        TOTP.activate(person, secret)
    return secret


@pytest.fixture
def officer(city):
    """An officer of the joint conference's office."""
    return hold_post("林经办", "市市场监管局", "officer")


@pytest.fixture
def reporter(city):
    """A reporter of one responsible unit."""
    return hold_post("陈填报", "市海洋与渔业局", "reporter")


@pytest.fixture
def administrator(city):
    """A system administrator."""
    return hold_post("郑管理", "市市场监管局", "administrator")


@cache
def read_once(text: str):
    """Read a policy paper; the same text is read once in a run of tests."""
    from rongbiao.texts.policies import read_policy

    return read_policy(text)


@pytest.fixture
def opinion_plan(db, monkeypatch):
    """The Opinion 榕政综〔2023〕157号, entered as every installation enters it."""
    from rongbiao.shell.founding import lay_foundation
    from rongbiao.strategy import plans

    monkeypatch.setattr(plans, "read_policy", read_once)
    return lay_foundation()
