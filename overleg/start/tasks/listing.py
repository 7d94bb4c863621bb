"""All that is asked of somebody, the most pressing first."""

from datetime import datetime

from overleg.agenda.queries.sides import unfinished_of
from overleg.agenda.queries.worklists import Worklist, proposals_asking
from overleg.agenda.verslag import whereabouts
from overleg.decisions.queries.actions import my_open_actions
from overleg.decisions.queries.follow_up import open_rows
from overleg.decisions.queries.outcomes import outcomes_to_release
from overleg.lib.dates import local_date
from overleg.minutes.queries.to_read import minutes_to_read
from overleg.organisations.viewer import Viewer
from overleg.reports.queries.reports import to_place
from overleg.scheduling.polls.queries import polls_to_answer, polls_to_settle
from overleg.scheduling.queries import meetings_to_finish, meetings_to_prepare
from overleg.start.tasks.follow_up import (
    for_my_municipality,
    region_reports,
    to_do,
    to_release,
)
from overleg.start.tasks.meetings import (
    dates_to_answer,
    dates_to_pick,
    to_finish,
    to_prepare,
    to_read,
)
from overleg.start.tasks.proposals import (
    cannot_start,
    in_my_name,
    not_submitted,
    of_own_side,
    offered,
    returned,
    to_validate,
)
from overleg.start.tasks.task import Task

MOST_MEETINGS = 12
MOST_OUTCOMES = 12


def tasks_of(viewer: Viewer, now: datetime) -> list[Task]:
    """Everything asked of this person, most pressing first; a fixed number of statements."""
    today = local_date(now)
    asking = proposals_asking(viewer)
    held = meetings_to_finish(viewer, now, limit=MOST_MEETINGS)
    others_wrote, drafts = unfinished_of(viewer)
    found = [
        *to_validate(viewer, asking, today),
        *of_own_side(asking, today),
        *in_my_name(others_wrote, today),
        *returned(viewer, asking.proposals[Worklist.RETURNED], today),
        *offered(asking.proposals[Worklist.WAITING], today),
        *cannot_start(asking.proposals[Worklist.WAITING], today),
        *for_my_municipality(open_rows(viewer), today),
        *region_reports(to_place(viewer), today),
        *to_do(my_open_actions(viewer), today),
        *dates_to_answer(polls_to_answer(viewer, today), today),
        *dates_to_pick(polls_to_settle(viewer, today), today),
        *to_prepare(meetings_to_prepare(viewer, now, limit=MOST_MEETINGS), today),
        *to_read(minutes_to_read(viewer, today), today),
        *to_finish(held, whereabouts(held), today),
        *to_release(viewer, outcomes_to_release(viewer, limit=MOST_OUTCOMES), today),
    ]
    found.sort(key=lambda task: (task.due_on is None, task.due_on or today))
    return [*found, *not_submitted(drafts, today)]
