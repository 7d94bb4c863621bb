"""Reading the message with which a mail server says that a mail could not be delivered.

Such a message is a ``multipart/report`` (RFC 6522) with a ``message/delivery-status`` (RFC 3464),
and mostly the mail itself or its headers. Exchange, Postfix and Gmail all write it so.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message

from overleg.lib.blocks import without_control

# The Message-ID that ``overleg.mail.smtp`` writes: the id of the row in the outbox.
OUR_ID = re.compile(r"<([0-9a-z]{16})@[^<>\s]+>")
LONGEST_REASON = 300


@dataclass(frozen=True)
class Bounce:
    """A mail that will not arrive."""

    email: str
    """The address that the server names; mail may have been passed on to it."""
    status: str
    """The status code, such as ``5.1.1`` (RFC 3463)."""
    reason: str
    """What the server said of it."""
    message_id: str
    """The mail of ours that came back, by its id in the outbox; empty when it is not named."""


def bounce_in(message: EmailMessage) -> Bounce | None:
    """What this message says of a mail that failed for good; None for every other message.

    A delay (``Action: delayed``, status 4.x.x) is no failure: the server tries again.
    """
    if message.get_content_type() != "multipart/report":
        return None
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for fields in _blocks(part):
            status = _told(fields, "Status").strip()
            failed = _told(fields, "Action").strip().lower() == "failed"
            if failed and status.startswith("5"):
                return Bounce(
                    email=_address(fields),
                    status=status.split()[0],
                    reason=_reason(fields, status),
                    message_id=_returned_id(message),
                )
    return None


def _blocks(part: Message) -> Iterator[Message]:
    """The groups of fields of a report: one about the mail, then one per addressee."""
    payload = part.get_payload()
    if isinstance(payload, list):
        yield from (block for block in payload if isinstance(block, Message))


def _address(fields: Message) -> str:
    named = _told(fields, "Original-Recipient") or _told(fields, "Final-Recipient")
    return named.rpartition(";")[2].strip().strip("<>").lower()


def _reason(fields: Message, status: str) -> str:
    said = _told(fields, "Diagnostic-Code").partition(";")[2] or status
    return " ".join(said.split())[:LONGEST_REASON]


def _told(fields: Message, name: str) -> str:
    """What a field says, without what no database takes; empty when it is not there."""
    return without_control(str(fields.get(name, "")))


def _returned_id(message: EmailMessage) -> str:
    """Which mail came back: from the mail or the headers that are sent along."""
    for part in message.walk():
        kind = part.get_content_type()
        if part is message or kind == "message/delivery-status":
            continue
        named = part.get("Message-ID")
        if named is None and kind in {"text/rfc822-headers", "message/rfc822-headers"}:
            content = part.get_payload(decode=True)
            named = content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
            named = next(
                (line for line in named.splitlines() if line.lower().startswith("message-id:")), ""
            )
        found = OUR_ID.search(str(named or ""))
        if found:
            return found.group(1)
    return ""
