"""What templates may call to show dates, text and counts."""

import re
from datetime import date, datetime
from functools import lru_cache

from flask import Flask
from markupsafe import Markup, escape

from overleg.lib import dates
from overleg.lib.money import format_euro, format_number
from overleg.lib.richtext import clean_html, excerpt
from overleg.lib.text import count_of, join_words, upper_first
from overleg.web import clock

_BEFORE_MONTH = re.compile(rf"(?<=\d) (?=(?:{'|'.join(dates.MONTHS)})\b)")


@lru_cache(maxsize=256)
def rich(html: str) -> Markup:
    """Rich text, cleaned again on its way out; what was shown lately is remembered."""
    return Markup(clean_html(html))  # noqa: S704 - this is the one place where clean HTML is trusted


def mail_address(address: str | None) -> Markup:
    """An e-mail address that breaks before its ``@`` on a line too short for it, and at its dots
    where even that is not enough. What is copied of it holds no break.
    """
    name, sign, host = (address or "").partition("@")
    parts = (Markup("<wbr>.").join(part.split(".")) for part in (name, sign + host) if part)
    return Markup("<wbr>").join(
        Markup('<span class="kept-whole">{}</span>').format(p) for p in parts
    )


def whole_words(text: str) -> Markup:
    """Text of which a word with a hyphen (``-opvolging``, ``Erpe-Mere``) stays whole if it fits."""
    return Markup(" ").join(
        Markup('<span class="kept-whole">{}</span>').format(word) if "-" in word else word
        for word in text.split(" ")
    )


def whole_dates(text: str) -> Markup:
    """Text of which the number of a day stays on the line of its month."""
    return Markup(_BEFORE_MONTH.sub("\u00a0", escape(text)))  # noqa: S704 - escaped just here


def days_left(day: date | datetime) -> str:
    """How far a day lies from today in Brussels."""
    return dates.format_days_left(dates.local_date(day), clock.today())


def init_filters(app: Flask) -> None:
    """Register the filters and globals."""
    app.jinja_env.filters.update(
        date=dates.format_date,
        weekday_date=dates.format_weekday_date,
        short_date=dates.format_short_date,
        time=dates.format_time,
        clock=dates.format_clock,
        datetime=dates.format_datetime,
        days_left=days_left,
        rich=rich,
        excerpt=excerpt,
        mail_address=mail_address,
        whole_words=whole_words,
        whole_dates=whole_dates,
        join_words=join_words,
        upper_first=upper_first,
        euro=format_euro,
        number=format_number,
    )
    app.jinja_env.globals.update(count_of=count_of, format_span=dates.format_span)
