"""Links with which somebody answers a row without signing in."""

from collections.abc import Collection, Sequence

from sqlalchemy import select
from sqlalchemy.orm import contains_eager, joinedload

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.decisions.models import FollowUp, FollowUpLink, Outcome
from overleg.decisions.states import OPEN_FOLLOW_UP
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Organisation
from overleg.scheduling.models import Meeting


def link_by_id(link_id: str) -> FollowUpLink | None:
    """A link with its person, row, outcome and meeting; ended ones too."""
    return session().scalar(
        select(FollowUpLink)
        .join(FollowUpLink.follow_up)
        .join(FollowUp.outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .where(FollowUpLink.id == link_id)
        .options(
            joinedload(FollowUpLink.person),
            contains_eager(FollowUpLink.follow_up).joinedload(FollowUp.organisation),
            contains_eager(FollowUpLink.follow_up)
            .contains_eager(FollowUp.outcome)
            .contains_eager(Outcome.item)
            .contains_eager(AgendaItem.meeting)
            .joinedload(Meeting.body),
        )
    )


def live_links(
    follow_up_ids: Collection[str], person_ids: Collection[str]
) -> dict[tuple[str, str], FollowUpLink]:
    """The links that hold, by row and person; one statement."""
    links = session().scalars(
        select(FollowUpLink).where(
            FollowUpLink.follow_up_id.in_(sorted(follow_up_ids)),
            FollowUpLink.person_id.in_(sorted(person_ids)),
            FollowUpLink.ended_at_utc.is_(None),
        )
    )
    return {(link.follow_up_id, link.person_id): link for link in links}


def links_of_municipality(municipality: Organisation, limit: int = 200) -> Sequence[FollowUpLink]:
    """The links to the rows of a municipality: those to open rows first, the first due first.

    Of one row those that hold come first; by name.
    """
    return (
        session()
        .scalars(
            select(FollowUpLink)
            .join(FollowUpLink.follow_up)
            .join(FollowUp.outcome)
            .join(Outcome.item)
            .join(AgendaItem.meeting)
            .join(FollowUpLink.person)
            .where(FollowUp.organisation_id == municipality.id)
            .options(
                contains_eager(FollowUpLink.person),
                contains_eager(FollowUpLink.follow_up)
                .contains_eager(FollowUp.outcome)
                .contains_eager(Outcome.item)
                .contains_eager(AgendaItem.meeting),
            )
            .order_by(
                is_one_of(FollowUp.state, OPEN_FOLLOW_UP).desc(),
                FollowUp.due_on.is_(None),
                FollowUp.due_on,
                Outcome.title,
                FollowUp.id,
                FollowUpLink.ended_at_utc.is_not(None),
                Person.name,
                FollowUpLink.id,
            )
            .limit(limit)
        )
        .all()
    )


def link_of_municipality(municipality: Organisation, link_id: str) -> FollowUpLink:
    """One of these links. Raises ``NotFound``."""
    link = link_by_id(link_id)
    if link is None or link.follow_up.organisation_id != municipality.id:
        raise NotFound
    return link
