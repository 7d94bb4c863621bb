"""The numbers of inhabitants by which costs are shared out."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.lib.dates import local_date
from overleg.lib.errors import Refused
from overleg.organisations.models import Body, Organisation

FIRST_YEAR = 1990
MOST = 10_000_000


def load_inhabitants(
    body: Body,
    towns: Sequence[Organisation],
    numbers: Mapping[str, int],
    year: int,
    *,
    by: Person,
    now: datetime,
) -> None:
    """Store how many inhabitants these municipalities had on 1 January of ``year``, by id.

    Raises ``Refused`` for a year still to come or long ago, or a number that cannot be.
    """
    _store(towns, numbers, year, now)
    record(Verb.INHABITANTS_LOADED, body, by=by, now=now, reason=f"op 1 januari {year}")


def load_all_inhabitants(
    towns: Sequence[Organisation],
    numbers: Mapping[str, int],
    year: int,
    *,
    by: Person,
    now: datetime,
) -> None:
    """The same for municipalities of everywhere: each one's history tells it.

    Raises ``Refused`` as ``load_inhabitants``.
    """
    before = {town.id: (town.inhabitants, town.inhabitants_year) for town in towns}
    _store(towns, numbers, year, now)
    for town in towns:
        if (town.inhabitants, town.inhabitants_year) != before[town.id]:
            record(Verb.INHABITANTS_LOADED, town, by=by, now=now, reason=f"op 1 januari {year}")


def _store(
    towns: Sequence[Organisation], numbers: Mapping[str, int], year: int, now: datetime
) -> None:
    if not FIRST_YEAR <= year <= local_date(now).year:
        raise Refused(f"Kies een jaar van {FIRST_YEAR} tot {local_date(now).year}.")
    for town in towns:
        number = numbers.get(town.id)
        if number is None:
            continue
        if not 0 < number < MOST:
            raise Refused(f"{town.name} kan geen {number} inwoners hebben.")
        town.inhabitants, town.inhabitants_year = number, year
