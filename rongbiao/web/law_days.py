"""Working days (工作日): the years that are known; an officer enters a notice from its words."""

from calendar import Calendar as Weeks
from datetime import date

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from rongbiao.law.notices import MOST_TEXT
from rongbiao.law.workdays import Calendar, Notice
from rongbiao.parties import days
from rongbiao.parties.refused import Refused
from rongbiao.web.doors import officer

KINDS = (("whole", gettext_lazy("全年安排")), ("part", gettext_lazy("补充调整")))


class NoticeForm(forms.Form):
    """A notice: the year it arranges, its number and day, and its words."""

    year = forms.IntegerField(label=gettext_lazy("年份"), min_value=days.FIRST, max_value=days.LAST)
    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=KINDS, initial="whole")
    basis = forms.CharField(
        label=gettext_lazy("文号"),
        max_length=days.MOST_BASIS,
        help_text=gettext_lazy("如“国办发明电〔2025〕7号”。"),
    )
    basis_on = forms.DateField(
        label=gettext_lazy("成文日期"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    text = forms.CharField(
        label=gettext_lazy("通知原文"),
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "粘贴放假安排各条，如“1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。”"
        ),
    )


def months(calendar: Calendar, year: int) -> list[tuple[date, list[list[tuple[date, str, bool]]]]]:
    """Return a year's months, each with its weeks: day, “off”, “work” or empty, in the month."""

    def kind(day: date) -> str:
        usual, works = day.weekday() < 5, calendar.is_working(day)
        return "work" if works and not usual else "off" if not works and usual else ""

    return [
        (
            date(year, month, 1),
            [
                [(day, kind(day), day.month == month) for day in week]
                for week in Weeks().monthdatescalendar(year, month)
            ],
        )
        for month in range(1, 13)
    ]


def shown_year(request: HttpRequest, calendar: Calendar) -> int:
    """Return the year that ``?year=`` names if it is known, else this year or the last known."""
    asked = request.GET.get("year", "")
    if asked in map(str, calendar.years):
        return int(asked)
    return min(timezone.localdate().year, calendar.years[-1])


def shown(request: HttpRequest, form: NoticeForm, read: Notice | None) -> HttpResponse:
    """Show the notices, a year's days, and the form with what was read."""
    calendar = days.calendar()
    year = shown_year(request, calendar)
    context = {
        "ahead": calendar.years[-1] + 1,
        "calendar": calendar,
        "day": timezone.localdate(),
        "form": form,
        "months": months(calendar, year),
        "read": read,
        "year": year,
    }
    return render(request, "law/days.html", context, status=409 if form.errors else 200)


@officer
def page(request: HttpRequest) -> HttpResponse:
    """Show the years; try a notice, then enter it."""
    form = NoticeForm(request.POST or None, initial={"year": days.calendar().years[-1] + 1})
    read = None
    if request.method == "POST" and form.is_valid():
        try:
            read = carry_out(request, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            if "enter" in request.POST:
                messages.success(request, _("放假安排已登记，期限随之重新计算。"))
                return redirect("law_days")
    return shown(request, form, read)


def carry_out(request: HttpRequest, said: dict) -> Notice:
    """Try or enter, whichever button was pressed."""
    year, text = said["year"], said["text"]
    about = {name: said[name] for name in ("basis", "basis_on")} | {
        "whole": said["kind"] == "whole"
    }
    about["day"] = timezone.localdate()
    if "enter" not in request.POST:
        return days.tried(year, text, **about)
    return days.enter(year, text, **about, actor=request.actor)
