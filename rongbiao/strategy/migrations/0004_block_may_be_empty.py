# A paper without sections has tasks without a block.

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('strategy', '0003_stints_and_due'),
    ]

    operations = [
        migrations.AlterField(
            model_name='task',
            name='block',
            field=models.CharField(blank=True, max_length=200, verbose_name='板块'),
        ),
    ]
