"""What is filled in at the usual actions: words, ballots, opinions and their disposition."""

import re
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from rongbiao.cases import desk
from rongbiao.cases.procedure import Answers
from rongbiao.cases.who import Who
from rongbiao.law.profiles import ahead, first_day
from rongbiao.law.voting import Profile, convening, read_profile, tally
from rongbiao.parties import rules
from rongbiao.parties.models import Draw, Organization, Post
from rongbiao.parties.refused import Refused
from rongbiao.standards.conflicts import Concern, Kind, conflicts

LINKS = re.compile(r"https?://|www\.", re.IGNORECASE)
MOST_LINKS = 2  # a comment with more of them, or one said already, waits for an officer
VOTES = [("yes", _("同意")), ("no", _("不同意")), ("abstain", _("弃权"))]


class Words(Answers):
    """A few words."""

    words = forms.CharField(label=_("意见"), max_length=2000, widget=forms.Textarea)


class Confided(Answers):
    """What somebody confides: names and files are for one handler, not for the whole office."""

    confided_to: Who


class Recusal(Answers):
    """Why an expert stands aside."""

    words = forms.CharField(label=_("回避理由"), max_length=2000, widget=forms.Textarea)


class Ballot(Answers):
    vote = forms.ChoiceField(label=_("表决"), choices=VOTES, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label=_("审查意见"), max_length=4000, required=False, widget=forms.Textarea
    )


class Opinion(Answers):
    """A comment of the public, bound to a clause."""

    KINDS = [
        ("change", pgettext_lazy("意见", "修改")),
        ("add", _("增加")),
        ("delete", _("删除")),
        ("question", _("疑问")),
        ("support", _("支持")),
    ]
    personal = ("person", "phone", "email")

    clause = forms.CharField(label=_("章条编号"), max_length=60, required=False)
    kind = forms.ChoiceField(label=_("类型"), choices=KINDS, initial="change")
    proposed = forms.CharField(
        label=_("建议改为"), max_length=4000, required=False, widget=forms.Textarea
    )
    reason = forms.CharField(label=_("理由"), max_length=4000, widget=forms.Textarea)
    file = forms.FileField(label=_("附件"), required=False)
    unit = forms.CharField(label=_("单位名称（个人不填）"), max_length=120, required=False)
    person = forms.CharField(label=_("姓名"), max_length=50)
    phone = forms.CharField(label=_("联系电话"), max_length=30, required=False)
    email = forms.EmailField(label=_("电子邮箱"), required=False)
    hidden = forms.BooleanField(label=_("公开时隐去姓名"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        text = f"{said.get('proposed', '')}{said.get('reason', '')}"
        said["held"] = len(LINKS.findall(text)) > MOST_LINKS or bool(
            self.case
            and self.case.entries.filter(
                action_key__in=("comment", "object"), answers__reason=said.get("reason", "")
            ).exists()
        )
        return said


class Comment(Opinion):
    """A comment on a draft; whoever knows of a patent is encouraged to say so.

    国家标准涉及专利的管理规定（暂行）, art. 6.
    """

    patent_words = forms.CharField(
        label=_("所知悉的专利（专利号、专利权人，没有的不填）"),
        max_length=1000,
        required=False,
        widget=forms.Textarea,
    )


class Disposition(Answers):
    """What became of a comment."""

    TAKEN = [("adopted", _("采纳")), ("partly", _("部分采纳")), ("declined", _("不采纳"))]

    taken = forms.ChoiceField(label=_("处理意见"), choices=TAKEN, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("理由"), max_length=2000, required=False, widget=forms.Textarea
    )
    same_as = forms.IntegerField(label=_("与第几号意见相同"), required=False, min_value=1)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("taken") in {"partly", "declined"} and not said.get("reason"):
            raise forms.ValidationError(_("部分采纳或者不采纳的，应当说明理由。"))
        return said


class Convening(Answers):
    """Who is asked to a panel, how it concludes, and when it meets."""

    profile = forms.ChoiceField(label=_("审查方式"))
    meets_on = forms.DateField(label=_("审查日期"))  # by letter: the last day of the replies
    draw = forms.ChoiceField(
        label=_("按抽取结果邀请"),
        required=False,
        help_text=_("在评审页上抽取后，抽取结果列在这里。"),
    )
    experts = forms.MultipleChoiceField(label=_("专家"), required=False)
    among: tuple[str, ...] = ()  # the profiles to choose from; nothing: all of them
    told = _("通知所邀专家，写明审查日期或者回函截止日期；同一日期已经通知过的不再通知。")

    def fit(self) -> None:
        known = rules.table("review_profiles").rules
        day = self.case.opened_on if self.case else timezone.localdate()
        named = ((key, known[key]) for key in self.among or known)
        known = {key: rule for key, rule in named if rule.known_at(day)}
        profiles, experts = self.fields["profile"], self.fields["experts"]
        assert isinstance(profiles, forms.ChoiceField)
        assert isinstance(experts, forms.ChoiceField)
        profiles.choices = [(key, rule.name) for key, rule in known.items()]
        self.explain([profile_of(self.case, key) for key in known] if self.case else [])
        posts = Post.objects.filter(role=Post.Role.EXPERT).select_related("person", "organization")
        self.posts = {str(post.pk): post for post in posts}
        experts.choices = [(key, str(post)) for key, post in self.posts.items()]
        drawn = self.fields["draw"]
        assert isinstance(drawn, forms.ChoiceField)
        basis = self.case.number if self.case else ""
        self.draws = {d.number: d for d in Draw.objects.filter(basis=basis, state="drawn")}
        drawn.choices = [("", _("不按抽取"))] + [(one, one) for one in self.draws]

    def explain(self, known: list[Profile]) -> None:
        """Say what the day means, and by when papers must be there where that binds."""
        field = self.fields["meets_on"]
        if any(profile.by_letter for profile in known):
            field.label = gettext("审查日期（函审为回函截止日期）")
        today = timezone.localdate()
        words = gettext("“{name}”的评审材料应当提前{ahead}送达；今天邀请的，最早为 {first}。")
        field.help_text = "".join(
            words.format(
                name=profile.name,
                ahead=ahead(profile.papers),
                first=first_day(profile.papers, today),
            )
            for profile in known
            if profile.binding
        )

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.case is None or "profile" not in said:
            return said
        if draw := self.draws.get(said.get("draw", "")):
            known = (str(one["post"]) for one in draw.seated)
            said["experts"] = [key for key in known if key in self.posts]
        if not said.get("experts"):
            raise forms.ValidationError(_("请选择抽取结果，或者逐个选择专家。"))
        chosen = [self.posts[key] for key in said["experts"]]
        units = self.case.seats.filter(capacity="drafter").values_list("organization", flat=True)
        drafting = {unit for unit in (*units, self.case.applicant_id) if unit}
        if bad := [str(post) for post in chosen if post.organization_id in drafting]:
            names = "、".join(bad)
            raise forms.ValidationError(
                _("起草单位和提出单位的人员不得参加本标准的审查：%(names)s。"),
                params={"names": names},
            )
        concern = Concern(units=Organization.objects.filter(pk__in=drafting))
        against = conflicts(chosen, concern, said["meets_on"]) if "meets_on" in said else {}
        tied = [p for p in chosen if any(r.kind == Kind.TIE for r in against.get(p.pk, ()))]
        if tied:
            words = _("下列专家申报了与起草单位或者提出单位的利害关系，应当回避：%(names)s。")
            raise forms.ValidationError(words, params={"names": "、".join(map(str, tied))})
        if why := convening(profile_of(self.case, said["profile"]), len(chosen)):
            raise forms.ValidationError(why)
        return said


class Counting(Answers):
    """Opens the ballots: what is journaled is the tally and who voted how."""

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if self.case is None:
            return said
        return {**said, **count(self.case)}


def profile_of(case: Any, key: str) -> Profile:
    """Return the profile of a key, as it stood when the case was opened."""
    rule = rules.table("review_profiles").rules[key]
    return read_profile(rule.name, rule.at(case.opened_on).value)


def ballots_of(case: Any) -> list[Any]:
    """Return the last ballot of everybody seated and not recused, in this round."""
    seated = set(
        case.seats.filter(stage=case.stage_key, capacity="expert", recused_on=None).values_list(
            "post", flat=True
        )
    )
    last = {entry.actor_id: entry for entry in case.this_round("vote").select_related("actor")}
    return [entry for who, entry in last.items() if who in seated]


def count(case: Any) -> dict[str, Any]:
    """Return the tally and the ballots, opened."""
    convened = case.said("convene")
    opened = [
        {"seq": entry.seq, "name": str(entry.actor), **desk.unsealed(entry)}
        for entry in ballots_of(case)
    ]
    seats = case.seats.filter(stage=case.stage_key, capacity="expert", recused_on=None).count()
    result = tally(
        profile_of(case, convened["profile"]), seats=seats, votes=[one["vote"] for one in opened]
    )
    said = {name: getattr(result, name) for name in ("seats", "yes", "no", "abstain", "carried")}
    return {**said, "why": result.why, "quorate": result.quorate, "ballots": opened}


def ask_quorum(case: Any, day: Any) -> None:
    """A guard: enough have voted; how they voted stays sealed."""
    convened = case.this_round("convene").last()
    if convened is None:
        raise Refused(gettext("还没有邀请专家，不能开票。"))
    convened = convened.answers
    seats = case.seats.filter(stage=case.stage_key, capacity="expert", recused_on=None).count()
    voted = ["yes"] * len(ballots_of(case))  # only how many, so nothing is given away
    result = tally(profile_of(case, convened["profile"]), seats=seats, votes=voted)
    if not result.quorate:
        raise Refused(result.why)
