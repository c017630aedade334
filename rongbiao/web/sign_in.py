"""Signing in (登录): what this house does otherwise than allauth: words, limits, closed doors."""

import base64
from typing import Any, NoReturn

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.forms import ChangePasswordForm, LoginForm, ReauthenticateForm
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.base.forms import AuthenticateForm as CodeForm
from allauth.mfa.base.forms import ReauthenticateForm as CodeAgainForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import generate_totp_secret
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate
from django.forms import ValidationError
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rongbiao.parties.models import Person
from rongbiao.web import limits
from rongbiao.web.acting import GUARDED_ROLES, posts_held

TOO_MANY = _("输错次数过多，请 5 分钟后再试。")


class Accounts(DefaultAccountAdapter):
    """Accounts are entered by an administrator; nobody signs up, and no answer tells who exists."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": _("账号或密码不对，请核对后重试。"),
        "too_many_login_attempts": TOO_MANY,
        "enter_current_password": _("现用密码不对，请重新输入。"),
        "incorrect_password": _("密码不对，请重新输入。"),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return limits.address_of(request)

    def authenticate(self, request: HttpRequest, **credentials) -> Person | None:
        """Check a name and a password; failures from one address are counted exactly.

        A person whose account is closed is answered like one who does not exist.
        """
        key = f"sign-in:{limits.address_of(request)}"
        with limits.Tries(key, limits.FAILURES, limits.FAILURES_SECONDS, str(TOO_MANY)) as tries:
            person = authenticate(request, **credentials)
            AuthenticationBackend.unstash_authenticated_user()
            tries.right = person is not None
        return person

    def respond_user_inactive(self, request: HttpRequest, user: Person):
        messages.error(request, _("此账号不能登录，请联系系统管理员。"))
        return redirect("account_login")

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Ask for the password again, unless it was given within the last five minutes."""
        request = context.request
        records = get_authentication_records(request, request.user)
        now = timezone.now().timestamp()
        fresh = any(now - one["at"] < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for one in records)
        return not fresh


class SecondFactor(DefaultMFAAdapter):
    """One-time codes (动态口令): keys are encrypted at rest, and guarded roles keep theirs."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("您的任职要求使用动态口令，不能停用。"),
        "cannot_generate_recovery_codes": _("请先启用动态口令，再生成备用码。"),
        "incorrect_code": _("动态口令不对或已用过，请等下一个再输入。"),
    }

    @staticmethod
    def box() -> MultiFernet:
        """Return the lock of stored keys, made from this installation's secret."""
        secrets: list[str] = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]  # type: ignore[list-item]
        keys = (
            HKDF(SHA256(), 32, salt=None, info=b"rongbiao second factor").derive(one.encode())
            for one in secrets
        )
        return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])

    def encrypt(self, text: str) -> str:
        return self.box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return what was encrypted; under another secret a key that nobody knows."""
        try:
            return self.box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            return generate_totp_secret()

    @classmethod
    def opens(cls, encrypted_text: str) -> bool:
        """Tell whether this installation's secret opens what was encrypted."""
        try:
            cls.box().decrypt(encrypted_text.encode())
        except InvalidToken:
            return False
        return True

    def get_totp_label(self, user: Person) -> str:
        return user.username

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        return not any(post.role in GUARDED_ROLES for post in posts_held(authenticator.user))


class Directory(DefaultSocialAccountAdapter):
    """The city's directory (统一身份认证): it opens accounts that exist, and makes none."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin) -> None:
        """Match the directory's user name with a person of ours; refuse everybody else."""
        claims = sociallogin.account.extra_data
        claims = claims.get("userinfo") or claims.get("id_token") or claims
        if request.user.is_authenticated or sociallogin.state.get("process") == "connect":
            self.refuse(gettext("请先退出，再用统一身份认证登录。"))
        if sociallogin.is_existing:
            return
        name = str(claims.get(settings.OIDC_NAME_CLAIM) or "")
        person = Person.objects.filter(username=name, is_active=True).first() if name else None
        if person is None:
            self.refuse(gettext("统一身份认证已通过，但本平台没有您的账号，请联系系统管理员登记。"))
        if SocialAccount.objects.filter(
            user=person
        ).exists():  # the directory gave a used name to somebody new
            self.refuse(gettext("此账号已与另一个统一身份绑定，请联系系统管理员核实。"))
        sociallogin.connect(request, person)

    def on_authentication_error(self, request, provider, error=None, exception=None, **more):
        self.refuse(gettext("统一身份认证没有完成，请重试，或用账号和密码登录。"))

    @staticmethod
    def refuse(words: str) -> NoReturn:
        """Lead back to the page of signing in with the reason."""
        messages.error(context.request, words)
        raise ImmediateHttpResponse(redirect("account_login"))


def relabel(form: Any, **labels: Any) -> None:
    """Give fields our labels, without allauth's placeholders and hints."""
    for name, label in labels.items():
        field = form.fields[name]
        field.label = label
        field.help_text = ""
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs["class"] = "inp"


class SignIn(LoginForm):
    """Name and password."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, login=_("账号"), password=_("密码"))


class NewPassword(ChangePasswordForm):
    """The present password and twice the new one; guessing the present one is limited."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        relabel(
            self, oldpassword=_("现用密码"), password1=_("新密码"), password2=_("再输一次新密码")
        )

    def clean_oldpassword(self) -> str:
        key = f"password:{self.user.pk}"
        with limits.Tries(key, limits.CODES, limits.CODES_SECONDS, str(TOO_MANY)):
            return super().clean_oldpassword()


class PasswordAgain(ReauthenticateForm):
    """The password once more, before something delicate."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, password=_("密码"))


class CodeLimit:
    """Five wrong codes of one person in five minutes, and each code once."""

    user: Person
    fields: dict[str, forms.Field]

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        relabel(self, code=_("动态口令"))
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "maxlength": 16}

    def clean_code(self) -> str:
        key = f"code:{self.user.pk}"
        with limits.Tries(key, limits.CODES, limits.CODES_SECONDS, str(TOO_MANY)):
            code = super().clean_code()  # type: ignore[misc]
            if not limits.use_once(self.user.pk, "".join(code.split())):
                words = SecondFactor.error_messages["incorrect_code"]
                raise ValidationError(words, code="incorrect_code")
            return code


class Code(CodeLimit, CodeForm):
    """The code when signing in."""


class CodeAgain(CodeLimit, CodeAgainForm):
    """The code once more, before something delicate."""


class FirstCode(CodeLimit, ActivateTOTPForm):
    """The first code, which shows that the key has arrived in the person's phone."""
