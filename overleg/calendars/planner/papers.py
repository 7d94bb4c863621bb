"""The calendar of a year as a Word file."""

from datetime import date, datetime

from overleg.calendars.planner.year import Band, Gathering, Year
from overleg.lib.dates import MONTHS, WEEKDAYS, format_date, local_date
from overleg.lib.text import join_words
from overleg.word.contexts import YearPaper, YearPaperDate, YearPaperMonth
from overleg.word.papers import render_year


def year_docx(name: str, year: Year, *, now: datetime) -> bytes:
    """The Word file on a moment (UTC); it holds what was loaded for its reader, and no more.

    A month without a meeting is there as well when it has holidays: they say why it is empty.
    """
    by_month = {month.number: month.gatherings for month in year.months}
    bodies = join_words(lane.body.name for lane in year.lanes)
    title = f"Jaarkalender {year.number}, {name}"
    months = [
        YearPaperMonth(
            title=MONTHS[number - 1].capitalize(),
            free_days=free_days,
            dates=tuple(map(_date, by_month.get(number, ()))),
        )
        for number in range(1, 13)
        if (free_days := _free_days(year, number)) or number in by_month
    ]
    paper = YearPaper(
        title=title,
        author=name,
        name=name,
        year=str(year.number),
        day=format_date(local_date(now)),
        bodies=bodies,
        months=tuple(months),
    )
    return render_year(paper, now=now)


def _date(each: Gathering) -> YearPaperDate:
    stand = f"{each.stand.capitalize()}: {each.why_loose}" if each.why_loose else each.stand
    remarks = [stand, each.double, "" if each.free_day in each.why_loose else each.free_day]
    return YearPaperDate(
        day=_day(each.day),
        hours=each.hours,
        body=each.body.name,
        place=each.place,
        remark=" · ".join(filter(None, remarks)),
    )


def _day(day: date) -> str:
    """``vrijdag 13 maart``."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"


def _free_days(year: Year, month: int) -> str:
    """``Paasvakantie (6 tot 19 april); Pasen (5 april)``."""
    inside = [band for band in year.bands if band.first.month <= month <= band.last.month]
    return "; ".join(f"{band.name} ({_span(band)})" for band in inside)


def _span(band: Band) -> str:
    first, last = band.first, band.last
    if first == last:
        return f"{first.day} {MONTHS[first.month - 1]}"
    before = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{before} tot {last.day} {MONTHS[last.month - 1]}"
