"""A municipality's rows as its secretariat works with them: by organ, and by session. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from overleg.decisions.models import FollowUp
from overleg.decisions.queries.organ_days import Sessions
from overleg.decisions.states import FollowUpState, Organ


@dataclass
class SessionRows:
    """The open rows of one session; ``day`` is None where no session is known."""

    day: date | None
    rows: list[FollowUp] = field(default_factory=list)


@dataclass
class OrganRows:
    """One organ: when it meets, and what must be on which session."""

    organ: Organ
    sessions: Sessions
    next_day: date | None
    groups: list[SessionRows]

    @property
    def count(self) -> int:
        """How many rows are open."""
        return sum(len(group.rows) for group in self.groups)


def first_possible(row: FollowUp, sessions: Sessions, today: date) -> date | None:
    """The session that a row stands on, or the first one that it can still come on."""
    if row.state is FollowUpState.SCHEDULED:
        return row.scheduled_on
    return None if row.waits_for_college else sessions.first_after(today)


def by_session(
    rows: Sequence[FollowUp], known: Mapping[tuple[str, Organ], Sessions], today: date
) -> list[OrganRows]:
    """Open rows of one municipality per organ and session, the first session first."""
    found = []
    for organ in Organ:
        own = [row for row in rows if row.organ is organ]
        owner = {row.organisation_id for row in rows} or {key[0] for key in known}
        sessions = next((known[(id_, organ)] for id_ in owner if (id_, organ) in known), Sessions())
        groups: dict[date | None, SessionRows] = {}
        for row in own:
            day = first_possible(row, sessions, today)
            groups.setdefault(day, SessionRows(day)).rows.append(row)
        ordered = sorted(groups.values(), key=lambda g: (g.day is None, g.day or today))
        if rows or known:
            found.append(OrganRows(organ, sessions, sessions.first_after(today), ordered))
    return found
