"""Days on which Flanders rather does not meet. Pure; days are those of Brussels."""

from datetime import date
from functools import lru_cache

import holidays.countries  # noqa: F401 - now, so that web workers share it: 280 modules
from holidays import country_holidays

FLEMISH_DAY = (7, 11)
"""The feast of the Flemish Community (decreet of 7 November 1990), which the library leaves out."""


def holiday_on(day: date) -> str:
    """The name of the public holiday; empty on other days."""
    if (day.month, day.day) == FLEMISH_DAY:
        return "Feestdag van de Vlaamse Gemeenschap"
    return _public(day.year).get(day, "")


def school_holiday_on(day: date) -> str:
    """The name of the school holiday (or day off) of Flemish schools; empty on other days."""
    return _school(day.year).get(day, "")


def free_days_on(day: date) -> list[str]:
    """The names of the public holiday and the school holiday of a day, the same one once."""
    return list(dict.fromkeys(filter(None, (holiday_on(day), school_holiday_on(day)))))


@lru_cache(maxsize=16)
def _public(year: int) -> dict[date, str]:
    return dict(country_holidays("BE", years=year, language="nl").items())


@lru_cache(maxsize=16)
def _school(year: int) -> dict[date, str]:
    found = country_holidays(
        "BE", subdiv="Flemish", years=year, categories=("school",), language="nl"
    )
    return dict(found.items())
