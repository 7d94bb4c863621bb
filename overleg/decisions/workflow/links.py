"""Making, using, replacing and revoking the links with which somebody answers one row."""

from collections.abc import Iterable
from datetime import datetime

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.decisions.follow_up_notices import post_link
from overleg.decisions.models import FollowUp, FollowUpLink
from overleg.decisions.queries.links import live_links
from overleg.lib.errors import NotPossible


def links_for(
    pairs: Iterable[tuple[FollowUp, Person]], *, now: datetime
) -> dict[tuple[str, str], FollowUpLink]:
    """The link of each row and person, made where there is none that holds; by both ids."""
    pairs = list(pairs)
    found = live_links({row.id for row, _person in pairs}, {person.id for _row, person in pairs})
    for row, person in pairs:
        if (row.id, person.id) not in found:
            found[row.id, person.id] = _new_link(row, person, now=now)
    return found


def note_use(link: FollowUpLink, *, now: datetime) -> None:
    """Note in the journal that a link was opened or answered with."""
    _guard_live(link)
    link.used_at_utc = now
    record(Verb.FOLLOW_UP_LINK_USED, link.follow_up, by=link.person, now=now)


def replace_link(link: FollowUpLink, *, by: Actor, now: datetime) -> FollowUpLink:
    """End a link and mail its person a new one; the old one opens nothing any more.

    Raises ``NotPossible`` when the link was ended before.
    """
    _end(link, by=by, now=now)
    made = _new_link(link.follow_up, link.person, now=now)
    told = f"van {link.person.name}"
    record(Verb.FOLLOW_UP_LINK_REPLACED, link.follow_up, by=by, now=now, reason=told)
    post_link(made, now=now)
    return made


def revoke_link(link: FollowUpLink, *, by: Actor, now: datetime) -> None:
    """End a link. Raises ``NotPossible`` when it was ended before."""
    _end(link, by=by, now=now)
    told = f"van {link.person.name}"
    record(Verb.FOLLOW_UP_LINK_REVOKED, link.follow_up, by=by, now=now, reason=told)


def _new_link(row: FollowUp, person: Person, *, now: datetime) -> FollowUpLink:
    link = FollowUpLink(id=new_id(), follow_up=row, person=person, made_at_utc=now)
    session().add(link)
    return link


def _end(link: FollowUpLink, *, by: Actor, now: datetime) -> None:
    _guard_live(link)
    link.ended_at_utc, link.ended_by_name = now, by.name
    session().flush()


def _guard_live(link: FollowUpLink) -> None:
    if link.ended_at_utc is not None:
        raise NotPossible("Deze link werkt al niet meer.")
