"""The first password (首次设置密码) of an enterprise's account, by the receipt of its request."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.parties.refused import Refused
from rongbiao.procedures.enterprise_account import first_password
from rongbiao.web import limits
from rongbiao.web.doors import public
from rongbiao.web.sign_in import TOO_MANY

NEW = {"autocomplete": "new-password"}


class FirstForm(forms.Form):
    """Receipt, account, and twice the password."""

    receipt = forms.CharField(
        label=gettext_lazy("受理号"), max_length=20,
        help_text=gettext_lazy("提交账号申请时得到的受理号。"),
    )  # fmt: skip
    account = forms.CharField(label=gettext_lazy("登录账号"), max_length=60)
    password = forms.CharField(
        label=gettext_lazy("密码"), max_length=200, widget=forms.PasswordInput(attrs=NEW)
    )
    again = forms.CharField(
        label=gettext_lazy("再输一次密码"), max_length=200, widget=forms.PasswordInput(attrs=NEW)
    )

    def clean_again(self) -> str:
        """Compare both."""
        said = str(self.cleaned_data["again"])
        if said != self.cleaned_data.get("password"):
            raise forms.ValidationError(_("两次输入的密码不一致。"))
        return said


@public
def page(request: HttpRequest) -> HttpResponse:
    """Set the first password; wrong receipts of one address are counted."""
    form = FirstForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            set_first(request, form.cleaned_data)
        except (Refused, forms.ValidationError) as refused:
            form.add_error(
                None, refused if isinstance(refused, forms.ValidationError) else str(refused)
            )
        else:
            messages.success(request, _("密码已设置，请登录。"))
            return redirect("account_login")
    return render(
        request, "declaring/first.html", {"form": form}, status=409 if form.errors else 200
    )


def set_first(request: HttpRequest, said: dict[str, str]) -> None:
    """Set the password; failures of one address are limited."""
    key = f"first:{limits.address_of(request)}"
    with limits.Tries(key, limits.FAILURES, limits.FAILURES_SECONDS, str(TOO_MANY)):
        first_password(said["receipt"], said["account"], said["password"])
