"""The addresses of signing in: those of allauth's that this house uses and our own, each with its door.

Left out, so that they do not exist here: signing up, changing the e-mail address, resetting a
password by e-mail (an administrator does it), sign-in by mailed code, connecting accounts.
"""

from allauth.account import views as account
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.socialaccount.providers.openid_connect import views as directory
from allauth.usersessions import views as sessions
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied
from django.urls import URLPattern, path
from django.utils.translation import gettext as _

from rongbiao.web import tokens
from rongbiao.web.acting import renew
from rongbiao.web.doors import public, signed_in


class SignIn(account.LoginView):
    """Sign in by name and password; too many tries are answered 429."""

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error(NON_FIELD_ERRORS, "too_many_tries"):
            response.status_code = 429
        return response

    def get_context_data(self, **more):
        return super().get_context_data(**more, directory=settings.DIRECTORY_SHOWN)


class ChangePassword(account.PasswordChangeView):
    """Change one's password; all sessions end and the new one is used from then on."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_usable_password():
            raise PermissionDenied(_("您用统一身份认证登录，请在统一身份认证系统中修改密码。"))
        return super().dispatch(request, *args, **kwargs)


class SetUpCode(totp.ActivateTOTPView):
    """Set up the second factor; sessions begun without it end."""

    def form_valid(self, form):
        response = super().form_valid(form)
        end_other_sessions(self.request, self.request.user)
        renew(self.request)
        return response


def routes(*, by_directory: bool) -> list[URLPattern]:
    """Return the addresses of signing in, with those of the city's directory where it is used."""
    own = [
        path("login/", public(SignIn.as_view()), name="account_login"),
        path("logout/", public(account.logout), name="account_logout"),
        path("password/", signed_in(ChangePassword.as_view()), name="account_change_password"),
        path("again/", signed_in(account.reauthenticate), name="account_reauthenticate"),
        path("code/", public(factor.authenticate), name="mfa_authenticate"),
        path("code/again/", signed_in(factor.reauthenticate), name="mfa_reauthenticate"),
        path("code/keys/", signed_in(factor.index), name="mfa_index"),
        path("code/set-up/", signed_in(SetUpCode.as_view()), name="mfa_activate_totp"),
        path("code/stop/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
        path(
            "code/recovery/",
            signed_in(recovery.view_recovery_codes),
            name="mfa_view_recovery_codes",
        ),
        path(
            "code/recovery/new/",
            signed_in(recovery.generate_recovery_codes),
            name="mfa_generate_recovery_codes",
        ),
        path("sessions/", signed_in(sessions.list_usersessions), name="usersessions_list"),
        path("tokens/", tokens.page, name="tokens"),
        path("tokens/<int:pk>/revoke/", tokens.revoke, name="token_revoke"),
    ]
    if not by_directory:
        return own
    at = "<slug:provider_id>/login/"
    return [
        *own,
        path(at, public(directory.login), name="openid_connect_login"),
        path(f"{at}callback/", public(directory.callback), name="openid_connect_callback"),
    ]


urlpatterns = routes(by_directory=bool(settings.SOCIALACCOUNT_PROVIDERS))
