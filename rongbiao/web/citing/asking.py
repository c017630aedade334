"""Asking (提交核查): files or a text, and the day on which they are judged; no account is needed."""

from collections.abc import Callable
from datetime import date
from functools import wraps

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.exchange.citing import checks, working
from rongbiao.exchange.citing.checks import MOST_LETTERS, Check
from rongbiao.parties.allowance import spend
from rongbiao.parties.refused import Refused
from rongbiao.web.doors import View, published
from rongbiao.web.limits import address_of
from rongbiao.web.uploads import uploaded

LIMIT, SECONDS = 40, 600  # checks of one address without an account
KEY = "citing"  # in the session: the tokens of this visitor's checks
MOST = 8  # checks of one visitor; of more the oldest goes
EARLIEST, LATEST = date(1950, 1, 1), date(2100, 12, 31)


class AskForm(forms.Form):
    """A text, and a day; files come beside it."""

    text = forms.CharField(
        label=gettext_lazy("粘贴文字或编号清单"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 9, "class": "area", "spellcheck": "false"}),
        help_text=gettext_lazy("从 Word、Excel 或网页复制后粘贴；清单每行一个编号即可。"),
    )
    day = forms.DateField(
        label=gettext_lazy("按哪一天的名录判断"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("默认今天；核对旧合同、旧文件的，可以改为签订或印发之日。"),
    )

    def clean_text(self) -> str:
        """Refuse more than a page can take in one piece."""
        text = self.cleaned_data["text"]
        if len(text) > MOST_LETTERS:
            raise forms.ValidationError(
                _("粘贴的文字有 %(n)s 字，超过 %(most)s 字的上限，请存为文件上传。"),
                params={"n": len(text), "most": MOST_LETTERS},
            )
        return text

    def clean_day(self) -> date:
        """Refuse a day on which no register can be asked for."""
        day = self.cleaned_data["day"] or timezone.localdate()
        if not EARLIEST <= day <= LATEST:
            raise forms.ValidationError(_("日期应在 1950 年至 2100 年之间。"))
        return day


@published
def page(request: HttpRequest) -> HttpResponse:
    """Take in what is to be checked, and lead to the result."""
    form = AskForm(request.POST or None, initial={"day": timezone.localdate()})
    if request.method == "POST":
        if not request.actor and not spend(
            f"citing:{address_of(request)}", limit=LIMIT, seconds=SECONDS
        ):
            return too_often(request)
        try:
            if form.is_valid():
                return redirect("citing_check", ordered(request, form).token)
        except Refused as refused:
            form.add_error(None, str(refused))
    context = {"form": form, "minutes": checks.KEPT // 60, "day": timezone.localdate()}
    return render(request, "citing/ask.html", context, status=409 if form.errors else 200)


def ordered(request: HttpRequest, form: AskForm) -> Check:
    """Order a check of all that was sent; a small one is done when this returns."""
    files = [(name, content) for content, name in uploaded(request, "file")]
    if text := form.cleaned_data["text"].strip():
        files.append((_("粘贴的文字") + ".txt", text.encode("utf-8", "replace")))
    check = checks.order(files, form.cleaned_data["day"])
    own = [*request.session.get(KEY, ()), check.token]
    for old in own[:-MOST]:
        checks.forget(old)
    request.session[KEY] = own[-MOST:]
    return working.begin(check)


def too_often(request: HttpRequest) -> HttpResponse:
    """Answer an address that asks too often without an account."""
    words = _(
        "该网络地址十分钟内已核查 {n} 次，请稍后再试；很多文件可以打成一个 zip 包一次核查。"
    ).format(n=LIMIT)
    answer = render(request, "429.html", {"words": words}, status=429)
    answer["Retry-After"] = str(SECONDS)
    return answer


def of_visitor(view: Callable[..., HttpResponse]) -> View:
    """Return a view that is given a check instead of its token; only its own visitor has it.

    Anybody else's, and one that is gone, are answered alike.
    """

    @published
    @wraps(view)
    def guarded(request: HttpRequest, token: str, **named: int) -> HttpResponse:
        check = checks.find(token) if token in request.session.get(KEY, ()) else None
        if check is not None:
            return view(request, check, **named)
        answer = render(request, "citing/gone.html", status=404)
        if request.htmx:  # the page that asks how far it is
            answer["HX-Refresh"] = "true"
        return answer

    return guarded


@of_visitor
def forget(request: HttpRequest, check: Check) -> HttpResponse:
    """Remove a check at once."""
    if request.method == "POST":
        checks.forget(check.token)
        request.session[KEY] = [one for one in request.session[KEY] if one != check.token]
    return redirect("citing")
