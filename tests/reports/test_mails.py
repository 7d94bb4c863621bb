"""What is mailed of a regiorapport, and where that can be read."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import RoleAssignment
from overleg.organisations.states import Role
from overleg.reports.models import RegionReport
from overleg.reports.reminding import remind_of_region_reports
from overleg.reports.states import ReportKind
from overleg.reports.workflow.writing import begin_and_write
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import SINCE, Cast


def test_what_was_mailed_of_a_report_stands_in_its_history_for_who_works_on_it(
    session: Session, cast: Cast, clock: Clock, sign_in_as: SignInAs
) -> None:
    also = RoleAssignment(
        person=cast.secretariat, role=Role.SECRETARIAT, organisation=cast.izegem, valid_from=SINCE
    )
    session.add(also)
    begin_and_write([cast.tielt, cast.izegem, cast.roeselare], now=clock.moment)
    remind_of_region_reports(clock.moment)
    session.commit()
    reports = {
        report.organisation.name: f"/regiorapporten/{report.id}"
        for report in session.scalars(select(RegionReport))
        if report.kind is ReportKind.COLLEGE
    }
    mails = {mail.to_email: mail.id for mail in session.scalars(select(OutboxMessage))}
    of_both = f"{reports['Izegem']}/mails/{mails[cast.secretariat.email or '']}"
    of_izegem = f"{reports['Izegem']}/mails/{mails[cast.director.email or '']}"
    elsewhere = of_izegem.replace(reports["Izegem"], reports["Tielt"])
    for who, sent, statuses in [
        (cast.secretariat, "2 personen", (200, 200, 404)),
        (cast.director, "1 persoon", (404, 200, 404)),
        (cast.support, "2 personen", (200, 200, 404)),
        (cast.other_secretariat, "", (404, 404, 404)),
        (cast.stranger, "", (404, 404, 404)),
    ]:
        client = sign_in_as(who)
        page = " ".join(client.get(reports["Izegem"]).text.split())
        assert (f"stuurde een mail naar {sent}" in page) is bool(sent), who.name
        paths = (of_both, of_izegem, elsewhere)
        assert tuple([client.get(path).status_code for path in paths]) == statuses, who.name
    client = sign_in_as(cast.secretariat)
    assert "Collegerapport maart 2026" in client.get(of_both).text
    assert client.get(of_both.removeprefix(reports["Izegem"])).status_code == 404


def test_one_mail_per_person_per_day_tells_what_waits(
    session: Session, cast: Cast, clock: Clock
) -> None:
    also = RoleAssignment(
        person=cast.secretariat,
        role=Role.SECRETARIAT,
        organisation=cast.izegem,
        valid_from=SINCE,
    )
    session.add(also)
    begin_and_write([cast.tielt, cast.izegem], now=clock.moment)
    session.commit()

    known = set[str]()

    def mailed() -> list[tuple[str, str]]:
        remind_of_region_reports(clock.moment)
        session.flush()
        new = [m for m in session.scalars(select(OutboxMessage)) if m.id not in known]
        known.update(message.id for message in new)
        return sorted((message.to_email, message.subject) for message in new)

    def to(person: Person) -> str:
        return person.email or ""

    both = (to(cast.secretariat), "Te plaatsen: 2 regiorapporten")
    one = (to(cast.director), "Te plaatsen: Collegerapport maart 2026 (Izegem)")
    assert mailed() == sorted([both, one])
    assert mailed() == []
    clock.advance(days=21)
    assert mailed() == []
    clock.advance(days=1)
    assert mailed() == sorted([both, one])
    clock.advance(days=30)
    assert mailed() == sorted([both, one])
    clock.advance(days=30)
    assert mailed() == []
