"""Every number gets the keys it is found by, every drafting unit the name it is printed with."""

import re

from django.db import migrations, models


FIGURES = re.compile(r"\d+")


def fill_keys(apps, schema_editor):
    """Give every number of the first release its keys; the importer makes them exact later."""
    Standard = apps.get_model("standards", "Standard")
    for row in Standard.objects.iterator():
        number = row.number.replace("—", "-")
        key = number.upper().replace(" ", "").replace(":", "-")
        year = re.search(r"-(\d{4})$", key)
        row.number, row.key = number, key
        row.bare_key = key[: year.start()] if year else key
        row.resolver_key = re.sub(r"^GB/[TZ](?=\d)", "GB", key)
        row.sorting = FIGURES.sub(lambda figure: figure[0].zfill(8), key)
        row.year = int(year[1]) if year else None
        row.save()
    Participation = apps.get_model("standards", "Participation")
    for row in Participation.objects.select_related("organization").iterator():
        row.name = row.organization.name
        row.save(update_fields=["name"])


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0002_allowance_ends_at'),
        ('standards', '0002_columns'),
    ]

    operations = [
        migrations.RunPython(fill_keys, migrations.RunPython.noop),
        migrations.RemoveConstraint(
            model_name='participation',
            name='standards_participation_once',
        ),
        migrations.AlterField(
            model_name='participation',
            name='name',
            field=models.CharField(db_index=True, max_length=200, verbose_name='起草单位'),
        ),
        migrations.AlterField(
            model_name='standard',
            name='bare_key',
            field=models.CharField(db_index=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='standard',
            name='key',
            field=models.CharField(max_length=200, unique=True),
        ),
        migrations.AlterField(
            model_name='standard',
            name='resolver_key',
            field=models.CharField(db_index=True, max_length=200),
        ),
        migrations.AlterField(
            model_name='standard',
            name='sorting',
            field=models.CharField(db_index=True, max_length=260),
        ),
        migrations.AddConstraint(
            model_name='participation',
            constraint=models.UniqueConstraint(fields=('standard', 'name'), name='standards_participation_once'),
        ),
    ]
