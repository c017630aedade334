"""``rongbiao person``: the first people of an installation, entered from its own console."""

import argparse
import getpass
import os
import sys
from typing import Any

from django.db import transaction
from django.utils import timezone

from rongbiao.parties.appointments import appoint, enroll
from rongbiao.parties.models import Organization, Person
from rongbiao.parties.refused import Refused
from rongbiao.shell.complaint import Complaint


def new_password() -> str:
    """Return a password from RONGBIAO_PASSWORD or from the terminal."""
    words = os.environ.get("RONGBIAO_PASSWORD")
    if words is None:
        if not sys.stdin.isatty():
            raise Complaint("请在终端运行以输入密码，或用环境变量 RONGBIAO_PASSWORD 提供。")
        words = getpass.getpass("初始密码：")
    return words


def run(asked: argparse.Namespace) -> int:
    """Enter a person, new or known, and one post from today."""
    unit = Organization.objects.filter(name=asked.unit).first()
    if unit is None:
        raise Complaint(f"没有名为“{asked.unit}”的单位，请按名录中的名称填写。")
    by: dict[str, Any] = {"actor": None, "day": timezone.localdate()}
    try:
        with transaction.atomic():
            person = Person.objects.filter(username=asked.username).first()
            if person is None:
                person = enroll(asked.username, asked.name, new_password(), **by)
            post = appoint(person, unit, asked.role, by["day"], asked.basis, **by)
    except Refused as refused:
        raise Complaint(str(refused)) from refused
    print(f"已登记：{post}，{post.get_role_display()}，自{post.since}起。")
    return 0
