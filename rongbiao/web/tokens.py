"""Tokens (接口令牌): made, shown once and revoked by who holds the post they act in."""

from datetime import timedelta

from allauth.account.decorators import reauthentication_required
from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from rongbiao.parties import tokens
from rongbiao.parties.models import Token
from rongbiao.parties.refused import Refused
from rongbiao.web.doors import post_holder

DAYS = 90  # proposed


class TokenForm(forms.Form):
    """What a token is for, what it opens, until when."""

    name = forms.CharField(
        label=gettext_lazy("用途"),
        max_length=100,
        help_text=gettext_lazy("写明使用它的系统，例如“市政务数据平台同步”。"),
    )
    scope = forms.ChoiceField(label=gettext_lazy("权限"))
    until = forms.DateField(
        label=gettext_lazy("有效期至"), widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, *args, post, day, **options):
        initial = {"until": day + timedelta(days=DAYS), "scope": Token.Scope.READ}
        super().__init__(*args, initial=initial, **options)
        scopes = [
            choice
            for choice in Token.Scope.choices
            if post.is_officer or choice[0] != Token.Scope.WRITE
        ]
        self.fields["scope"].choices = scopes  # type: ignore[attr-defined]


@post_holder
@reauthentication_required(allow_get=True)
def page(request: HttpRequest) -> HttpResponse:
    """List the tokens of the post acted in, and make one; its words are shown on this answer only."""
    day, words, address = timezone.localdate(), "", ""
    form = TokenForm(request.POST or None, post=request.actor, day=day)
    if request.method == "POST" and form.is_valid():
        try:
            token, words = tokens.make(
                request.actor, **form.cleaned_data, actor=request.actor, day=day
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            address = address_of(request, token, words)
            form = TokenForm(post=request.actor, day=day)
    rows = [(row, row.holds_on(day)) for row in request.actor.tokens.all()[:100]]
    context = {"form": form, "rows": rows, "words": words, "address": address, "day": day}
    return render(request, "tokens/page.html", context, status=409 if form.errors else 200)


def address_of(request: HttpRequest, token: Token, words: str) -> str:
    """Return the address of the calendar that a token opens; nothing for other tokens."""
    if token.scope != Token.Scope.CALENDAR:
        return ""
    return request.build_absolute_uri(reverse("calendar", args=[words]))


@post_holder
@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke one's own token; somebody else's is answered as one that is not there."""
    token = request.actor.tokens.filter(pk=pk).first()
    if token is None:
        raise Http404(_("没有这个令牌。"))
    tokens.revoke(token, actor=request.actor, day=timezone.localdate())
    messages.success(request, _("已作废：{token}。").format(token=token))
    return redirect("tokens")
