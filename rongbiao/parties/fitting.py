"""Fitting (入栏): what has no room in its column is refused in a sentence, never cut."""

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from .refused import Refused

Row = TypeVar("Row", bound=models.Model)
LATER = models.JSONField | models.ForeignKey  # checked by whoever fills them


def fitted(row: Row, about: str = "") -> Row:
    """Return a row that is about to be written, or refuse it, naming ``about`` and the column.

    Lengths, choices, digits and required columns are those of the model; the database
    would hold some of them and not others, with an error that nobody understands.
    """
    fields = {field.name: field for field in row._meta.concrete_fields}
    try:
        row.clean_fields({name for name, field in fields.items() if isinstance(field, LATER)})
    except ValidationError as wrong:
        name, complaints = next(iter(wrong.message_dict.items()))
        where = f"{about}：" if about else ""
        raise Refused(
            _("{where}“{column}”不合要求：{complaint}").format(
                where=where, column=fields[name].verbose_name, complaint=complaints[0]
            )
        ) from wrong
    return row
