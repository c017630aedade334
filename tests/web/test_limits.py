"""Limits count exactly, by the address that really asked."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.forms import ValidationError
from django.test import RequestFactory

from rongbiao.web.limits import Tries, address_of, name_of, use_once

# what the socket says, X-Forwarded-For, how many proxies are ours, who asked
ADDRESSES = [
    ("192.0.2.7", "", 0, "192.0.2.7"),
    ("192.0.2.7", "203.0.113.9", 0, "192.0.2.7"),  # no proxy of ours: the header is a claim
    ("127.0.0.1", "203.0.113.9", 1, "203.0.113.9"),
    ("127.0.0.1", "1.1.1.1, 203.0.113.9", 1, "203.0.113.9"),  # the first part is a claim
    ("127.0.0.1", "1.1.1.1, 203.0.113.9, 10.0.0.2", 2, "203.0.113.9"),
    ("127.0.0.1", "203.0.113.9", 2, "127.0.0.1"),  # shorter than our chain: not from it
    ("127.0.0.1", "rubbish", 1, "0.0.0.0"),
    ("127.0.0.1", "", 1, "0.0.0.0"),
    ("", "", 0, "0.0.0.0"),  # a unix socket
    ("2001:db8:1:2:3:4:5:6", "", 0, "2001:db8:1:2::"),  # one network is one client
    ("2001:db8:1:2:ffff::1", "", 0, "2001:db8:1:2::"),
    ("::ffff:192.0.2.7", "", 0, "192.0.2.7"),
    ("fe80::1%eth0", "", 0, "fe80::"),
]


@pytest.mark.parametrize(("socket", "forwarded", "proxies", "asked"), ADDRESSES)
def test_whose_address_counts(socket, forwarded, proxies, asked, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    extra = {"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {}
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=socket, **extra)) == asked


@pytest.mark.parametrize(
    ("given", "name"),
    [("Lin", "lin"), (" lin ", "lin"), ("ｌｉｎ", "lin"), ("l\0in", "lin"), ("", "")],
)
def test_one_name_has_one_spelling(given, name):
    request = RequestFactory().post("/", {"login": given})
    assert name_of(request) == name
    assert name_of(request, {"username": given}) == name


@pytest.mark.django_db(transaction=True)
def test_thirty_of_a_hundred_simultaneous_failures_are_let_through():
    def ask(_):
        try:
            with Tries("门", 30, 10**9, "请稍后再试。") as tries:
                tries.right = False
        except ValidationError:
            return 0
        else:
            return 1
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(ask, range(100))) == 30


@pytest.mark.django_db(transaction=True)
def test_one_code_sent_fifty_times_at_once_is_taken_once():
    def ask(_):
        try:
            return use_once(7, "123456")
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as pool:
        assert sum(pool.map(ask, range(50))) in {1, 2}  # 2: the half minute ended meanwhile


@pytest.mark.django_db
def test_what_was_right_is_given_back():
    for _ in range(10):
        with Tries("门", 1, 10**9, "请稍后再试。"):
            pass
    with Tries("门", 1, 10**9, "请稍后再试。") as tries:
        tries.right = False
    with pytest.raises(ValidationError), Tries("门", 1, 10**9, "请稍后再试。"):
        pass
