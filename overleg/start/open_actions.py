"""Points of earlier meetings of which something is still to be done, for who prepares an agenda."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased, joinedload

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import ItemState
from overleg.db import session
from overleg.decisions.models import ActionItem, FollowUp, Outcome
from overleg.decisions.states import OPEN_FOLLOW_UP, ActionState
from overleg.lib.dates import format_date
from overleg.lib.text import count_of, join_words
from overleg.one_of import is_one_of
from overleg.scheduling.models import Meeting

MOST_SHOWN = 8


@dataclass(frozen=True)
class PointToFollow:
    """A point that was treated, and in words what is still open of it."""

    item: AgendaItem
    words: str


@dataclass(frozen=True)
class _Open:
    """How much of a kind is open of a point, and the first day it is due."""

    number: int
    due_on: date | None


def points_to_follow(meeting: Meeting) -> Sequence[PointToFollow]:
    """Treated points of this body with open actions or answers to come, the first due first.

    A point that was taken up again since is left out. Three statements.
    """
    again = aliased(AgendaItem)
    taken_up = exists().where(again.continues_id == AgendaItem.id, again.position > 0)
    of_body = (
        AgendaItem.meeting_id != meeting.id,
        AgendaItem.state == ItemState.TREATED,
        Meeting.body_id == meeting.body_id,
        Meeting.starts_at_utc < meeting.starts_at_utc,
        ~taken_up,
    )
    actions = _open_actions(of_body)
    answers = _open_answers(of_body)
    return _points({**answers, **actions}.keys(), actions, answers)


def _open_actions(of_body: Collection[ColumnElement[bool]]) -> dict[str, _Open]:
    rows = session().execute(
        select(ActionItem.item_id, func.count(), func.min(ActionItem.due_on))
        .join(AgendaItem, AgendaItem.id == ActionItem.item_id)
        .join(AgendaItem.meeting)
        .where(ActionItem.state == ActionState.OPEN, *of_body)
        .group_by(ActionItem.item_id)
    )
    return {item_id: _Open(number, due_on) for item_id, number, due_on in rows}


def _open_answers(of_body: Collection[ColumnElement[bool]]) -> dict[str, _Open]:
    rows = session().execute(
        select(Outcome.item_id, func.count(), func.min(FollowUp.due_on))
        .join(FollowUp, FollowUp.outcome_id == Outcome.id)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .where(is_one_of(FollowUp.state, OPEN_FOLLOW_UP), *of_body)
        .group_by(Outcome.item_id)
    )
    return {item_id: _Open(number, due_on) for item_id, number, due_on in rows}


def _points(
    ids: Collection[str], actions: dict[str, _Open], answers: dict[str, _Open]
) -> list[PointToFollow]:
    due = {
        item_id: [o.due_on for o in (actions.get(item_id), answers.get(item_id)) if o and o.due_on]
        for item_id in ids
    }
    first = sorted(ids, key=lambda key: (not due[key], min(due[key], default=date.max), key))
    chosen = first[:MOST_SHOWN]
    found = session().scalars(
        select(AgendaItem)
        .where(AgendaItem.id.in_(chosen))
        .options(joinedload(AgendaItem.meeting).joinedload(Meeting.body))
    )
    items = {item.id: item for item in found}
    return [
        PointToFollow(items[key], _words(actions.get(key), answers.get(key), due[key]))
        for key in chosen
    ]


def _words(actions: _Open | None, answers: _Open | None, due: Sequence[date]) -> str:
    open_parts = []
    if actions:
        open_parts.append(count_of(actions.number, "open actie", "open acties"))
    if answers:
        open_parts.append(
            f"{count_of(answers.number, 'antwoord', 'antwoorden')} van besturen te komen"
        )
    by_when = f", eerst tegen {format_date(min(due))}" if due else ""
    return f"{join_words(open_parts)}{by_when}"
