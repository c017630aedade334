"""``rongbiao unlock``: a person who lost phone or password can sign in again."""

import argparse

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from axes.models import AccessAttempt
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from rongbiao.parties import journal
from rongbiao.parties.models import Person
from rongbiao.shell.complaint import Complaint
from rongbiao.shell.person import new_password


@transaction.atomic
def unlock(person: Person, password: str | None, basis: str) -> None:
    """Remove the second factor and the locks of a person, end all sessions; on a basis.

    With a password given it replaces the old one. Guarded roles set up a new second
    factor before they act again, as at the first time.
    """
    if password is not None:
        try:
            validate_password(password, person)
        except ValidationError as bad:
            raise Complaint("".join(bad.messages)) from bad
        person.set_password(password)
        person.save(update_fields=["password"])
    for session in UserSession.objects.filter(user=person):
        session.end()
    keys, _ = Authenticator.objects.filter(user=person).delete()
    AccessAttempt.objects.filter(username=person.username.casefold()).delete()
    day = timezone.localdate()
    journal.write(
        None, "unlock", person, day=day, basis=basis, keys=keys, password=password is not None
    )


def run(asked: argparse.Namespace) -> int:
    """Unlock one account from the console of the installation."""
    person = Person.objects.filter(username=asked.username).first()
    if person is None:
        raise Complaint(f"没有名为“{asked.username}”的账号。")
    unlock(person, new_password() if asked.password else None, asked.basis)
    renewed = "，密码已更换" if asked.password else ""
    print(f"已解除{person}的动态口令和登录锁定{renewed}；此人的登录均已退出。")
    return 0
