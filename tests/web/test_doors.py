"""Who may see what: every address has a row in doors.toml, and the row is the truth."""

import hashlib
import re
import tomllib
from copy import deepcopy
from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from rongbiao.web import accounts
from tests.web.world import people, things

TABLE = tomllib.loads((Path(__file__).parent / "doors.toml").read_text())
DIRECTORY = TABLE.pop("directory")
ROWS = {address: (door, row) for door, rows in TABLE.items() for address, row in rows.items()}
SET_UP = {"bare officer"}
OPEN = {  # door: who comes in; who has not signed in is led to the page of signing in
    "signed_in": {
        "reporter", "other reporter", "leader", "agent", "expert", "bare officer", "officer",
        "administrator", "auditor", "superuser",
    },
    "post_holder": {
        "reporter", "other reporter", "leader", "agent", "expert", "officer", "administrator",
        "auditor",
    },
    "officer": {"officer"},
    "office": {"officer", "auditor"},
    "expert": {"expert"},
    "declarer": {"agent"},
    "administrator": {"administrator"},
    "auditor": {"auditor", "administrator"},
}  # fmt: skip
ROLES = ("anonymous", "closed", "superuser", *sorted(OPEN["signed_in"] - {"superuser"}))
GUESTS = {"anonymous", "closed"}
# Every role asks and sends; the methods that no page has are asked by one of each kind.
KINDS = ("anonymous", "reporter", "officer", "administrator")
ASKED = [
    *((role, method) for role in ROLES for method in ("GET", "POST")),
    *((role, method) for role in KINDS for method in ("PUT", "DELETE")),
]
# What reading a page may write: sessions and the cache.
# ... and how often an address asked.
FLEETING = {"django_session", "cache", "usersessions_usersession", "parties_allowance"}


def walk(patterns=None, before="") -> dict[str, URLPattern]:
    """Return every address of the platform."""
    found = {}
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            found |= walk(one.url_patterns, before + str(one.pattern))
        else:
            found[before + str(one.pattern)] = one
    return found


def test_every_address_has_a_row_and_every_row_an_address():
    routed = {address: getattr(one.callback, "door", "?") for address, one in walk().items()}
    for address in sorted(routed.keys() - ROWS.keys()):
        print(f'doors.toml lacks, in [{routed[address]}]:  "{address}" = {{}}')  # noqa: T201
    assert sorted(routed.keys() - ROWS.keys()) == [], "addresses without a row in doors.toml"
    assert sorted(ROWS.keys() - routed.keys()) == [], "rows of doors.toml without an address"
    assert {address: routed[address] for address in ROWS} == {
        address: door for address, (door, _) in ROWS.items()
    }


def test_the_directory_adds_only_its_two_addresses():
    with_directory = accounts.routes(by_directory=True)
    known = {f"accounts/{one.pattern}" for one in accounts.routes(by_directory=False)}
    added = {f"accounts/{one.pattern}": one.callback.door for one in with_directory}
    assert {address: door for address, door in added.items() if address not in known} == DIRECTORY


@pytest.fixture
def world(city):
    return things(), people()


def path_of(address: str, row: dict, values: dict) -> str:
    """Return a real path for an address: every argument replaced by what its row names."""

    def value(match: re.Match) -> str:
        name = row.get(match[1], match[1])
        return name[1:] if name.startswith("=") else str(values[name])

    return "/" + re.sub(r"<(?:\w+:)?(\w+)>", value, address)


def signed_in(person) -> Client:
    """Return a browser in which somebody is signed in, or nobody."""
    client = Client()
    if person is not None:
        client.force_login(person)
    return client


def ask(client: Client, method: str, path: str):
    """Ask once and undo whatever it did, in the database and in the browser."""
    before = deepcopy(client.cookies)
    with transaction.atomic():
        answer = client.generic(method, path)
        transaction.set_rollback(True)
    client.cookies = before
    return answer


def verdict(answer) -> str:
    """Tell in one word what an answer means for who asked."""
    where = answer.get("Location", "")
    if answer.status_code == 302 and where.startswith(reverse("account_login")):
        return "login"
    if answer.status_code == 302 and where.startswith(f"{reverse('mfa_activate_totp')}?next="):
        return "set-up"
    return {401: "no token", 403: "no", 405: "no method"}.get(
        answer.status_code, "in" if answer.status_code < 500 else f"error {answer.status_code}"
    )


def expected(door: str, row: dict, role: str, method: str) -> set[str]:  # noqa: PLR0911
    """Return the verdicts that an address may give a role."""
    if role in GUESTS and "guests" in row and method in {"GET", "POST"}:
        return {row["guests"]}
    if door == "token":
        return {"no token"} if method == "POST" else {"no method"}
    if door in {"public", "published", "data"}:
        entered = True
    elif role in GUESTS:
        return {"login"}
    else:
        entered = role in OPEN[door]
    if not entered:
        proved = "officer" in OPEN[door]  # what a second factor would open
        return {"set-up"} if role in SET_UP and proved else {"no"}
    if method in {"PUT", "DELETE"}:
        return {"no method"}
    if "only" in row and role not in row["only"]:
        # A form's address answers a reader alike, whoever asks: 405 gives nothing away.
        return {"no", "missing", "no method"} if method == "GET" else {"no", "missing"}
    return {"in", "no method"}


@pytest.mark.parametrize(("role", "method"), ASKED)
def test_each_role_gets_what_the_table_says(role, method, world):
    values, who = world
    wrong, client = [], signed_in(who[role])
    for address, (door, row) in ROWS.items():
        answer = ask(client, method, path_of(address, row, values))
        found, right = verdict(answer), expected(door, row, role, method)
        if answer.status_code == 404 and "missing" in right:
            found = "missing"
        if found not in right:
            wrong.append((address, sorted(right), found, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", GUESTS)
def test_a_city_may_close_its_board(role, world, settings):
    settings.PUBLIC_BOARD = False
    values, who = world
    closed = [(path_of(a, row, values)) for a, (door, row) in ROWS.items() if door == "published"]
    client = signed_in(who[role])
    assert [path for path in closed if verdict(ask(client, "GET", path)) != "login"] == []


@pytest.mark.parametrize("role", ["anonymous", "reporter", "officer", "administrator"])
def test_nothing_is_changed_without_the_forms_own_token(role, world):
    values, who = world
    passed, client = [], Client(enforce_csrf_checks=True)  # what is refused leaves no mark on it
    if who[role] is not None:
        client.force_login(who[role])
    for address, (door, row) in ROWS.items():
        right = {401, 405} if door == "token" else {403}  # there, no session counts at all
        if door == "data":  # what only reads says so before it asks for anything
            right = {405}
        for method in () if row.get("secret") else ("POST", "PUT", "PATCH", "DELETE"):
            status = client.generic(method, path_of(address, row, values)).status_code
            if status not in right:
                passed.append((method, address, status))
    assert passed == []


def content() -> dict[str, str]:
    """Return a hash of everything that each table holds."""
    hashes = {}
    with connection.cursor() as cursor:
        for table in sorted(set(connection.introspection.table_names(cursor)) - FLEETING):
            cursor.execute(f"select * from {connection.ops.quote_name(table)}")
            rows = sorted(map(repr, cursor.fetchall()))
            hashes[table] = hashlib.sha256("\n".join(rows).encode()).hexdigest()
    return hashes


@pytest.mark.parametrize("role", ROLES)
def test_reading_writes_nothing(role, world):
    values, who = world
    client = Client()
    if who[role] is not None:
        client.force_login(who[role])
    before = content()
    for address, (_, row) in ROWS.items():
        client.get(path_of(address, row, values))
        client.head(path_of(address, row, values))
    assert {table: kept for table, kept in content().items() if before[table] != kept} == {}


def test_a_hidden_thing_looks_like_one_that_is_not_there(world):
    """The report of another unit, and no report at all, get the same answer."""
    values, who = world
    other = signed_in(who["other reporter"])
    for address, (_, row) in ROWS.items():
        if row.get("pk") == "report" and "only" in row:
            hidden = ask(other, "GET", path_of(address, row, values))
            missing = ask(other, "GET", path_of(address, row, values | {"report": 987654}))
            assert hidden.status_code == missing.status_code, address
