"""Who is told what about a poll. Each mail to answer carries that person's own link."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta

from overleg.accounts.models import Person
from overleg.lib.dates import format_date, to_utc
from overleg.mail.links import absolute_url
from overleg.mail.workflow import post
from overleg.scheduling.models import DatePoll, DatePollLink, DatePollSlot
from overleg.scheduling.polls.answer_links import link_address
from overleg.scheduling.rules.free_days import holiday_on, school_holiday_on

ASKED = "Wanneer kunt u?"
REMINDED = "Herinnering: wanneer kunt u?"
RENEWED = "Nieuwe link: wanneer kunt u?"


def slot_in_words(slot: DatePollSlot) -> str:
    """The moment, with the holiday it falls on."""
    free = holiday_on(slot.day) or school_holiday_on(slot.day)
    return f"{slot.in_words} ({free})" if free else slot.in_words


def ask_to_answer(
    link: DatePollLink, subject: str, *, now: datetime, new: Sequence[DatePollSlot] = ()
) -> None:
    """Mail somebody the moments and their own link; ``new`` are those that came since."""
    poll = link.poll
    slots = new or poll.slots
    post(
        link.person,
        subject=f"{subject} {poll.title}",
        template="date_poll_asked",
        context={
            "poll": poll,
            "slots": [slot_in_words(slot) for slot in slots],
            "is_new": bool(new),
            "is_renewed": subject == RENEWED,
            "until": format_date(poll.answer_by) if poll.answer_by else "",
            "link": link_address(link.id),
            "link_label": "Antwoorden",
        },
        about=poll,
        body=poll.body,
        matters_at=_matters_at(poll),
        urgent=subject == RENEWED,
        now=now,
    )


def tell_ended(poll: DatePoll, people: Sequence[Person], *, now: datetime) -> None:
    """Mail these people how it ended: the moment that was picked, or why there is none."""
    picked = poll.picked
    for person in people:
        post(
            person,
            subject=f"{'Gekozen' if picked else 'Geen datum'}: {poll.title}",
            template="date_poll_ended",
            context={
                "poll": poll,
                "picked": picked.in_words if picked else "",
                "link": absolute_url(f"/datumprikkers/{poll.id}"),
                "link_label": "Bekijk de datumprikker",
            },
            about=poll,
            body=poll.body,
            matters_at=picked.starts_at_utc if picked else None,
            now=now,
        )


def _matters_at(poll: DatePoll) -> datetime:
    """Until when an answer is of use, in UTC: the last day, or the first moment itself."""
    first = min(slot.starts_at_utc for slot in poll.slots)
    if poll.answer_by is None:
        return first
    return min(first, to_utc(poll.answer_by + timedelta(days=1), time()))
