"""Lists in forms (逐行填写): lines of text, and units and people by their names."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from rongbiao.parties import units
from rongbiao.parties.models import Organization, Person

BREAKS = re.compile(r"[\n\r、，,；;]+")
MOST = 50


class Lines(forms.CharField):
    """Several words, one a line or between commas; cleaned to a list without empty ones."""

    def __init__(self, *, rows: int = 2, most: int = MOST, spaced: bool = False, **options: Any):
        self.most, self.spaced = most, spaced
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(required=False, max_length=4000, widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Return the words."""
        text = super().clean(value)
        parts = text.split() if self.spaced else [text]
        words = [word.strip() for part in parts for word in BREAKS.split(part) if word.strip()]
        if len(words) > self.most:
            raise ValidationError(_("至多 {n} 项。").format(n=self.most))
        return self.found(list(dict.fromkeys(words)))

    def found(self, words: list[str]) -> Sequence[Any]:
        """Return what the words mean."""
        return words


class Units(Lines):
    """Units by their names."""

    def found(self, words: list[str]) -> list[Organization]:
        """Return the units; a name that is not known is said."""
        rows = {word: units.named(word) for word in words}
        if unknown := [word for word, unit in rows.items() if unit is None]:
            raise ValidationError(_("没有登记过单位“{name}”。").format(name=unknown[0][:60]))
        return [unit for unit in rows.values() if unit]


class People(Lines):
    """People by their accounts."""

    def found(self, words: list[str]) -> list[Person]:
        """Return the people; an account that is not known is said."""
        rows = {person.username: person for person in Person.objects.filter(username__in=words)}
        if unknown := [word for word in words if word not in rows]:
            raise ValidationError(_("没有账号“{name}”。").format(name=unknown[0][:60]))
        return [rows[word] for word in words]


class Unit(forms.CharField):
    """One unit by its name; what no register has named stays text."""

    def clean(self, value: Any) -> Organization | str:
        """Return the unit, or its name where it is new."""
        text = super().clean(value)
        return units.named(text) or " ".join(text.split())
