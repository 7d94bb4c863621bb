"""Who is told what about the follow-up. Mails name outcomes and dates, never their text."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from overleg.accounts.models import Person
from overleg.decisions.answer_links import link_address
from overleg.decisions.models import FollowUp, FollowUpLink
from overleg.lib.dates import local_date
from overleg.lib.text import count_of
from overleg.mail.links import absolute_url
from overleg.mail.workflow import Matter, post


@dataclass(frozen=True)
class Reminded:
    """One row in a reminder; ``link_id`` of the link with which it is answered, if any."""

    row: FollowUp
    link_id: str | None
    escalated: bool

    @property
    def address(self) -> str:
        """Where the mail leads for this row."""
        if self.link_id is not None:
            return link_address(self.link_id)
        return absolute_url(f"/uitkomsten/{self.row.outcome_id}")


def post_link(link: FollowUpLink, *, now: datetime) -> None:
    """Mail somebody a new link to one row."""
    row = link.follow_up
    post(
        link.person,
        subject=f"Nieuwe link om te melden: {row.outcome.title}",
        template="follow_up_link",
        context={
            "row": row,
            "link": link_address(link.id),
            "link_label": "Bekijken en melden",
        },
        about=row.outcome,
        body=row.outcome.item.meeting.body,
        now=now,
    )


def post_reminder(person: Person, rows: Sequence[Reminded], *, now: datetime) -> None:
    """Remind somebody of all that is open, in one mail: what is late first."""
    today = local_date(now)
    late = sum(each.row.is_late(today) for each in rows)
    told = count_of(len(rows), "punt", "punten")
    subject = f"Opvolging: {told} te melden"
    if late:
        subject += f", {late} te laat" if late < len(rows) else ", te laat"
    towns = sorted({(r.row.organisation.nis_code or "") for r in rows})
    page = f"/gemeenten/{towns[0]}" if len(towns) == 1 else "/opvolging"
    matters = [Matter(r.row.outcome, r.row.outcome.item.meeting.body) for r in rows]
    bodies = {matter.body.id: matter.body for matter in matters}
    post(
        person,
        subject=subject,
        template="follow_up_reminder",
        context={
            "asked": [each for each in rows if not each.escalated],
            "escalated": [each for each in rows if each.escalated],
            "today": today,
            "link": absolute_url(page),
            "link_label": "Naar de opvolging",
        },
        about=None,
        also_about=matters,
        body=next(iter(bodies.values())) if len(bodies) == 1 else None,
        now=now,
    )
