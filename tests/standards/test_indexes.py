"""Indexes that a large load puts off: they go, and they come back as they were."""

import pytest
from django.db import connection

from rongbiao.standards import indexes
from rongbiao.standards.models import Participation, Standard

pytestmark = pytest.mark.django_db


def held():
    """Return what the database has on both tables, names of foreign keys left aside."""
    with connection.cursor() as cursor:
        return sorted(
            (model.__name__, "" if one["foreign_key"] else name, *one["columns"])
            for model in (Standard, Participation)
            for name, one in connection.introspection.get_constraints(
                cursor, model._meta.db_table
            ).items()
        )


def test_what_was_put_off_comes_back_once():
    before = held()
    assert indexes.missing() == {}
    indexes.put_off()
    lacking = set(indexes.missing())
    named = {"standard.text_id", "participation.standard_id", "participation.organization_id"}
    references = named if connection.vendor == "postgresql" else set()
    assert lacking == indexes.PUT_OFF | references
    indexes.put_off()
    assert set(indexes.missing()) == lacking
    assert set(indexes.restore()) == lacking
    assert (held(), indexes.restore(), indexes.missing()) == (before, [], {})


def test_no_index_has_a_twin():
    """PostgreSQL gets a second one for text that is ``db_index`` or ``unique``."""
    assert not [row for row in held() if row[1].endswith("_like")]


def test_what_a_unit_published_is_found_by_an_index():
    """Among millions: the condition of the index must be seen in the terms of the question."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SET LOCAL enable_seqscan = off"
            )  # it prefers one while tables are small
    asked = Standard.objects.of_the_city(published=True)
    assert "standards_standard_publisher" in asked.explain()
