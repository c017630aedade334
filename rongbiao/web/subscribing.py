"""Subscriptions (订阅): asked for, confirmed, managed and ended, without an account or a script."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from rongbiao.parties.refused import Refused
from rongbiao.standards import letters, subscriptions
from rongbiao.standards.models import Subscription
from rongbiao.web import digest
from rongbiao.web.doors import public, published, signed_in
from rongbiao.web.limits import address_of
from rongbiao.web.standard import key_of

HIDDEN = {"Cache-Control": "no-store", "X-Robots-Tag": "noindex"}  # the address is a secret


class AddressForm(forms.Form):
    """Where the news goes."""

    address = forms.EmailField(
        label=gettext_lazy("电子邮箱"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email", "inputmode": "email"}),
        help_text=gettext_lazy("只用来发送您订阅的动态，不公开，退订后立即删除。"),
    )


@published
def new_page(request: HttpRequest) -> HttpResponse:
    """Ask for news of a standard, a question or a class."""
    said = request.POST or request.GET
    kind, target = said.get("kind", ""), said.get("target", "")
    wanted = Subscription(kind=kind, target=subscriptions.read_target(kind, target))
    mine = {"address": request.user.email} if request.user.is_authenticated else None
    form = AddressForm(request.POST or None, initial=mine)
    if request.method == "POST" and form.is_valid():
        return ask(request, wanted, form.cleaned_data["address"])
    context = {"form": form, "wanted": wanted, "name": digest.name_of(wanted)}
    context["feed"] = feed_address(wanted)
    return render(request, "subscriptions/new.html", context, status=409 if form.errors else 200)


@published
def to_standard(request: HttpRequest, slug: str) -> HttpResponse:
    """Lead from a standard to the form that asks for its news."""
    target = subscriptions.held(key_of(slug)) or slug
    asked_for = urlencode({"kind": Subscription.Kind.STANDARD.value, "target": target})
    return redirect(f"{reverse('subscription_new')}?{asked_for}")


def feed_address(wanted: Subscription) -> str:
    """Return where the same news can be had as a feed."""
    if wanted.kind == Subscription.Kind.STANDARD:
        return reverse("standard_feed", args=[wanted.target.replace("/", "~")])
    if wanted.kind == Subscription.Kind.CLASS:
        return reverse("class_feed", args=wanted.target.replace("/", "~").split(":"))
    return f"{reverse('query_feed')}?{wanted.target}"


def ask(request: HttpRequest, wanted: Subscription, address: str) -> HttpResponse:
    """Take a request down and write to the address; the answer is the same in every case."""
    try:
        subscriptions.allowed(address_of(request))
    except Refused as refused:
        return render(request, "409.html", {"sentence": refused, "back": ""}, status=429)
    row = subscriptions.ask(
        wanted.kind,
        wanted.target,
        address,
        language=get_language() or "zh-hans",
        day=timezone.localdate(),
        person=request.user if request.user.is_authenticated else None,
    )
    if row is not None:
        letters.send([digest.confirmation(row).pk])
    return redirect("subscription_asked")


@public
def asked_page(request: HttpRequest) -> HttpResponse:
    """Tell that a letter is on its way, whatever the address was."""
    context = {"most": subscriptions.TO_ONE, "days": subscriptions.WAITS.days}
    return render(request, "subscriptions/asked.html", context)


@public
def one_page(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm a subscription, and manage all of its address: whoever has the letter may."""
    row = get_object_or_404(Subscription, token=token.replace("\0", ""))
    if request.method == "POST":
        return act(request, row)
    rows = [(one, digest.name_of(one)) for one in subscriptions.siblings(row)]
    context = {"row": row, "name": digest.name_of(row), "rows": rows}
    return secret(render(request, "subscriptions/one.html", context))


def act(request: HttpRequest, row: Subscription) -> HttpResponse:
    """Confirm one, or end all of the address."""
    if request.POST.get("act") == "end-all":
        subscriptions.siblings(row).delete()
        return secret(render(request, "subscriptions/ended.html", {"all": True}))
    subscriptions.confirm(row, timezone.localdate())
    messages.success(request, _("订阅已确认，有动态时每天至多发一封邮件。"))
    return redirect("subscription", row.token)


@csrf_exempt  # RFC 8058: mail programs post here; the address itself is the secret
@public
def end_page(request: HttpRequest, token: str) -> HttpResponse:
    """End one subscription with one click; reading the address ends nothing."""
    if request.method != "POST":
        return redirect("subscription", token)
    row = get_object_or_404(Subscription, token=token.replace("\0", ""))
    name = digest.name_of(row)
    subscriptions.end(row)
    return secret(render(request, "subscriptions/ended.html", {"name": name}))


def secret(answer: HttpResponse) -> HttpResponse:
    """Keep an answer out of caches and search engines."""
    for name, value in HIDDEN.items():
        answer[name] = value
    return answer


@signed_in
def mine_page(request: HttpRequest) -> HttpResponse:
    """Show what whoever is signed in subscribed to; tokens stay in the letters."""
    own = Subscription.objects.filter(person_id=request.user.pk or 0)
    if request.method == "POST":
        wanted = request.POST.get("pk", "")
        own.filter(pk=int(wanted) if wanted.isascii() and wanted.isdecimal() else 0).delete()
        return redirect("subscriptions")
    rows = [(one, digest.name_of(one)) for one in own]
    return render(request, "subscriptions/mine.html", {"rows": rows})
