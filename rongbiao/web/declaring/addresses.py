"""The addresses of declared standards."""

from django.urls import path

from rongbiao.web.declaring import desk, office, published, tables, writing

urlpatterns = [
    path("declarations/", published.list_page, name="declarations"),
    path("declarations/<int:pk>/", published.one_page, name="declaration"),
    path("declarations/<int:pk>/qr.svg", published.qr, name="declaration_qr"),
    path("declarations/<int:pk>/text/", published.text, name="declaration_text"),
    path("declarations/prechecks/", office.prechecks_page, name="prechecks"),
    path("declarations/requirements/", office.table_page, name="requirements_table"),
    path("declarations/requirements.xlsx", office.table_template, name="requirements_template"),
    path(
        "standards/<str:slug>/requirements/", office.requirements_page, name="standard_requirements"
    ),
    path("declaring/", desk.page, name="declaring"),
    path("declaring/check/", desk.check, name="declaring_check"),
    path("declaring/declare/", desk.declare, name="declaring_declare"),
    path("declaring/new/", writing.new_page, name="declaring_new"),
    path("declaring/<int:pk>/", writing.edit_page, name="declaring_edit"),
    path("declaring/<int:pk>/drop/", writing.drop, name="declaring_drop"),
    path("declaring/import/", tables.import_page, name="declaring_import"),
    path("declaring/template.xlsx", tables.template_file, name="declaring_template"),
    path("declaring/public.xlsx", tables.public_file, name="declaring_public"),
]
