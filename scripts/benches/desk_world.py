"""A desk with much on it, made quickly: entries by bulk, not by acts, so no chain holds here."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from rongbiao.cases.models import Case, Entry
from rongbiao.parties.models import Organization, Person, Post

SINCE = date(2024, 1, 1)
SETTLED = 0.6  # of the opinions


class DeskWorld:
    """One officer, one unit, and as many cases and entries as a bench asks for."""

    def __init__(self) -> None:
        self.unit = Organization.objects.create(name="量测局", kind="bureau")
        self.office = self._post("量测经办", "officer")
        self.drafter = self._post("量测填报", "reporter")
        self.expert = self._post("量测专家", "expert")
        self.seq = 0
        self.cases = 0

    def _post(self, name: str, role: str) -> Post:
        from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

        person = Person.objects.create(username=name, name=name)
        if role == "officer":  # without a second factor nobody acts as one
            TOTP.activate(person, generate_totp_secret())
        return Post.objects.create(
            person=person, organization=self.unit, role=role, since=SINCE, basis="量测"
        )

    def _case(self, stage: str) -> Case:
        self.cases += 1
        day = timezone.localdate()
        return Case(
            number=f"DB-2024-{self.cases:04}",
            procedure_key="local_standard",
            stage_key=stage,
            title=f"量测技术规程{self.cases}",
            applicant=self.unit,
            opened_on=SINCE,
            stage_since=day - timedelta(days=5),
            due_on=day + timedelta(days=self.cases % 40) if stage == "consultation" else None,
            public_since=SINCE,
        )

    def inbox(self, cases: int) -> None:
        """Lay so many open cases before the officer."""
        Case.objects.bulk_create([self._case("consultation") for _each in range(cases)])

    def project(self, *, opinions: int, entries: int) -> Case:
        """Return a project whose opinions are being settled, with so many entries in all."""
        case = self._case("disposition")
        case.save()
        path = (
            ("application", "submit", self.drafter, {"title": case.title, "scope": "范围", "need": "必要"}),
            ("acceptance", "accept", self.office, {"scope": "yes"}),
            ("appraisal", "pass", self.office, {"minutes": "同意立项。"}),
            ("plan", "approve", self.office, {"drafters": self.unit.name, "owner": self.unit.name}),
            ("drafting", "submit", self.drafter, {"patents": "none"}),
            ("consultation", "close", self.drafter, {}),
        )  # fmt: skip
        rows = [self._entry(case, *one) for one in path[:5]]
        said = {
            "clause": "5.1",
            "kind": "change",
            "proposed": "应不少于两次。",
            "reason": "实测。" * 20,
        }
        told = [
            self._entry(case, "consultation", "comment", None, said | {"unit": f"单位{n % 90}"}, f"R{case.pk}-{n}")
            for n in range(opinions)
        ]  # fmt: skip
        Entry.objects.bulk_create([*rows, *told])
        closing = self._entry(case, *path[5])
        closing.save()
        answer = {"taken": "adopted", "reason": "已改。"}
        settled = told[: int(opinions * SETTLED)]
        more = [
            self._entry(case, "disposition", "dispose", self.drafter, answer, about=one)
            for one in settled
        ]
        left = max(entries - len(rows) - len(told) - len(more) - 1, 0)
        kept = {"sealed": "0" * 400}
        more += [self._entry(case, "appraisal", "vote", self.expert, kept) for _each in range(left)]
        Entry.objects.bulk_create(more)
        Case.objects.filter(pk=case.pk).update(entered=closing)
        return case

    def _entry(
        self, case: Case, stage: str, action: str, actor: Post | None, said: dict[str, str],
        receipt: str | None = None, about: Entry | None = None,
    ) -> Entry:  # fmt: skip
        self.seq += 1
        return Entry(
            case=case, seq=self.seq, at=timezone.now(), day=SINCE + timedelta(days=self.seq % 300),
            actor=actor, stage_key=stage, action_key=action, answers=said, about=about,
            receipt=receipt, digest="0",
        )  # fmt: skip
