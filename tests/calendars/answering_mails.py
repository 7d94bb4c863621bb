"""Mails as other calendars send them in answer to an invitation, and mails that are no answer."""

from datetime import UTC, datetime
from email.message import EmailMessage

MAYOR = "mayor@cast.test"
SAID_AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)

OUTLOOK = """BEGIN:VCALENDAR\r
METHOD:REPLY\r
PRODID:Microsoft Exchange Server 2010\r
VERSION:2.0\r
BEGIN:VTIMEZONE\r
TZID:Romance Standard Time\r
BEGIN:STANDARD\r
DTSTART:16010101T030000\r
TZOFFSETFROM:+0200\r
TZOFFSETTO:+0100\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r
END:STANDARD\r
BEGIN:DAYLIGHT\r
DTSTART:16010101T020000\r
TZOFFSETFROM:+0100\r
TZOFFSETTO:+0200\r
RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r
END:DAYLIGHT\r
END:VTIMEZONE\r
BEGIN:VEVENT\r
ATTENDEE;PARTSTAT={partstat};CN=Burgemeester Roeselare{more}:MAILTO:{attendee}\r
COMMENT;LANGUAGE=nl-BE:\\n\r
UID:{uid}\r
SUMMARY;LANGUAGE=nl-BE:Geaccepteerd: Midwestoverleg\r
DTSTART;TZID=Romance Standard Time:20260313T093000\r
DTEND;TZID=Romance Standard Time:20260313T113000\r
CLASS:PUBLIC\r
PRIORITY:5\r
DTSTAMP:{stamp}\r
TRANSP:OPAQUE\r
STATUS:CONFIRMED\r
SEQUENCE:{sequence}\r
LOCATION;LANGUAGE=nl-BE:Stadhuis Roeselare\r
X-MICROSOFT-CDO-APPT-SEQUENCE:{sequence}\r
X-MICROSOFT-CDO-BUSYSTATUS:BUSY\r
BEGIN:VALARM\r
DESCRIPTION:REMINDER\r
TRIGGER;RELATED=START:-PT15M\r
ACTION:DISPLAY\r
END:VALARM\r
END:VEVENT\r
END:VCALENDAR\r
"""


def outlook(
    uid: str,
    partstat: str = "ACCEPTED",
    *,
    attendee: str = MAYOR,
    sender: str = MAYOR,
    sequence: int = 0,
    said_at: datetime = SAID_AT,
    message_id: str = "",
    more: str = "",
    dmarc: str = "pass",
) -> bytes:
    """The mail that Outlook sends on Accept, as Exchange passes it on."""
    mail = EmailMessage()
    mail["Authentication-Results"] = f"mx.midwest.test; spf=pass; dmarc={dmarc}"
    mail["From"] = f"Burgemeester Roeselare <{sender}>"
    mail["To"] = "Overleg <vergaderingen@midwest.test>"
    mail["Subject"] = "Geaccepteerd: Midwestoverleg"
    mail["Message-ID"] = message_id or f"<{partstat}-{sequence}-{said_at:%H%M%S}@exchange.test>"
    mail.set_content("")
    calendar = OUTLOOK.format(
        partstat=partstat,
        more=more,
        attendee=attendee,
        uid=uid,
        stamp=f"{said_at:%Y%m%dT%H%M%SZ}",
        sequence=sequence,
    )
    mail.add_alternative(
        calendar, subtype="calendar", params={"method": "REPLY"}, charset="utf-8", cte="base64"
    )
    return mail.as_bytes()


GOOGLE = b"""From: Burgemeester Roeselare <mayor@cast.test>
Message-ID: <google@mail.gmail.com>
Content-Type: multipart/mixed; boundary="a"

--a
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset="UTF-8"

Burgemeester Roeselare heeft deze uitnodiging geaccepteerd.
--b
Content-Type: text/html; charset="UTF-8"

<p>geaccepteerd</p>
--b
Content-Type: text/calendar; charset="UTF-8"; method=REPLY
Content-Transfer-Encoding: 7bit

BEGIN:VCALENDAR
PRODID:-//Google Inc//Google Calendar 70.9054//EN
VERSION:2.0
CALSCALE:GREGORIAN
METHOD:REPLY
BEGIN:VEVENT
DTSTART:20260313T083000Z
DTEND:20260313T103000Z
DTSTAMP:20260302T085900Z
ORGANIZER;CN=Overleg:mailto:vergaderingen@midwest.test
UID:%s
ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;CN=mayor@
 cast.test;X-NUM-GUESTS=0:mailto:mayor@cast.test
SEQUENCE:0
STATUS:CONFIRMED
END:VEVENT
END:VCALENDAR
--b--
--a--
"""


def junk(uid: str) -> dict[str, bytes]:
    """Mails from which nothing may follow, by what is odd about them."""
    good = outlook(uid)
    calendar = OUTLOOK.format(
        partstat="ACCEPTED",
        more="",
        attendee=MAYOR,
        uid=uid,
        stamp="20260302T090000Z",
        sequence=0,
    )

    def sent(text: str) -> bytes:
        head = f"From: {MAYOR}\r\nContent-Type: text/calendar; charset=utf-8\r\n\r\n"
        return (head + text).encode()

    attendee = f"ATTENDEE;PARTSTAT=ACCEPTED;CN=Burgemeester Roeselare:MAILTO:{MAYOR}\r\n"
    nested = "".join(
        f'Content-Type: multipart/mixed; boundary="{n}"\r\n\r\n--{n}\r\n' for n in range(3000)
    )
    return {
        "a web page": b"From: mayor@cast.test\r\nContent-Type: text/html\r\n\r\n<html><p>REPLY",
        "nothing": b"",
        "noise": bytes(range(256)) * 40,
        "a web page as calendar": sent("<html><body>Hallo</body></html>"),
        "a request": sent(calendar.replace("METHOD:REPLY", "METHOD:REQUEST")),
        "a counter proposal": sent(calendar.replace("METHOD:REPLY", "METHOD:COUNTER")),
        "half a calendar": sent(calendar[:700]),
        "two attendees": sent(calendar.replace(attendee, attendee * 2)),
        "no attendee": sent(calendar.replace(attendee, "")),
        "passed on to somebody": sent(calendar.replace("ACCEPTED", "DELEGATED")),
        "one of a series": sent(
            calendar.replace("UID:", "RECURRENCE-ID:20260313T083000Z\r\nUID:", 1)
        ),
        "an odd sequence": sent(calendar.replace("\r\nSEQUENCE:0", "\r\nSEQUENCE:veel")),
        "another meeting": sent(calendar.replace(uid, "iets@overleg")),
        "two senders": good.replace(b"From: ", b"From: b@b.test, "),
        "a deep nest": nested.encode(),
        "parts without end": b'Content-Type: multipart/mixed; boundary="a"\r\n\r\n'
        + b"--a\r\n\r\nx\r\n" * 20_000,
        "senders without end": b"From: " + b"a@b.test, " * 20_000 + b"\r\n\r\n" + good,
        "quotes without end": b"Content-Type: multipart/mixed" + b';"' * 100_000 + b"\r\n\r\n",
        "events without end": sent(
            "BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\n" + "BEGIN:VEVENT\r\nEND:VEVENT\r\n" * 5_000
        ),
    }
