"""Passwords (密码): how long they must be, said in our own words in every language.

Django 5.2's Simplified Chinese lacks both sentences of this validator and would answer in English.
"""

from django.contrib.auth.password_validation import MinimumLengthValidator
from django.utils.translation import gettext as _


class LongEnough(MinimumLengthValidator):
    """At least ``min_length`` characters."""

    def get_error_message(self) -> str:
        """Return why a password is refused."""
        return _("密码太短，至少要有 {n} 个字符。").format(n=self.min_length)

    def get_help_text(self) -> str:
        """Return what whoever chooses one must know."""
        return _("密码至少要有 {n} 个字符。").format(n=self.min_length)
