"""What somebody's calendar answers to an invitation (RFC 5546, 3.2.3), found in a mail. Pure.

Whatever comes in is a stranger's work: what is not such an answer, in whatever way, is None.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

from icalendar import Calendar, Event

from overleg.lib.blocks import without_control
from overleg.scheduling.states import Coming

KINDS = frozenset({"text/calendar", "application/ics"})
PARTSTAT = {
    "ACCEPTED": Coming.COMING,
    "TENTATIVE": Coming.MAYBE,
    "DECLINED": Coming.NOT_COMING,
}
MAILTO = "mailto:"

MOST_BYTES = 256 * 1024
"""An answer is a few kilobytes; a mail that is larger is not looked into."""
MOST_PARTS = 100
LONGEST_HEADER = 4000
MOST_CALENDAR_BYTES = 64 * 1024
MOST_COMPONENTS = 40
READ_HEADERS = re.compile(
    rb"^(?:content-type|content-transfer-encoding|from|message-id|authentication-results)[ \t]*:"
    rb"[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
"""What the parsers read closely, in any part: how long these are decides how long that takes."""


@dataclass(frozen=True)
class Reply:
    """One answer; addresses in lower case."""

    uid: str
    attendee: str
    coming: Coming
    sequence: int
    """Of the invitation that was answered; nought when the calendar does not say."""
    said_at: datetime | None
    """When it was said, in UTC."""
    sent_by: str
    """Who answered in the attendee's name, or an empty text."""


@dataclass(frozen=True)
class Received:
    """A mail with what matters of it."""

    message: EmailMessage
    message_id: str
    sender: str
    """The one address in From, in lower case; empty when there are none or several."""
    is_forged: bool
    """Whether our own mail server saw that it does not come from there (RFC 8601, DMARC)."""
    reply: Reply | None


def read_mail(content: bytes) -> Received | None:
    """What a mail holds; None when it can't be read at all, or would take long."""
    if not _is_quickly_read(content):
        return None
    try:
        message = message_from_bytes(content, policy=policy.default)
        verdicts = message.get_all("Authentication-Results") or []
        return Received(
            message=message,
            message_id=str(message.get("Message-ID", "")).strip(),
            sender=_sender(message),
            # The topmost was added last: by our own server. One below it can be anybody's.
            is_forged="dmarc=fail" in str(verdicts[0]).lower() if verdicts else False,
            reply=_reply_in(message),
        )
    except Exception:
        # The parsers of the standard library raise whatever a malformed header makes them.
        return None


def read_reply(content: bytes) -> Reply | None:
    """The answer in an iCalendar file; None when it is something else, or makes no sense."""
    if len(content) > MOST_CALENDAR_BYTES or content.upper().count(b"BEGIN:") > MOST_COMPONENTS:
        return None
    try:
        calendar = Calendar.from_ical(content.removeprefix(b"\xef\xbb\xbf"))
        if str(calendar.get("METHOD", "")).upper() != "REPLY":
            return None
        events = [
            event
            for event in calendar.walk("VEVENT")
            if isinstance(event, Event) and "RECURRENCE-ID" not in event
        ]
        return _answer_in(events[0]) if len(events) == 1 else None
    except Exception:
        # icalendar raises a dozen kinds of errors on what is no calendar.
        return None


def _is_quickly_read(content: bytes) -> bool:
    """Whether no odd shape keeps the parsers busy: the standard library's take minutes for some."""
    return (
        len(content) <= MOST_BYTES
        and content.count(b"\n--") <= MOST_PARTS
        and all(len(found[0]) <= LONGEST_HEADER for found in READ_HEADERS.finditer(content))
    )


def _sender(message: EmailMessage) -> str:
    header = message["From"]
    addresses = [] if header is None else [each.addr_spec for each in header.addresses]
    return addresses[0].lower() if len(addresses) == 1 else ""


def _reply_in(message: EmailMessage) -> Reply | None:
    for part in message.walk():
        if part.get_content_type() not in KINDS:
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            charset = part.get_content_charset("utf-8")
            found = read_reply(content.decode(charset, "replace").encode())
            if found is not None:
                return found
    return None


def _answer_in(event: Event) -> Reply | None:
    attendee = event.get("ATTENDEE")
    if attendee is None or isinstance(attendee, list):
        return None
    coming = PARTSTAT.get(str(attendee.params.get("PARTSTAT", "")).upper())
    uid = without_control(str(event.get("UID", ""))).strip()
    address = _address(str(attendee))
    if coming is None or not uid or not address:
        return None
    return Reply(
        uid=uid,
        attendee=address,
        coming=coming,
        sequence=int(event.get("SEQUENCE", 0)),
        said_at=_moment(event),
        sent_by=_address(str(attendee.params.get("SENT-BY", ""))),
    )


def _moment(event: Event) -> datetime | None:
    stamp: object = event.decoded("DTSTAMP") if "DTSTAMP" in event else None
    if not isinstance(stamp, datetime) or stamp.tzinfo is None:
        return None
    return stamp.astimezone(UTC)


def _address(value: str) -> str:
    value = without_control(value).strip().strip('"').lower()
    return value.removeprefix(MAILTO).strip() if value.startswith(MAILTO) else ""
