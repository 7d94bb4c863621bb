"""A report writes itself from what happened, for whom it is meant and for nobody else."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import event, select
from sqlalchemy.orm import Session

from overleg.agenda.workflow.items import add_own_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.db import db
from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.outcomes import Agreed, note_outcome
from overleg.documents.states import Circle
from overleg.minutes.queries.minutes import editions_of
from overleg.minutes.workflow.circulating import circulate
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.sessions import approve_minutes
from overleg.organisations.models import Organisation, Seat
from overleg.organisations.states import OrganisationKind, SeatFunction, SeatKind
from overleg.organisations.viewer import Viewer, viewer_for
from overleg.reports.contents import Contents, from_json
from overleg.reports.models import RegionReport
from overleg.reports.queries.reports import Wishes, contents_for
from overleg.reports.states import ReportKind, ReportState
from overleg.reports.workflow.settings import change_settings
from overleg.reports.workflow.writing import write_region_reports, write_report
from overleg.scheduling.models import Meeting
from tests.agenda.preparing import CLOSED_TITLE, PUBLIC_TITLE, SHARED_TITLE, own_point
from tests.agenda.proposing import make_meeting
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.reports.conftest import Month, written


def titles(contents: Contents) -> list[str]:
    """The points of the meetings that were held."""
    return [point.title for meeting in contents.held for point in meeting.points]


def all_reports(session: Session) -> list[RegionReport]:
    """Every report there is."""
    return list(session.scalars(select(RegionReport)))


def test_a_college_is_told_what_its_administration_may_read(
    session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    make_meeting(session, cast.midwest, days=40, number=3)
    report = written(session, cast.tielt, clock.moment)
    told = from_json(report.contents)
    assert titles(told) == [PUBLIC_TITLE, SHARED_TITLE]
    assert [(o.kind, o.title) for o in told.outcomes] == [
        ("kennisname", "Zwembaden gekend"),
        ("afspraak", "Samen sporten"),
    ]
    assert [(row.title, row.organ, row.state) for row in told.follow_ups] == [
        ("Samen sporten", "college", "te agenderen")
    ]
    assert [meeting.verslag for meeting in told.held] == ["in opmaak"]
    assert date(2026, 4, 11) in [meeting.day for meeting in told.coming]
    assert CLOSED_TITLE not in report.contents
    assert not report.is_empty


def test_what_was_withdrawn_at_the_table_is_told_as_such(
    session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    withdrawn = Agreed(OutcomeKind.WITHDRAWN, PUBLIC_TITLE, "")
    note_outcome(month.table.public, withdrawn, by=cast.support, now=clock.moment)
    (meeting,) = from_json(written(session, cast.tielt, clock.moment).contents).held
    remarks = [(point.title, point.remark) for point in meeting.points]
    assert remarks == [(PUBLIC_TITLE, "ingetrokken"), (SHARED_TITLE, "")]


def test_a_council_is_told_only_what_is_public(
    session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    change_settings(cast.tielt, Wishes(council_month=4), by=cast.secretariat, now=clock.moment)
    report = written(session, cast.tielt, clock.moment, ReportKind.COUNCIL)
    told = from_json(report.contents)
    assert titles(told) == [PUBLIC_TITLE]
    assert [outcome.title for outcome in told.outcomes] == ["Zwembaden gekend"]
    assert told.follow_ups == ()
    for title in (SHARED_TITLE, CLOSED_TITLE, "Samen sporten"):
        assert title not in report.contents


@pytest.mark.parametrize(
    ("kind", "heard"),
    [(ReportKind.COLLEGE, [PUBLIC_TITLE, SHARED_TITLE]), (ReportKind.COUNCIL, [PUBLIC_TITLE])],
)
def test_an_approved_verslag_is_told_point_by_point_as_far_as_its_reader_may_know(
    session: Session, cast: Cast, month: Month, clock: Clock, kind: ReportKind, heard: list[str]
) -> None:
    change_settings(cast.tielt, Wishes(council_month=4), by=cast.secretariat, now=clock.moment)
    editions = editions_of(month.meeting)
    for item in (month.table.public, month.table.shared, month.table.closed):
        text = f"<p>Over {item.title}. {'Iemand zei iets. ' * 60}</p>"
        begun = editions.get(item.id, 0)
        save_notes(item, text, started_from=begun, by=cast.support, now=clock.moment)
    circulate(month.meeting, clock.moment.date(), by=cast.support, now=clock.moment)
    told = from_json(written(session, cast.tielt, clock.moment, kind).contents)
    assert [meeting.verslag for meeting in told.held] == ["rondgestuurd voor opmerkingen"]
    assert told.approved == ()
    make_meeting(session, cast.midwest, days=30, number=3)
    approve_minutes(month.meeting, by=cast.support, now=clock.moment)
    report = session.scalars(select(RegionReport).where(RegionReport.kind == kind)).one()
    write_report(report, by=cast.secretariat, now=clock.moment)
    (verslag,) = from_json(report.contents).approved
    assert [point.title for point in verslag.points] == heard
    assert all(point.said.startswith(f"Over {point.title}. Iemand") for point in verslag.points)
    assert all(len(point.said) <= 400 for point in verslag.points)
    month.table.public.circle = Circle.MAYORS
    session.commit()
    reader = viewer_for(cast.secretariat, clock.moment.date())
    (verslag,) = contents_for(reader, report).approved
    assert [point.title for point in verslag.points] == heard[1:]


def test_what_was_closed_since_is_left_out_of_what_was_written(
    session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    report = written(session, cast.tielt, clock.moment)
    month.table.public.circle = Circle.MAYORS
    session.commit()
    told = contents_for(viewer_for(cast.secretariat, clock.moment.date()), report)
    assert titles(told) == [SHARED_TITLE]
    assert [outcome.title for outcome in told.outcomes] == ["Samen sporten"]


def test_support_staff_read_what_is_about_their_own_bodies(
    session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    other = Seat(
        body=cast.rivierenland,
        organisation=cast.tielt,
        function=SeatFunction.MAYOR,
        kind=SeatKind.VOTING,
        valid_from=date(2025, 1, 1),
    )
    session.add(other)
    make_meeting(session, cast.rivierenland, days=50)
    report = written(session, cast.tielt, clock.moment)

    def bodies(viewer: Viewer) -> set[str]:
        return {meeting.body for meeting in contents_for(viewer, report).coming}

    today = clock.moment.date()
    assert bodies(viewer_for(cast.secretariat, today)) == {"Mandaatgroep"}
    assert bodies(viewer_for(cast.support, today)) == set()


def test_a_month_in_which_nothing_happened_says_so(
    session: Session, cast: Cast, now: datetime
) -> None:
    report = written(session, cast.aalst, now)
    assert report.is_empty
    assert from_json(report.contents) == Contents()


def test_a_body_tells_only_of_days_on_which_the_municipality_had_a_seat(
    session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    for seat in session.scalars(select(Seat).where(Seat.organisation_id == cast.tielt.id)):
        seat.valid_to = date(2026, 3, 1)
    told = from_json(written(session, cast.tielt, clock.moment).contents)
    assert told.held == ()
    assert told.outcomes == ()


def test_reports_join_up_so_that_nothing_is_told_twice_or_never(
    session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    april = written(session, cast.tielt, clock.moment)
    held = make_meeting(session, cast.midwest, days=31, number=7)
    held.state = month.meeting.state
    clock.advance(days=33)
    clock.moment = clock.moment.replace(day=4, month=5)
    may = written(session, cast.tielt, clock.moment)
    assert may.covers_from_utc == april.covers_until_utc
    assert [meeting.label for meeting in from_json(may.contents).held] == ["2026/07"]
    assert from_json(may.contents).outcomes == ()
    write_report(april, by=cast.secretariat, now=clock.moment)
    assert april.covers_until_utc == may.covers_from_utc
    assert [meeting.label for meeting in from_json(april.contents).held] == ["2026/02"]


def test_written_again_it_tells_what_happened_since(
    session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    report = written(session, cast.tielt, clock.moment)
    held = make_meeting(session, cast.midwest, days=31, number=7)
    held.state = month.meeting.state
    write_report(report, by=cast.secretariat, now=clock.moment + timedelta(days=5))
    labels = [meeting.label for meeting in from_json(report.contents).held]
    assert labels == ["2026/02", "2026/07"]


def test_what_comes_is_told_as_its_agenda_was_sent_by_then(
    session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    coming = make_meeting(session, cast.midwest, days=40, number=3)
    before = clock.moment - timedelta(hours=1)
    for title, at in (("Fietspad", clock.moment), ("Nachtbus", clock.moment + timedelta(hours=1))):
        add_own_item(coming, own_point(title), by=cast.support, now=at)
        send_agenda(coming, message="", by=cast.support, now=at)
    report = written(session, cast.tielt, before)
    told = []
    for hours in range(3):
        write_report(report, by=cast.secretariat, now=before + timedelta(hours=hours))
        (meeting,) = from_json(report.contents).coming
        told.append([point.title for point in meeting.points])
    assert told == [[], ["Fietspad"], ["Fietspad", "Nachtbus"]]


def test_the_job_writes_each_on_its_day_and_once(
    session: Session, cast: Cast, now: datetime
) -> None:
    change_settings(cast.tielt, Wishes(ready_day=15), by=cast.secretariat, now=now)
    write_region_reports(now)
    write_region_reports(now)
    session.commit()
    states = {(r.organisation_id, r.kind): r.state for r in all_reports(session)}
    assert len(states) == 14
    assert states[cast.tielt.id, ReportKind.COLLEGE] is ReportState.OPEN
    assert states[cast.izegem.id, ReportKind.COLLEGE] is ReportState.WRITTEN
    assert states[cast.izegem.id, ReportKind.COUNCIL] is ReportState.OPEN
    write_region_reports(now + timedelta(days=13))
    told = session.scalars(
        select(JournalEntry).where(JournalEntry.verb == Verb.REPORT_WRITTEN)
    ).all()
    assert len({entry.subject_id for entry in told}) == len(told) == 7


def test_one_job_takes_as_many_statements_for_many_as_for_few(
    session: Session, cast: Cast, month: Month, clock: Clock
) -> None:
    few = statements_of_job(clock.moment)
    session.rollback()
    towns = [
        Organisation(
            kind=OrganisationKind.MUNICIPALITY,
            slug=f"gemeente-{number}",
            name=f"Gemeente {number}",
            nis_code=f"9{number:04}",
            valid_from=date(2025, 1, 1),
        )
        for number in range(60)
    ]
    session.add_all(towns)
    session.add_all(
        Seat(
            body=cast.midwest,
            organisation=town,
            function=SeatFunction.MAYOR,
            kind=SeatKind.VOTING,
            valid_from=date(2025, 1, 1),
        )
        for town in towns
    )
    session.commit()
    assert statements_of_job(clock.moment) == few
    assert session.scalars(select(Meeting)).first() is not None


def statements_of_job(now: datetime) -> int:
    """How many statements the job takes until all is in the database."""
    seen: list[object] = []

    def note(*arguments: object) -> None:
        seen.append(arguments)

    event.listen(db.engine, "after_cursor_execute", note)
    try:
        write_region_reports(now)
        db.session.flush()
    finally:
        event.remove(db.engine, "after_cursor_execute", note)
    return len(seen)
