"""The dates of the zoneraad and the vervoerregioraad, and the rules that bind Midwest to them."""

from datetime import date, datetime, time, timedelta
from io import BytesIO

from sqlalchemy import select

from overleg.calendars.foreign.importing import read_source
from overleg.calendars.foreign.workflow import add_file, correct_date
from overleg.db import session
from overleg.demo.days import THURSDAY, monthly
from overleg.demo.people import Region
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.lib.dates import local_date, to_utc
from overleg.lib.pasted_dates import PastedDate
from overleg.scheduling.models import BodyDate, Meeting
from overleg.scheduling.rules.workflow import add_rule
from overleg.scheduling.states import DateState, RuleKind
from overleg.scheduling.workflow import change_meeting

MIDWEST, ZONE_COUNCIL = "midwestoverleg", "zoneraad-midwest"
TRANSPORT_COUNCIL = "vervoerregioraad-roeselare"
EVENT = """BEGIN:VEVENT
UID:vervoerregioraad-{day:%Y%m%d}@provincie.demo.test
SEQUENCE:0
DTSTART;TZID=Romance Standard Time:{day:%Y%m%d}T140000
DTEND;TZID=Romance Standard Time:{day:%Y%m%d}T160000
SUMMARY:Vervoerregioraad Roeselare
LOCATION:Provinciehuis, Brugge
STATUS:{status}
END:VEVENT
"""


def read_other_dates(region: Region, now: datetime) -> None:
    """Read the file; support staff corrected one of its dates by hand."""
    support = region.people["ondersteuner"]
    days = [day for day in monthly(local_date(now), THURSDAY, 3, every=2) if day >= now.date()]
    data = _file(days)
    received = receive(file_store(), "vervoerregioraad.ics", BytesIO(data))
    file = add_stored_file(received, by=support, now=now)
    source = add_file(region.bodies[TRANSPORT_COUNCIL], file, by=support, now=now)
    read_source(source, data, now=now)
    session().flush()
    last = session().scalars(
        select(BodyDate)
        .where(BodyDate.source_id == source.id)
        .order_by(BodyDate.starts_at_utc.desc())
        .limit(1)
    )
    for kept in last:
        hour = timedelta(hours=1)
        later = PastedDate(kept.starts_at_utc + hour, kept.ends_at_utc + hour, False, "Roeselare")
        correct_date(
            kept, later, state=DateState.CONFIRMED, revision=kept.revision, by=support, now=now
        )


def _file(days: list[date]) -> bytes:
    """As Exchange writes it: zones under their name in Windows, one date not certain yet."""
    statuses = {1: "TENTATIVE"}
    events = "".join(
        EVENT.format(day=day, status=statuses.get(number, "CONFIRMED"))
        for number, day in enumerate(days)
    )
    whole = (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:Microsoft Exchange Server 2010\n"
        f"X-WR-CALNAME:Vervoerregioraad Roeselare\n{events}END:VCALENDAR\n"
    )
    return whole.replace("\n", "\r\n").encode()


def bind_midwest(region: Region, now: datetime) -> None:
    """Midwest follows the zoneraad, and one meeting of the zoneraad moved since."""
    support, midwest = region.people["ondersteuner"], region.bodies[MIDWEST]
    for kind, is_hard in ((RuleKind.NO_HOLIDAY, True), (RuleKind.NO_SCHOOL_HOLIDAY, False)):
        add_rule(midwest, kind, is_hard=is_hard, by=support, now=now)
    add_rule(
        midwest,
        RuleKind.AFTER,
        other=region.bodies[ZONE_COUNCIL],
        minutes=15,
        is_same_place=True,
        by=support,
        now=now,
    )
    coming = session().scalars(
        select(Meeting)
        .where(Meeting.body_id == region.bodies[ZONE_COUNCIL].id, Meeting.starts_at_utc > now)
        .order_by(Meeting.starts_at_utc)
        .offset(3)
        .limit(1)
    )
    for meeting in coming:
        change_meeting(
            meeting,
            starts_at=to_utc(meeting.day + timedelta(days=7), time(8)),
            ends_at=to_utc(meeting.day + timedelta(days=7), time(9, 15)),
            place="Stadhuis Izegem",
            online_url="",
            revision=meeting.revision,
            by=support,
            now=now,
        )
