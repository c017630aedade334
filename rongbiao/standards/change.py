"""Changes (待索引): which editions the search index has yet to take up.

A row is written in the transaction that changes a standard; the one indexer applies rows
in order and deletes them. Whoever writes standards in bulk writes these rows in bulk.
"""

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

EVERYTHING = 0  # no edition has it: the index is to be made anew


class Change(models.Model):
    """One edition that was entered, changed or removed; the index looks up which."""

    standard_id = models.BigIntegerField()  # no foreign key: a removed row has a change as well

    class Meta:
        verbose_name = _("待索引")
        ordering = ["id"]

    def __str__(self):
        return f"{self.pk}：{self.standard_id}"


def changed(standards: Iterable[int]) -> None:
    """Tell the index of editions by their primary keys; call it in the act's transaction."""
    Change.objects.bulk_create((Change(standard_id=pk) for pk in standards), batch_size=2000)
