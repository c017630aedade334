"""Plays a story, line by line, at the real desk: words as officials write them.

An act is ``[day, who, action, {label: value}]``; ``不能`` gives part of the sentence that
refuses it. Actions and labels are the Chinese names of the declaration; a file is named by
its ending and made on the spot.
"""

import io
import re
from datetime import date
from functools import cache
from pathlib import Path

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.forms import BooleanField, FileField, MultipleChoiceField

from rongbiao.archive.models import File
from rongbiao.cases import desk
from rongbiao.cases.models import Case
from rongbiao.cases.procedure import CLOSED, procedures
from rongbiao.parties import rules
from rongbiao.parties.models import Organization, Person, Post
from rongbiao.parties.refused import Refused
from rongbiao.procedures.self_declaration import SelfDeclaration
from rongbiao.stages import clock
from rongbiao.standards import declaring
from rongbiao.standards.declaring import Said
from rongbiao.standards.models import Association, Declaration, Requirement, Standard, Statement
from tests import leader_desk
from tests.standards_desk import enter

ROLES = {
    "经办人": "officer", "填报人": "reporter", "单位经办人": "agent", "专家": "expert",
    "负责人": "leader", "审计员": "auditor", "管理员": "administrator",
}  # fmt: skip


@cache
def made(ending: str) -> bytes:
    """Return the content of a small real file."""
    if ending == "docx":
        import docx

        paper = docx.Document()
        for line in ("1 范围", "本文件规定了试验用的要求。", "5 要求", "5.1 总则", "应符合规定。"):
            paper.add_paragraph(line)
        buffer = io.BytesIO()
        paper.save(buffer)
        return buffer.getvalue()
    if ending == "pdf":
        from reportlab.pdfgen.canvas import Canvas

        buffer = io.BytesIO()
        page = Canvas(buffer)
        page.drawString(100, 700, "DB3501/T")
        page.save()
        return buffer.getvalue()
    return "演示文本".encode()


class Told:
    """One story and its cast."""

    def __init__(self, story: dict):
        self.story = story
        self.acts = list(story["经过"])
        if before := story.get("前情"):
            earlier = read(Path(__file__).parent / "stories" / f"{before['故事']}.yaml")
            story = {**earlier, **story, "人物": earlier["人物"] | story.get("人物", {})}
            self.story = story
            first = list(story.get("先行", ()))
            self.acts = first + until(earlier["经过"], before["到"]) + self.acts
        self.cast: dict[str, Post | None] = {"公众": None}
        self.case: Case | None = None
        self.receipts: list[str] = []
        for row in story.get("名录", ()):
            self.register(row)
        for name, (unit, role) in story["人物"].items():
            self.cast[name] = self.hold(name, unit, ROLES[role])
        for name, kind in story.get("类别", {}).items():
            Organization.objects.filter(name=name).update(kind=kind)
        for row in story.get("登记", ()):
            self.enter_association(row)
        for row in story.get("准备", ()):
            self.prepare(row)
        if before := story.get("领跑者"):
            self.case = leader_desk.until(before, self.cast)
        if declared := story.get("已声明"):
            self.declare(declared["日期"], self.cast[declared["企业经办"]])

    def register(self, row: dict) -> None:
        standard = enter(
            row["编号"],
            row["名称"],
            status={"现行": "current", "废止": "withdrawn"}[row["状态"]],
            issued_on=row["发布"],
            implemented_on=row["发布"],
            proposer=row.get("提出单位", ""),
        )
        for name, limit, unit, clause in row.get("要求", ()):
            Requirement.objects.create(
                standard=standard, name=name, limit=limit, unit=unit, clause=clause, basis="故事"
            )

    def prepare(self, row: dict) -> None:
        """Prepare a standard of an enterprise, with indicators (name, limit, unit, method)."""
        names = ("name", "limit", "unit", "method")
        said = Said(
            row["编号"], row["名称"], own=row.get("企业标准", True), notice=row.get("明示", ""),
            references=row.get("对照", ""),
            indicators=[dict(zip(names, one, strict=True)) for one in row.get("指标", ())],
        )  # fmt: skip
        declaring.prepare(said, actor=self.cast[row["企业经办"]], day=row["日期"])

    def enter_association(self, row: dict) -> None:
        """Enter an association in the register, as its own story does by acts."""
        unit = Organization.objects.get(name=row["社会团体"])
        unit.kind = Organization.Kind.ASSOCIATION
        unit.save()
        rules = File.objects.keep(b"%PDF-1.4", "程序.pdf", "application/pdf")
        Association.objects.create(
            organization=unit, code=row["代号"], scope="茶", department="标准部", head="林标",
            rules=rules, confirmed_on=row["日期"], basis="故事",
        )  # fmt: skip

    def declare(self, day, actor) -> None:
        """Declare everything that an enterprise prepares."""
        rows = Statement.objects.preparing(actor.organization)
        answers = {"statements": [str(row.pk) for row in rows], "true": "on"}
        desk.open_case(SelfDeclaration, actor=actor, day=day, answers=answers)

    def hold(self, name: str, unit: str, role: str) -> Post:
        person, _new = Person.objects.get_or_create(username=name, defaults={"name": name})
        kind = {"defaults": {"kind": "enterprise"}}
        organization = Organization.objects.get_or_create(name=unit, **kind)[0]
        return Post.objects.create(
            person=person,
            organization=organization,
            role=role,
            since=date(2020, 1, 1),
            basis="故事",
        )

    def play(self) -> Case:
        """Play every act; return the case as it ends."""
        self.first()
        for day, who, name, *rest in self.acts:
            said = dict(rest[0]) if rest else {}
            self.one(day, who, name, said, said.pop("不能", ""))
        self.case.refresh_from_db()
        return self.case

    def one(self, day, who, name, said, refused) -> None:
        if name == "更正规则":
            self.change_rule(day, who, said)
            return
        if name == "声明新版":
            self.prepare({**said, "日期": day, "企业经办": who})
            self.declare(day, self.cast[who])
            return
        if name == "转入":
            self.case = Case.objects.filter(procedure_key=said["事项"]).latest("pk")
            return
        if who == "平台":
            clock.tick(day)
            if self.case is None and name:
                self.case = Case.objects.latest("pk")
            return
        if not refused:
            self.act(day, who, name, said)
            return
        with pytest.raises(Refused, match=re.escape(refused)):
            self.act(day, who, name, said)

    def change_rule(self, day, who, said) -> None:
        rules.change(
            said["表"], said["规则"], value=said["取值"], since=said["自"], source=said["来源"],
            basis=said["依据"], verified=True, actor=self.cast[who], day=day,
        )  # fmt: skip

    def first(self) -> None:
        """Play what other matters had to be settled before."""
        for row in self.story.get("先办", ()):
            procedure, actor = procedures[row["事项"]], self.cast[row["谁"]]
            action = procedure.stages[0].actions()[0]
            answers, files = self.filled(action, dict(row["内容"]), None)
            said = {"actor": actor, "day": row["日期"], "answers": answers, "files": files}
            if not row.get("不能"):
                desk.open_case(procedure, **said)
                continue
            with pytest.raises(Refused, match=re.escape(row["不能"])):
                desk.open_case(procedure, **said)

    def another(self) -> Case:
        """Play the other case of a story, with the same people."""
        told = self.story["另一件"]
        standard = Standard.objects.get(number=told["名录编号"])
        first = told["经过"][0]
        procedure = procedures[told["事项"]]
        answers, files = self.filled(procedure.stages[0].actions()[0], dict(first[3]), None)
        self.case = desk.open_case(
            procedure, actor=self.cast[first[1]], day=first[0], answers=answers, files=files,
            standard=standard,
        )  # fmt: skip
        self.acts = told["经过"][1:]
        return self.play()

    def act(self, day, who, name, said) -> None:
        actor = self.cast[who]
        about = said.pop("针对", None)
        if self.case is None:
            procedure = procedures[self.story["事项"]]
            first = procedure.stages[0].actions()[0]
            draft = Case(applicant=actor.organization, opened_on=day) if actor else None
            about = said.pop("所涉标准", None)
            answers, files = self.filled(first, said, draft)
            standard = Standard.objects.get(number=about) if about else None
            self.case = desk.open_case(
                procedure, actor=actor, day=day, answers=answers, files=files, standard=standard
            )
            return
        self.case.refresh_from_db()
        stage = self.case.stage if not self.case.closed_on else self.case.procedure.stages[-1]
        action = next((one for one in stage.actions() if one.name == name), None)
        assert action or self.case.stage_key != CLOSED, name
        answers, files = self.filled(action, said, self.case) if action else ({}, {})
        key = action.key if action else name
        seq = self.seq_of(action, about) if action and about else None
        desk.act(self.case, key, actor=actor, day=day, answers=answers, files=files, about=seq)

    def seq_of(self, action, place: int) -> int:
        rows = self.case.entries.filter(action_key=action.about).order_by("seq")
        return rows[place - 1].seq

    def filled(self, action, said, case):
        """Return answers and files by field, from labels and words of choices."""
        answers, files = {}, {}
        if action.form is None:
            return answers, files
        form = action.form(case=case)
        labels = {str(field.label): key for key, field in form.fields.items()}
        for label, value in said.items():
            key = next(key for text, key in labels.items() if text.startswith(label))
            field = form.fields[key]
            if key in {"declaration", "inspectors"} and not hasattr(field, "choices"):
                # named in a story, keys at the desk
                answers[key] = self.keys_of(key, value)
                continue
            if isinstance(field, FileField):
                files[key] = SimpleUploadedFile(value, made(value.rsplit(".", 1)[-1]))
            elif isinstance(field, MultipleChoiceField):
                named = {str(words): k for k, words in field.choices}
                named |= {name: str(post.pk) for name, post in self.cast.items() if post}
                answers[key] = [named[name] for name in value]
            elif isinstance(field, BooleanField):
                answers[key] = value
            elif choices := getattr(field, "choices", None):
                answers[key] = next(k for k, words in choices if str(words) == str(value))
            else:
                answers[key] = str(value)
        return answers, files

    def keys_of(self, field: str, value) -> str:
        if field == "declaration":
            return str(Declaration.objects.get(number=value).pk)
        return ",".join(str(self.cast[name].pk) for name in value)


def until(acts: list, name: str) -> list:
    """Return what happened up to an act, without what was refused."""
    done = [act for act in acts if "不能" not in (act[3] if len(act) > 3 else {})]
    names = [act[2] for act in done]
    return done[: names.index(name) + 1]


def read(path: Path) -> dict:
    """Read a story."""
    return yaml.safe_load(path.read_text())
