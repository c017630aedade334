"""The settings that keep strangers out; the facts behind them: docs/threats.md."""

from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from rongbiao.environment import ENV

# Signing in: the forms and the words are in web/sign_in.py, the counting in web/limits.py
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "rongbiao.web.sign_in.Accounts"
ACCOUNT_FORMS = {
    "login": "rongbiao.web.sign_in.SignIn",
    "change_password": "rongbiao.web.sign_in.NewPassword",
    "reauthenticate": "rongbiao.web.sign_in.PasswordAgain",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # counted exactly by web/limits.py instead
ALLAUTH_TRUSTED_PROXY_COUNT = ENV.proxies
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
VALIDATION, NAMING = "django.contrib.auth.password_validation", ("username", "name")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": name, "OPTIONS": options}
    for name, options in (
        (f"{VALIDATION}.UserAttributeSimilarityValidator", {"user_attributes": NAMING}),
        ("rongbiao.parties.passwords.LongEnough", {"min_length": 10}),
        (f"{VALIDATION}.CommonPasswordValidator", {}),
        (f"{VALIDATION}.NumericPasswordValidator", {}),
    )
]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "rongbiao.web.limits.name_of"
AXES_CLIENT_IP_CALLABLE = "rongbiao.web.limits.address_of"
AXES_LOCKOUT_CALLABLE = "rongbiao.web.limits.locked_out"
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # or a stranger keeps the lock alive
AXES_RESET_ON_SUCCESS = True
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "login", "csrfmiddlewaretoken"]

# The second factor
MFA_ADAPTER = "rongbiao.web.sign_in.SecondFactor"
MFA_FORMS = {
    "authenticate": "rongbiao.web.sign_in.Code",
    "reauthenticate": "rongbiao.web.sign_in.CodeAgain",
    "activate_totp": "rongbiao.web.sign_in.FirstCode",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = "榕标"
MFA_RECOVERY_CODES_SHOW_ONCE = True

# Sign-in by the city's directory: off until a server is named
SOCIALACCOUNT_ADAPTER = "rongbiao.web.sign_in.Directory"
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10
OIDC_NAME_CLAIM = ENV.oidc_claim
DIRECTORY = {
    "provider_id": "directory",
    "name": ENV.oidc_name,
    "client_id": ENV.oidc_client,
    "secret": ENV.oidc_secret,
    "settings": {"server_url": ENV.oidc_server},
}
DIRECTORY_SHOWN = ENV.oidc_name if ENV.oidc_server else ""
SOCIALACCOUNT_PROVIDERS = (
    {"openid_connect": {"APPS": [DIRECTORY], "OAUTH_PKCE_ENABLED": True}} if ENV.oidc_server else {}
)

# Sessions and cookies: the browser forgets when it closes, the server much earlier
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_IDLE_SECONDS = ENV.idle_minutes * 60
SESSION_WHOLE_SECONDS = ENV.session_hours * 3600
SESSION_COOKIE_AGE = SESSION_WHOLE_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = ENV.https
# No other host of the same domain can set a cookie whose name begins so.
SESSION_COOKIE_NAME = "__Host-session" if ENV.https else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if ENV.https else "csrf"
CSRF_FAILURE_VIEW = "rongbiao.web.doors.stale_form"

# Headers
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = ENV.https
SECURE_HSTS_SECONDS = 31536000 if ENV.https else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = ENV.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.proxies else None
# Browsers hold a form to form-action also when its answer leads on to the directory.
DIRECTORY_AT = urlsplit(ENV.oidc_server)
FORM_TARGETS = [f"{DIRECTORY_AT.scheme}://{DIRECTORY_AT.netloc}"] if ENV.oidc_server else []
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF, *FORM_TARGETS],
    }
}

# Bad input costs little, and so does asking often
API_MINUTE, API_TOKEN_MINUTE = ENV.api_minute, ENV.api_token_minute
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
