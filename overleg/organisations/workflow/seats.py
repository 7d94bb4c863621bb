"""Who sits at the table: adding, changing, handing over and ending seats."""

from datetime import date, datetime

from sqlalchemy import or_, select

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, refuse_stale, session
from overleg.lib.dates import ONE_DAY, format_date, local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Body, Organisation, Seat
from overleg.organisations.periods import FLOOR
from overleg.organisations.states import SeatFunction, SeatKind
from overleg.organisations.wording import changes_in_words, period_in_words, seat_in_words

ONE_PER_ORGANISATION = frozenset({SeatFunction.MAYOR})
ADVICE = "Geef de zetel aan"


def add_seat(
    body: Body,
    *,
    organisation: Organisation,
    function: SeatFunction,
    kind: SeatKind,
    valid_from: date,
    by: Actor,
    now: datetime,
    person: Person | None = None,
    title: str = "",
    valid_to: date | None = None,
) -> Seat:
    """Give an organisation a place at the table from a day (in Brussels); vacant without a person.

    Raises ``Refused`` when the end lies before the start, the organisation no longer exists then
    (naming its successor), its mayor has a seat already, or the person sits there already.
    """
    seat = Seat(
        id=new_id(),
        body_id=body.id,
        organisation_id=organisation.id,
        person_id=person.id if person else None,
        function=function,
        title=title,
        kind=kind,
        valid_from=valid_from,
        valid_to=end_within(organisation, valid_from, valid_to),
    )
    _refuse_overlap(seat, organisation, person)
    session().add(seat)
    session().flush()
    note_added_seat(seat, by=by, now=now)
    return seat


def note_added_seat(seat: Seat, *, by: Actor, now: datetime) -> None:
    """Add the row of a new seat to the journal: as what, and from when till when."""
    told = f"{seat.kind.label}, {period_in_words(seat)}"
    record(Verb.SEAT_ADDED, seat, by=by, now=now, reason=told, about=seat.concerns)


def change_seat(
    seat: Seat,
    *,
    function: SeatFunction,
    kind: SeatKind,
    title: str,
    person: Person | None,
    valid_from: date,
    valid_to: date | None,
    revision: int,
    by: Actor,
    now: datetime,
) -> None:
    """Correct what was noted about a seat. Raises ``Refused`` as :func:`add_seat` does.

    Raises ``EditConflict`` when somebody saved since ``revision``. The journal says what stood
    there before. For a change at the table itself, use :func:`hand_over_seat`: that keeps who sat
    there before.
    """
    refuse_stale(seat, revision, "deze zetel")
    wanted = Seat(
        id=seat.id,
        body_id=seat.body_id,
        organisation_id=seat.organisation_id,
        function=function,
        valid_from=valid_from,
        valid_to=end_within(seat.organisation, valid_from, valid_to),
    )
    _refuse_overlap(wanted, seat.organisation, person)
    before, concerned = seat_in_words(seat), seat.concerns
    seat.function, seat.kind, seat.title, seat.person = function, kind, title, person
    seat.valid_from, seat.valid_to = wanted.valid_from, wanted.valid_to
    session().flush()
    if changes := changes_in_words(before, seat_in_words(seat)):
        about = (*concerned, *seat.concerns)
        record(Verb.SEAT_CHANGED, seat, by=by, now=now, reason=changes, about=about)


def hand_over_seat(seat: Seat, *, to: Person | None, on: date, by: Actor, now: datetime) -> Seat:
    """Let somebody else (or nobody) take the place from a day on; the seat that holds from then.

    The earlier seat ends the day before, so old verslagen keep showing who sat there. Raises
    ``Refused`` for a day before the seat began, ``NotPossible`` for one after it has ended.
    """
    if seat.valid_to is not None and on > seat.valid_to:
        raise NotPossible(
            f"Deze zetel eindigde op {format_date(seat.valid_to)}. Voeg een nieuwe zetel toe."
        )
    if on < seat.valid_from:
        raise Refused(
            f"Deze zetel begon pas op {format_date(seat.valid_from)}. Kies een latere dag."
        )
    if on == seat.valid_from:
        change_seat(
            seat,
            function=seat.function,
            kind=seat.kind,
            title=seat.title,
            person=to,
            valid_from=seat.valid_from,
            valid_to=seat.valid_to,
            revision=seat.revision,
            by=by,
            now=now,
        )
        return seat
    last_day = seat.valid_to
    follows = f"daarna {to.name}" if to is not None else "daarna vrij"
    _end(seat, on - ONE_DAY, follows, by=by, now=now)
    return add_seat(
        seat.body,
        organisation=seat.organisation,
        function=seat.function,
        kind=seat.kind,
        title=seat.title,
        person=to,
        valid_from=on,
        valid_to=last_day,
        by=by,
        now=now,
    )


def end_seat(seat: Seat, *, on: date, by: Actor, now: datetime) -> None:
    """Let a seat end after a day, its last. Raises ``Refused`` before its first, ``NotPossible``
    when it ended earlier already, or will.
    """
    if on < seat.valid_from:
        raise Refused(
            f"Deze zetel begon pas op {format_date(seat.valid_from)}. Kies een latere dag."
        )
    if seat.valid_to is not None and seat.valid_to < on:
        last = format_date(seat.valid_to)
        if seat.valid_to < local_date(now):
            raise NotPossible(f"Deze zetel eindigde al op {last}.")
        raise NotPossible(
            f"Deze zetel eindigt al op {last}. Kies een vroegere dag, of verbeter de laatste dag."
        )
    planned = seat.valid_to
    _end(seat, on, f"eerst {format_date(planned)}" if planned else "", by=by, now=now)


def end_with_organisation(seat: Seat, *, on: date, why: str, by: Actor, now: datetime) -> None:
    """Let a seat end with its organisation, after a day on which it still holds."""
    _end(seat, on, why, by=by, now=now)


def _end(seat: Seat, on: date, more: str, *, by: Actor, now: datetime) -> None:
    seat.valid_to = on
    session().flush()
    told = ", ".join(filter(None, [f"laatste dag {format_date(on)}", more]))
    record(Verb.SEAT_ENDED, seat, by=by, now=now, reason=told, about=seat.concerns)


def end_within(
    organisation: Organisation | None,
    start: date,
    end: date | None,
    advice: str = ADVICE,
) -> date | None:
    """The end of a seat or a role: as asked, or the organisation's own; refuses what cannot be."""
    if end is not None and end < start:
        raise Refused("De laatste dag ligt voor de eerste. Kies een latere laatste dag.")
    if organisation is None:
        return end
    last = organisation.valid_to
    if last is None:
        if FLOOR < start < organisation.valid_from:
            raise Refused(
                f"{organisation.name} bestaat pas sinds {format_date(organisation.valid_from)}."
            )
        return end
    if start > last or (end is not None and end > last):
        raise Refused(merged_away(organisation, advice))
    return end or last


def merged_away(organisation: Organisation, advice: str = ADVICE) -> str:
    """The sentence for an organisation that ended: since when, who carries on, what to do then."""
    assert organisation.valid_to is not None  # noqa: S101 - callers ask for ended ones only
    since = format_date(organisation.valid_to + ONE_DAY)
    if organisation.successor is None:
        return f"{organisation.name} bestaat niet meer sinds {since}."
    return (
        f"{organisation.name} ging op {since} op in {organisation.successor.name}. "
        f"{advice} {organisation.successor.name}."
    )


def _refuse_overlap(seat: Seat, organisation: Organisation, person: Person | None) -> None:
    others = select(Seat).where(
        Seat.body_id == seat.body_id,
        Seat.id != seat.id,
        or_(Seat.valid_to.is_(None), Seat.valid_to >= seat.valid_from),
    )
    if seat.valid_to is not None:
        others = others.where(Seat.valid_from <= seat.valid_to)
    for other in session().scalars(others):
        same_function = other.function is seat.function and other.organisation_id == organisation.id
        if same_function and seat.function in ONE_PER_ORGANISATION:
            raise Refused(
                f"De {seat.function.label} van {organisation.name} heeft in die periode al een "
                "zetel. Geef die zetel aan iemand anders, of beëindig hem eerst."
            )
        if person is not None and other.person_id == person.id:
            raise Refused(f"{person.name} heeft in die periode al een zetel in dit overleg.")
