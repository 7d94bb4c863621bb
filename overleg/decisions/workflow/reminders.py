"""Reminding municipalities, pausing that, and when a body reminds. A job runs this daily.

A person gets one mail a day at most, with all rows in it. What was sent on a day is kept, so that
the job may run as often as it likes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import delete

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import hold_until_commit, new_id, refuse_other, revision_of_values, session
from overleg.decisions.follow_up_notices import Reminded, post_reminder
from overleg.decisions.models import (
    FollowUp,
    FollowUpLink,
    Outcome,
    ReminderPause,
    ReminderSent,
    ReminderSettings,
)
from overleg.decisions.models.reminders import BEFORE_DAYS, ESCALATE_AFTER_DAYS, EVERY_DAYS
from overleg.decisions.queries.reminders import (
    all_settings,
    last_sent,
    reminded_today,
    rows_to_remind,
    support_of_bodies,
)
from overleg.decisions.workflow.links import links_for
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import Refused
from overleg.organisations.models import Body
from overleg.organisations.queries.people import people_for_organisations
from overleg.organisations.states import Role

Links = Mapping[tuple[str, str], FollowUpLink]
MOST_BEFORE_DAYS = 60
LONGEST_PAUSE = timedelta(days=366)


@dataclass(frozen=True)
class Days:
    """When a body reminds: before the date, how often after it, and when it goes higher up."""

    before: int = BEFORE_DAYS
    every: int = EVERY_DAYS
    escalate_after: int = ESCALATE_AFTER_DAYS

    @classmethod
    def of(cls, settings: ReminderSettings | None) -> "Days":
        """Those of a body, or the usual ones."""
        if settings is None:
            return cls()
        return cls(settings.before_days, settings.every_days, settings.escalate_after_days)

    @property
    def revision(self) -> int:
        """Which days these are, for who changes them."""
        return revision_of_values(self.before, self.every, self.escalate_after)

    def is_time(self, due_on: date, last: date | None, today: date) -> bool:
        """Whether a row is reminded of today: once before its date, then every so many days."""
        if today <= due_on:
            opens = due_on - timedelta(days=self.before)
            return self.before > 0 and today >= opens and (last is None or last < opens)
        return last is None or last <= due_on or (today - last).days >= self.every

    def goes_higher(self, due_on: date, last: date | None, today: date) -> bool:
        """Whether a row is told higher up today: once so many days late, then as often."""
        if (today - due_on).days < self.escalate_after:
            return False
        return last is None or (today - last).days >= max(self.every, self.escalate_after)


@dataclass
class Mailbag:
    """What goes to one person today."""

    person: Person
    asked: dict[str, FollowUp] = field(default_factory=dict)
    escalated: dict[str, FollowUp] = field(default_factory=dict)


def send_reminders(now: datetime) -> None:
    """Remind who has to report, and tell directors and support staff of what stays away."""
    today = local_date(now)
    rows = rows_to_remind(today + timedelta(days=MOST_BEFORE_DAYS), today)
    if not rows:
        return
    settings = all_settings()
    days = {row.id: Days.of(settings.get(_body_id(row))) for row in rows}
    done = reminded_today(today)
    bags = [
        bag for bag in _bags(rows, days, today) if bag.person.id not in done and bag.person.email
    ]
    pairs = [(row, bag.person) for bag in bags for row in bag.asked.values()]
    links = links_for(pairs, now=now)
    for bag in bags:
        _send(bag, links, today, now)


def _bags(rows: Sequence[FollowUp], days: Mapping[str, Days], today: date) -> list[Mailbag]:
    last = last_sent({row.id for row in rows})
    offices: dict[str, dict[Role, list[Person]]] = {}
    for role in (Role.SECRETARIAT, Role.DIRECTOR):
        towns = {row.organisation_id for row in rows}
        for person, town in people_for_organisations(towns, {role}, on=today):
            offices.setdefault(town.id, {}).setdefault(role, []).append(person)
    support = support_of_bodies({_body_id(row) for row in rows}, today)
    bags: dict[str, Mailbag] = {}
    for row in rows:
        if row.due_on is None:
            continue
        office = offices.get(row.organisation_id, {})
        directors = office.get(Role.DIRECTOR, [])
        asked = office.get(Role.SECRETARIAT) or directors
        for person in asked:
            before = last.get((row.id, person.id, False))
            if days[row.id].is_time(row.due_on, before, today):
                bags.setdefault(person.id, Mailbag(person)).asked[row.id] = row
        higher = [*directors, *support.get(_body_id(row), [])]
        for person in higher:
            before = last.get((row.id, person.id, True))
            if person not in asked and days[row.id].goes_higher(row.due_on, before, today):
                bags.setdefault(person.id, Mailbag(person)).escalated[row.id] = row
    return sorted(bags.values(), key=lambda bag: bag.person.id)


def _send(bag: Mailbag, links: Links, today: date, now: datetime) -> None:
    told = [
        Reminded(row, links[row.id, bag.person.id].id, escalated=False)
        for row in bag.asked.values()
    ]
    told += [Reminded(row, None, escalated=True) for row in bag.escalated.values()]
    for each in told:
        session().add(
            ReminderSent(
                follow_up_id=each.row.id,
                person_id=bag.person.id,
                sent_on=today,
                is_escalation=each.escalated,
            )
        )
    post_reminder(bag.person, told, now=now)


def pause_reminders(
    outcome: Outcome,
    follow_up: FollowUp | None,
    *,
    until: date,
    reason: str,
    by: Actor,
    now: datetime,
) -> None:
    """Let an outcome, or one row of it, rest up to and including a day; replaces its last pause.

    Raises ``Refused`` without a reason, or for a day that is past or more than a year away.
    """
    today = local_date(now)
    if not reason.strip():
        raise Refused("Zeg kort waarom: wie opvolgt, ziet dat staan.")
    if not today <= until <= today + LONGEST_PAUSE:
        raise Refused("Kies een datum tussen vandaag en een jaar verder.")
    _forget_pauses(outcome, follow_up)
    session().add(
        ReminderPause(
            id=new_id(),
            outcome=outcome,
            follow_up=follow_up,
            until=until,
            reason=reason.strip(),
            paused_by_name=by.name,
            paused_at_utc=now,
        )
    )
    told = f"tot en met {format_date(until)}: {reason.strip()}"
    record(Verb.REMINDERS_PAUSED, follow_up or outcome, by=by, now=now, reason=told)


def resume_reminders(
    outcome: Outcome, follow_up: FollowUp | None, *, by: Actor, now: datetime
) -> None:
    """Remind again of an outcome or one of its rows."""
    _forget_pauses(outcome, follow_up)
    record(Verb.REMINDERS_RESUMED, follow_up or outcome, by=by, now=now)


def set_reminder_days(body: Body, days: Days, *, revision: int, by: Actor, now: datetime) -> None:
    """Say when a body reminds. Raises ``EditConflict`` unless ``revision`` stands there now."""
    hold_until_commit(Body, Body.id == body.id)
    kept = session().get(ReminderSettings, body.id, populate_existing=True)
    refuse_other(Days.of(kept).revision, revision, "de herinneringen")
    settings = kept or ReminderSettings(body_id=body.id)
    settings.before_days, settings.every_days = days.before, days.every
    settings.escalate_after_days = days.escalate_after
    settings.changed_by_name, settings.changed_at_utc = by.name, now
    session().add(settings)
    record(Verb.REMINDERS_CHANGED, body, by=by, now=now)


def _forget_pauses(outcome: Outcome, follow_up: FollowUp | None) -> None:
    whose = (
        ReminderPause.follow_up_id.is_(None)
        if follow_up is None
        else ReminderPause.follow_up_id == follow_up.id
    )
    session().execute(delete(ReminderPause).where(ReminderPause.outcome_id == outcome.id, whose))


def _body_id(row: FollowUp) -> str:
    return row.outcome.item.meeting.body_id
