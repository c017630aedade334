from django.db import migrations, models

FIELDS = {
    "abstract": models.TextField(blank=True, db_default="", default="", verbose_name="适用范围"),
    "address": models.CharField(blank=True, db_default="", default="", max_length=600, verbose_name="来源网址"),
    "authority": models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="主管部门"),
    "ccs": models.CharField(blank=True, db_default="", default="", max_length=60, verbose_name="中国标准分类号（CCS）"),
    "drafted_by": models.TextField(blank=True, db_default="", default="", verbose_name="主要起草人"),
    "filing": models.CharField(blank=True, db_default="", default="", max_length=80, verbose_name="备案号"),
    "form": models.CharField(blank=True, db_default="", default="", max_length=60, verbose_name="文件类型"),
    "ics": models.CharField(blank=True, db_default="", default="", max_length=200, verbose_name="国际标准分类号（ICS）"),
    "language": models.CharField(blank=True, db_default="", default="", max_length=20, verbose_name="语种"),
    "nature": models.CharField(blank=True, choices=[("mandatory", "强制性"), ("recommended", "推荐性"), ("guidance", "指导性技术文件")], db_default="", default="", max_length=20, verbose_name="性质"),
    "owner": models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="归口单位"),
    "proposer": models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="提出单位"),
    "publisher": models.CharField(blank=True, db_default="", default="", max_length=300, verbose_name="发布机构"),
    "region": models.CharField(blank=True, db_default="", default="", max_length=6, verbose_name="行政区划代码"),
    "stage": models.CharField(blank=True, db_default="", default="", max_length=40, verbose_name="项目阶段"),
    "status": models.CharField(blank=True, choices=[("project", "制定中"), ("upcoming", "即将实施"), ("current", "现行"), ("superseded", "被代替"), ("withdrawn", "废止")], db_default="", default="", max_length=20, verbose_name="状态"),
    "title_en": models.CharField(blank=True, db_default="", default="", max_length=1000, verbose_name="英文名称"),
    "title_original": models.CharField(blank=True, db_default="", default="", max_length=1000, verbose_name="原文名称"),
}


def fill_in(apps, editor):
    """Let PostgreSQL fill in what a row does not say.

    SQLite would copy the whole table for every column, and is told every column anyway.
    """
    if editor.connection.vendor == "postgresql":
        told = ", ".join(f"ALTER {name} SET DEFAULT ''" for name in FIELDS)
        editor.execute(f"ALTER TABLE standards_standard {told}")


class Migration(migrations.Migration):
    dependencies = [("standards", "0008_bare_key")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField("standard", name, field) for name, field in FIELDS.items()
            ],
            database_operations=[migrations.RunPython(fill_in, migrations.RunPython.noop)],
        ),
        migrations.RemoveIndex("standard", "standards_s_level_82dadc_idx"),
        migrations.AddIndex(
            "standard",
            models.Index(
                fields=["issued_on"],
                name="standards_standard_municipal",
                condition=models.Q(level="municipal"),
            ),
        ),
    ]
