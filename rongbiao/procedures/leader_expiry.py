"""Lists that expire (到期): told before and on the day after, once each; the list ends by its date."""

from datetime import date, timedelta

from rongbiao.awards.models import Leader, LeaderList
from rongbiao.cases import message
from rongbiao.cases.models import Case, Message
from rongbiao.parties import rules
from rongbiao.parties.models import Post
from rongbiao.parties.post import HANDLERS


def tick(day: date) -> list[str]:
    """Tell the office and the leaders of lists that end soon or have ended; return it in sentences."""
    ahead = timedelta(days=rules.table("leader").at(day).expiry_warn_days)
    rows = LeaderList.objects.filter(
        replaced_on=None, until__gte=day - ahead, until__lte=day + ahead
    )
    return [said for one in rows.select_related("plan") if (said := _tell(one, day, ahead))]


def _tell(one: LeaderList, day: date, ahead: timedelta) -> str:
    over = one.until < day
    when = one.until + timedelta(days=1) if over else one.until - ahead
    entry = Case.objects.get(number=one.number).entries.order_by("-seq")[0]
    if Message.objects.filter(entry=entry, deadline=when).exists():
        return ""
    told = f"领跑者名单“{one.plan}”{'已' if over else '将'}于{one.until}到期。"
    units = Leader.objects.filter(list=one, removed_on=None).values("organization")
    posts = Post.objects.on(day).filter(demonstration=one.demonstration)
    own = posts.filter(organization__in=units, role__in=HANDLERS)
    office = posts.filter(role=Post.Role.OFFICER)
    message.tell(entry.case, entry, told, (own | office).select_related("person"), when)
    return f"{day}：{told}"
