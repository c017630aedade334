"""Appointments (任职登记): people are enrolled and hold posts from a day, on a basis."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from . import journal
from .models import Organization, Person, Post
from .refused import Refused


@transaction.atomic
def enroll(
    username: str,
    name: str,
    password: str | None,
    *,
    actor: Post | None,
    day: date,
    demonstration: bool = False,
) -> Person:
    """Enter a person who may sign in; ``password`` None means: by the city's own sign-in only.

    Refused when the account name is taken or the password is weak. ``actor`` is None
    only at the console of the installation.
    """
    if Person.objects.filter(username=username).exists():
        raise Refused(f"账号“{username}”已有人使用，请换一个。")
    person = Person(username=username, name=name, demonstration=demonstration)
    try:
        Person.username_validator(username)
        if password is not None:
            validate_password(password, person)
    except ValidationError as bad:
        raise Refused("".join(bad.messages)) from bad
    person.set_password(password)
    person.save()
    journal.write(actor, "enroll", person, day=day, username=username)
    return person


@transaction.atomic
def appoint(
    person: Person,
    organization: Organization,
    role: str,
    since: date,
    basis: str,
    *,
    actor: Post | None,
    day: date,
) -> Post:
    """Give a person a post from a day; refused when the same post is already held."""
    held = Post.objects.filter(person=person, organization=organization, role=role, until=None)
    if held.exists():
        raise Refused(f"{person}已在{organization}担任{Post.Role(role).label}。")
    post = Post.objects.create(
        person=person,
        organization=organization,
        role=role,
        since=since,
        basis=basis,
        demonstration=person.demonstration,
    )
    journal.write(actor, "appoint", post, day=day, role=role, basis=basis)
    return post


@transaction.atomic
def resign(post: Post, until: date, basis: str, *, actor: Post | None, day: date) -> Post:
    """End a post on a day; refused before it began."""
    post = Post.objects.select_for_update().get(pk=post.pk)
    if post.since and until < post.since:
        raise Refused(f"免职日期{until}早于任职日期{post.since}。")
    post.until = until
    post.save(update_fields=["until"])
    journal.write(actor, "resign", post, day=day, basis=basis)
    return post
