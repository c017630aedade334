# Of the same task and unit there may be one assignment for each unbroken time.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0002_allowance_ends_at'),
        ('strategy', '0002_report_corrections'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='assignment',
            name='strategy_assignment_once',
        ),
        migrations.AddField(
            model_name='task',
            name='due',
            field=models.CharField(blank=True, max_length=60, verbose_name='文件所写时限'),
        ),
        migrations.AddConstraint(
            model_name='assignment',
            constraint=models.UniqueConstraint(fields=('task', 'organization', 'since'), name='strategy_assignment_once'),
        ),
    ]
