"""Links with which somebody answers a row without signing in."""

from collections.abc import Collection, Sequence

from sqlalchemy import Select, select
from sqlalchemy.orm import contains_eager

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.decisions.models import FollowUp, FollowUpLink, Outcome
from overleg.decisions.queries.follow_up import readable
from overleg.decisions.states import OPEN_FOLLOW_UP
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Organisation
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting


def link_by_id(link_id: str) -> FollowUpLink | None:
    """A link with its person, row, outcome and meeting; ended ones too."""
    return session().scalar(_links().where(FollowUpLink.id == link_id))


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


def links_of_municipality(
    viewer: Viewer, municipality: Organisation, limit: int = 200
) -> Sequence[FollowUpLink]:
    """The links to the rows of a municipality that this viewer reads.

    Those to open rows first, the first due first. Of one row those that hold come first; by name.
    """
    return (
        session()
        .scalars(
            _links()
            .where(FollowUp.organisation_id == municipality.id, readable(viewer))
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


def link_of_municipality(viewer: Viewer, municipality: Organisation, link_id: str) -> FollowUpLink:
    """One of these links. Raises ``NotFound``."""
    its_own = FollowUp.organisation_id == municipality.id
    link = session().scalar(_links().where(FollowUpLink.id == link_id, its_own, readable(viewer)))
    if link is None:
        raise NotFound
    return link


def _links() -> Select[FollowUpLink]:
    return (
        select(FollowUpLink)
        .join(FollowUpLink.follow_up)
        .join(FollowUp.outcome)
        .join(Outcome.item)
        .join(AgendaItem.meeting)
        .join(FollowUpLink.person)
        .options(
            contains_eager(FollowUpLink.person),
            contains_eager(FollowUpLink.follow_up).joinedload(FollowUp.organisation),
            contains_eager(FollowUpLink.follow_up)
            .contains_eager(FollowUp.outcome)
            .contains_eager(Outcome.item)
            .contains_eager(AgendaItem.meeting)
            .joinedload(Meeting.body),
        )
    )
