"""Which mails never wait for the mail of the day or for the end of somebody's quiet hours.

Every template of ``templates/mail`` stands here; one that does not may wait until what it is about
is near.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import Enum

URGENT_WITHIN = timedelta(hours=48)
"""What happens sooner than this is told at once; calendars that follow a feed may need a day."""


class Haste(Enum):
    """How much haste mails of one kind have."""

    NEVER_WAITS = "never waits"
    """Somebody waits for it, or must know at once: signing in, one's own account."""
    WHEN_NEAR = "when near"
    """It never waits when what it is about happens within 48 hours."""
    CAN_WAIT = "can wait"
    """It tells of what was, or of something days away."""


TEMPLATES: Mapping[str, Haste] = {
    # What somebody asked for, and what concerns the account.
    "sign_in_link": Haste.NEVER_WAITS,
    "invitation": Haste.NEVER_WAITS,
    "address_changed": Haste.NEVER_WAITS,
    "password_changed": Haste.NEVER_WAITS,
    "follow_up_link": Haste.NEVER_WAITS,
    # Meetings and terms.
    "meeting_planned": Haste.WHEN_NEAR,
    "meeting_changed": Haste.WHEN_NEAR,
    "meeting_cancelled": Haste.WHEN_NEAR,
    "meeting_invitation": Haste.WHEN_NEAR,
    "meeting_withdrawn": Haste.WHEN_NEAR,
    "meetings_loose": Haste.WHEN_NEAR,
    "date_poll_asked": Haste.WHEN_NEAR,
    "date_poll_ended": Haste.WHEN_NEAR,
    "agenda_sent": Haste.WHEN_NEAR,
    "validation_asked": Haste.WHEN_NEAR,
    "proposal": Haste.WHEN_NEAR,
    # What can be read tomorrow morning as well.
    "minutes_to_chair": Haste.CAN_WAIT,
    "minutes_circulated": Haste.CAN_WAIT,
    "minutes_corrected": Haste.CAN_WAIT,
    "remark_settled": Haste.CAN_WAIT,
    "outcome_released": Haste.CAN_WAIT,
    "outcome_news": Haste.CAN_WAIT,
    "follow_up_reminder": Haste.CAN_WAIT,
    "region_report_point": Haste.CAN_WAIT,
    "region_reports": Haste.CAN_WAIT,
    # The mail of the day has its own hour.
    "digest": Haste.NEVER_WAITS,
}


def never_waits(template: str, *, matters_at: datetime | None, now: datetime) -> bool:
    """Whether a mail made now leaves at once, whatever its reader asked.

    ``matters_at`` is when what it is about happens, such as the start of a meeting (UTC).
    """
    haste = TEMPLATES.get(template, Haste.WHEN_NEAR)
    if haste is Haste.WHEN_NEAR:
        return matters_at is not None and timedelta(0) <= matters_at - now <= URGENT_WITHIN
    return haste is Haste.NEVER_WAITS
