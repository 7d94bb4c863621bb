"""An invitation as calendars read it: one event, who invites and who is invited (RFC 5546). Pure.

It is the event as a feed writes it, with one ATTENDEE: the addressee alone, as nobody else's
address is theirs to know.
"""

from dataclasses import dataclass
from enum import StrEnum

from icalendar import Calendar, vCalAddress, vText

from overleg.calendars.ical import CalendarEvent, write_event
from overleg.lib.blocks import without_control
from overleg.scheduling.states import Coming

PARTSTAT = {
    Coming.COMING: "ACCEPTED",
    Coming.MAYBE: "TENTATIVE",
    Coming.NOT_COMING: "DECLINED",
    None: "NEEDS-ACTION",
}
"""What somebody said, as calendars write it (RFC 5545, 3.2.12)."""


class Method(StrEnum):
    """What an invitation asks of a calendar (RFC 5546, 3.2)."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True)
class Party:
    """Somebody in an invitation: a name and a mail address."""

    name: str
    email: str

    @property
    def address(self) -> vCalAddress:
        """As iCalendar writes it; a quote would end the name."""
        written = vCalAddress(f"mailto:{self.email}")
        name = " ".join(without_control(self.name).replace('"', "'").split())
        written.params["CN"] = vText(name)
        return written


def write_invitation(
    event: CalendarEvent,
    method: Method,
    *,
    organizer: Party,
    attendee: Party,
    said: Coming | None = None,
) -> bytes:
    """The iCalendar part of a mail to one person; the same facts give the same bytes.

    ``said`` is what they answered already about this moment.
    """
    calendar = Calendar.from_ical(write_event(event))
    calendar["METHOD"] = vText(method.value)
    (written,) = calendar.walk("VEVENT")
    written.add("organizer", organizer.address)
    address = attendee.address
    address.params["CUTYPE"] = vText("INDIVIDUAL")
    address.params["ROLE"] = vText("REQ-PARTICIPANT")
    address.params["PARTSTAT"] = vText(PARTSTAT[said])
    if method is Method.REQUEST:
        address.params["RSVP"] = vText("TRUE")
    written.add("attendee", address)
    content: bytes = calendar.to_ical()
    return content
