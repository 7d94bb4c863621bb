"""The secretariat tells on which session a report was; a wrong day is refused with a sentence."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from overleg.lib.errors import EditConflict, NotPossible, OverlegError, Refused
from overleg.reports.states import ReportState
from overleg.reports.workflow.placing import Placing, place_report, take_back
from overleg.reports.workflow.writing import begin_and_write, write_report
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reports.conftest import Month, written


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-02-27", "vóór maart 2026, de periode van dit rapport"),
        ("2026-03-01", "vóór het overleg van 2 maart 2026"),
        ("2026-05-20", "meer dan een maand in de toekomst"),
    ],
)
def test_a_day_that_cannot_be_right_is_refused(
    session: Session, cast: Cast, month: Month, clock: Clock, day: str, said: str
) -> None:
    report = written(session, cast.tielt, clock.moment.replace(month=3, day=31))
    with pytest.raises(Refused, match=said):
        place_report(
            report,
            Placing(date.fromisoformat(day)),
            revision=report.revision,
            by=cast.secretariat,
            now=clock.moment,
        )
    assert report.state is ReportState.WRITTEN


@pytest.mark.parametrize("day", ["2026-03-02", "2026-03-31", "2026-04-20"])
def test_a_session_that_was_or_is_near_is_taken(
    session: Session, cast: Cast, month: Month, clock: Clock, day: str
) -> None:
    report = written(session, cast.tielt, clock.moment.replace(month=3, day=31))
    what = Placing(date.fromisoformat(day), "2026/CBS/12")
    place_report(report, what, revision=report.revision, by=cast.secretariat, now=clock.moment)
    session.commit()
    assert (report.state, report.placed_on) == (ReportState.PLACED, what.day)
    assert report.placed_by_name == "Secretariaat Tielt"


def test_only_what_was_written_is_placed_and_only_what_was_placed_is_taken_back(
    session: Session, cast: Cast, now: datetime
) -> None:
    begin_and_write([cast.tielt], now=now - timedelta(days=1))
    report = written(session, cast.tielt, now)
    report.state, report.written_at_utc = ReportState.OPEN, None
    report.covers_from_utc = report.covers_until_utc = None
    session.commit()

    def refusal(press: object) -> type[OverlegError]:
        with pytest.raises(OverlegError) as refused:
            press()  # type: ignore[operator]
        return refused.type

    def place() -> None:
        what = Placing(date(2026, 3, 9))
        place_report(report, what, revision=report.revision, by=cast.secretariat, now=now)

    def back() -> None:
        take_back(report, by=cast.secretariat, now=now)

    def write() -> None:
        write_report(report, by=cast.secretariat, now=now)

    assert refusal(place) is NotPossible
    assert refusal(back) is NotPossible
    write()
    place()
    session.commit()
    assert refusal(place) is NotPossible
    assert refusal(write) is NotPossible
    back()
    session.commit()
    assert (report.state, report.placed_on) == (ReportState.WRITTEN, None)


def test_who_comes_second_is_told_who_was_first(
    session: Session, cast: Cast, now: datetime
) -> None:
    report = written(session, cast.tielt, now)
    seen = report.revision
    what = Placing(date(2026, 3, 9))
    place_report(report, what, revision=seen, by=cast.secretariat, now=now)
    session.commit()
    with pytest.raises(EditConflict, match=r"Secretariaat Tielt meldde .* 9 maart 2026"):
        place_report(report, what, revision=seen, by=cast.support, now=now)


@ON_BOTH
def test_two_people_at_once_give_one_state(
    session: Session, cast: Cast, now: datetime, sign_in_as: SignInAs, database_kind: str
) -> None:
    report = written(session, cast.tielt, now)
    two = [sign_in_as(cast.secretariat), sign_in_as(cast.support)]
    days = ["2026-03-09", "2026-03-16"]
    address, revision = f"/regiorapporten/{report.id}/plaatsen", report.revision

    def press(number: int, client: object) -> int:
        data = {"day": days[number], "revision": revision}
        return int(client.press(address, data).status_code)  # type: ignore[attr-defined]

    assert at_once(two, press) == [302, 409]
    session.expire_all()
    assert report.state is ReportState.PLACED
    assert str(report.placed_on) in days
