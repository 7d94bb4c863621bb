"""The follow-up in the demo: when colleges meet, reminders, one that rests, positions made known."""

from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select

from overleg.agenda.models import AgendaItem
from overleg.db import NO_ROW, session
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.states import OPEN_FOLLOW_UP, Organ, OutcomeKind
from overleg.decisions.workflow.organ_days import set_sessions
from overleg.decisions.workflow.positions import note_answer, send_position
from overleg.decisions.workflow.reminders import pause_reminders, send_reminders
from overleg.demo.days import rule_of
from overleg.demo.story import Story
from overleg.lib.dates import local_date
from overleg.scheduling.models import Meeting

SENT_TO = (
    (
        "De bevoegde Vlaamse minister",
        "Martelaarsplein 7\n1000 Brussel",
        "Het kabinet nodigt de voorzitter uit voor een gesprek.",
    ),
    ("Agentschap Binnenlands Bestuur", "Havenlaan 88\n1000 Brussel", ""),
)
WAITS = "De nota wordt herwerkt; de trekker stuurt een nieuwe versie."


def play_following(stories: Sequence[Story]) -> None:
    """Let municipalities say when they meet, remind once, and make positions known."""
    _say_when_they_meet(stories[0])
    for story in stories:
        _let_one_rest(story)
        _make_known(story)
    session().flush()
    send_reminders(stories[0].now - timedelta(hours=3))


def _say_when_they_meet(story: Story) -> None:
    year = date(local_date(story.now).year - 1, 1, 1)
    for place, town in enumerate(story.region.towns):
        for organ in Organ:
            rule = rule_of(organ, place, year)
            at = story.now - timedelta(days=300)
            by = story.region.support
            set_sessions(town, organ, rule, extra=[], skipped=[], revision=NO_ROW, by=by, now=at)


def _let_one_rest(story: Story) -> None:
    row = session().scalar(
        select(FollowUp)
        .join(FollowUp.outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .where(
            Meeting.body_id == story.body.id,
            FollowUp.state.in_(sorted(OPEN_FOLLOW_UP)),
            FollowUp.due_on < local_date(story.now),
        )
        .order_by(FollowUp.due_on.desc(), FollowUp.id)
        .limit(1)
    )
    if row is not None:
        pause_reminders(
            row.outcome,
            row,
            until=local_date(story.now) + timedelta(days=21),
            reason=WAITS,
            by=story.region.support,
            now=story.now - timedelta(days=2),
        )


def _make_known(story: Story) -> None:
    outcomes = session().scalars(
        select(Outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .where(Meeting.body_id == story.body.id, Outcome.kind == OutcomeKind.POSITION)
        .order_by(Meeting.starts_at_utc.desc(), Outcome.id)
        .limit(2)
    )
    for outcome in outcomes.all():
        at = outcome.noted_at_utc + timedelta(days=6)
        if at > story.now:
            continue
        for addressee, address, answer in SENT_TO:
            sending = send_position(
                outcome, addressee, address, local_date(at), by=story.region.support, now=at
            )
            back = at + timedelta(days=19)
            if answer and back < story.now:
                note_answer(
                    sending,
                    answer,
                    local_date(back),
                    revision=sending.revision,
                    by=story.region.support,
                    now=back,
                )
