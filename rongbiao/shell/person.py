"""``rongbiao person``: the first people of an installation, entered from its own console."""

import argparse
import getpass
import os
import sys

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from rongbiao.parties import journal
from rongbiao.parties.models import Organization, Person, Post
from rongbiao.shell.complaint import Complaint


def password_for(person: Person) -> str:
    """Return a new password from the terminal or from RONGBIAO_PASSWORD; refuse a weak one."""
    words = os.environ.get("RONGBIAO_PASSWORD")
    if words is None:
        if not sys.stdin.isatty():
            raise Complaint("请在终端运行以输入密码，或用环境变量 RONGBIAO_PASSWORD 提供。")
        words = getpass.getpass("初始密码：")
    try:
        validate_password(words, person)
    except ValidationError as bad:
        raise Complaint("".join(bad.messages)) from bad
    return words


@transaction.atomic
def run(asked: argparse.Namespace) -> int:
    """Enter a person, new or known, and one post from today."""
    unit = Organization.objects.filter(name=asked.unit).first()
    if unit is None:
        raise Complaint(f"没有名为“{asked.unit}”的单位，请按名录中的名称填写。")
    person = Person.objects.filter(username=asked.username).first()
    if person is None:
        person = Person(username=asked.username, name=asked.name)
        person.set_password(password_for(person))
        person.save()
    day = timezone.localdate()
    post = Post.objects.create(
        person=person, organization=unit, role=asked.role, since=day, basis=asked.basis
    )
    journal.write(None, "appoint", post, day=day, role=asked.role, basis=asked.basis)
    print(f"已登记：{post}，{post.get_role_display()}，自{day}起。")
    return 0
