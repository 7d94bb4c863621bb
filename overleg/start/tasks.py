"""What is asked of somebody today: one row per thing, with a date and one button."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from flask import url_for

from overleg.agenda.models import Proposal
from overleg.agenda.queries.sides import proposals_in_name_of
from overleg.agenda.queries.worklists import Worklist, proposals_asking
from overleg.agenda.states import ProposalState
from overleg.decisions.models import ActionItem, FollowUp, Outcome
from overleg.decisions.queries.actions import my_open_actions
from overleg.decisions.queries.follow_up import open_rows
from overleg.decisions.queries.outcomes import outcomes_to_release
from overleg.lib.dates import format_date, format_days_left, local_date
from overleg.lib.text import count_of
from overleg.organisations.states import Role
from overleg.organisations.viewer import Viewer
from overleg.reports.models import RegionReport
from overleg.reports.queries.reports import to_place
from overleg.reports.states import ReportKind
from overleg.scheduling.models import DatePoll, Meeting
from overleg.scheduling.polls.queries import polls_to_answer, polls_to_settle
from overleg.scheduling.queries import coming_meetings, past_meetings
from overleg.scheduling.states import MeetingState

SOON = timedelta(days=7)
PREPARED_AHEAD = timedelta(days=21)
UNFINISHED = 12
OWN_SIDE = {
    Worklist.TO_CONFIRM: "Mee indienen?",
    Worklist.TO_SIGN_OFF: "Wacht op uw akkoord",
    Worklist.ASKED_BACK: "Teruggevraagd",
}


@dataclass(frozen=True)
class Task:
    """One thing to do; ``due_on`` is a day in Brussels."""

    kicker: str
    title: str
    url: str
    action: str
    detail: str
    due_on: date | None
    today: date

    @property
    def due(self) -> str:
        """By when, in words; empty without a date."""
        if self.due_on is None:
            return ""
        return f"{format_date(self.due_on)} ({format_days_left(self.due_on, self.today)})"

    @property
    def tone(self) -> str:
        """How pressing it is: ``bad`` past its date, ``warn`` within a week."""
        if self.due_on is None:
            return "neutral"
        if self.due_on < self.today:
            return "bad"
        return "warn" if self.due_on - self.today <= SOON else "neutral"


def tasks_of(viewer: Viewer, now: datetime) -> list[Task]:
    """Everything asked of this person, most pressing first; a fixed number of statements."""
    today = local_date(now)
    asking = proposals_asking(viewer)
    found = [
        *_to_validate(viewer, asking[Worklist.TO_VALIDATE], today),
        *_of_own_side(asking, today),
        *_in_my_name(proposals_in_name_of(viewer), today),
        *_returned(asking[Worklist.RETURNED], today),
        *_offered(asking[Worklist.WAITING], today),
        *_for_my_municipality(open_rows(viewer), today),
        *_region_reports(to_place(viewer), today),
        *_to_do(my_open_actions(viewer), today),
        *_dates_to_answer(polls_to_answer(viewer, today), today),
        *_dates_to_pick(polls_to_settle(viewer, today), today),
        *_meetings_to_prepare(viewer, now, today),
        *_meetings_to_finish(viewer, now, today),
        *_to_release(viewer, outcomes_to_release(viewer, limit=UNFINISHED), today),
    ]
    return sorted(found, key=lambda task: (task.due_on is None, task.due_on or today))


def _to_validate(viewer: Viewer, proposals: Sequence[Proposal], today: date) -> Iterable[Task]:
    chaired = viewer.bodies_as(Role.CHAIR)
    waiting = Counter(p.body_id for p in proposals if p.body_id in chaired)
    for body_id, number in waiting.items():
        if number > 1:
            yield Task(
                kicker=f"Valideren · {viewer.bodies[body_id].name}",
                title=f"{number} voorstellen in één keer",
                url=url_for("agenda.validate_batch", slug=viewer.bodies[body_id].slug),
                action="Alles valideren",
                detail="Alles staat op akkoord; u kiest alleen de uitzonderingen.",
                due_on=_first_due(p for p in proposals if p.body_id == body_id),
                today=today,
            )
    for proposal in proposals:
        yield Task(
            kicker=f"Valideren · {proposal.body.call_name}",
            title=proposal.title,
            url=url_for("agenda.validate_proposal", proposal_id=proposal.id),
            action="Bekijken en antwoorden",
            detail=f"Ingediend door {proposal.organisation.name}",
            due_on=_answer_by(proposal),
            today=today,
        )


def _first_due(proposals: Iterable[Proposal]) -> date | None:
    return min(filter(None, map(_answer_by, proposals)), default=None)


def _answer_by(proposal: Proposal) -> date | None:
    due = [local_date(opened.due_at_utc) for opened in proposal.rounds if not opened.closed_at_utc]
    return min(due, default=None)


def _of_own_side(asking: Mapping[Worklist, Sequence[Proposal]], today: date) -> Iterable[Task]:
    """To submit along, to agree with as general director, and what is asked back."""
    for worklist, kicker in OWN_SIDE.items():
        for proposal in asking[worklist]:
            yield Task(
                kicker=f"{kicker} · {proposal.body.call_name}",
                title=proposal.title,
                url=url_for("agenda.show_proposal", proposal_id=proposal.id),
                action="Bekijken en antwoorden",
                detail=(
                    f"Van {proposal.organisation.name}"
                    if worklist is not Worklist.ASKED_BACK
                    else proposal.asked_back_reason
                ),
                due_on=None,
                today=today,
            )


def _in_my_name(proposals: Sequence[Proposal], today: date) -> Iterable[Task]:
    """What an assistant wrote and waits for one's word, and what went out in one's name."""
    for proposal in proposals:
        is_draft = proposal.state is ProposalState.DRAFT
        yield Task(
            kicker=f"In uw naam {'geschreven' if is_draft else 'ingediend'}"
            f" · {proposal.body.call_name}",
            title=proposal.title,
            url=url_for("agenda.show_proposal", proposal_id=proposal.id),
            action="Nakijken en indienen" if is_draft else "Bekijken",
            detail=f"Door {proposal.created_by.name}",
            due_on=None,
            today=today,
        )


def _returned(proposals: Sequence[Proposal], today: date) -> Iterable[Task]:
    for proposal in proposals:
        yield Task(
            kicker=f"Teruggestuurd · {proposal.body.call_name}",
            title=proposal.title,
            url=url_for("agenda.show_proposal", proposal_id=proposal.id),
            action="Aanpassen",
            detail=proposal.state_reason,
            due_on=None,
            today=today,
        )


def _offered(proposals: Sequence[Proposal], today: date) -> Iterable[Task]:
    """What another body refers to one that this person supports."""
    for proposal in proposals:
        if proposal.state is ProposalState.OFFERED:
            yield Task(
                kicker=f"Aangeboden · {proposal.body.call_name}",
                title=proposal.title,
                url=url_for("agenda.show_proposal", proposal_id=proposal.id),
                action="Aanvaarden of terugsturen",
                detail=f"Van {proposal.organisation.name}, verwezen door een ander overleg",
                due_on=None,
                today=today,
            )


def _for_my_municipality(rows: Sequence[FollowUp], today: date) -> Iterable[Task]:
    for row in rows:
        yield Task(
            kicker=f"{row.organisation.name} · {row.organ.label}",
            title=row.outcome.title,
            url=url_for("decisions.show_municipality", nis_code=row.organisation.nis_code),
            action="Word-bestand en melden",
            detail=f"{row.outcome.kind.label.capitalize()} van "
            f"{row.outcome.item.meeting.body.call_name}: {row.state.label}",
            due_on=row.due_on,
            today=today,
        )


def _to_do(actions: Sequence[ActionItem], today: date) -> Iterable[Task]:
    for action in actions:
        meeting = action.item.meeting
        yield Task(
            kicker=f"Actiepunt · {meeting.body.call_name}",
            title=action.text,
            url=url_for("decisions.meeting_outcomes", meeting_id=meeting.id, _anchor="actiepunten"),
            action="Bekijken en melden",
            detail=f"{action.who}, afgesproken op {format_date(meeting.day)}",
            due_on=action.due_on,
            today=today,
        )


def _dates_to_answer(polls: Sequence[DatePoll], today: date) -> Iterable[Task]:
    for poll in polls:
        yield Task(
            kicker=f"Datumprikker · {poll.body.call_name}",
            title=poll.title,
            url=url_for("scheduling.answer_poll", poll_id=poll.id),
            action="Zeg wanneer u kunt",
            detail="Ja, liever niet of nee per moment",
            due_on=poll.answer_by,
            today=today,
        )


def _dates_to_pick(polls: Sequence[DatePoll], today: date) -> Iterable[Task]:
    """Polls to which no answers come any more and of which nobody picked a moment yet."""
    for poll in polls:
        yield Task(
            kicker=f"Datum kiezen · {poll.body.call_name}",
            title=poll.title,
            url=url_for("scheduling.show_poll", poll_id=poll.id),
            action="Bekijken en kiezen",
            detail="De termijn om te antwoorden is voorbij",
            due_on=poll.answer_by,
            today=today,
        )


def _region_reports(reports: Sequence[RegionReport], today: date) -> Iterable[Task]:
    """Per municipality and kind the newest regiorapport to place, and how many older ones wait."""
    waiting: dict[tuple[str, ReportKind], list[RegionReport]] = {}
    for report in reports:
        waiting.setdefault((report.organisation_id, report.kind), []).append(report)
    for newest, *older in waiting.values():
        also = count_of(len(older), "ouder rapport wacht", "oudere rapporten wachten")
        yield Task(
            kicker=f"{newest.organisation.name} · {newest.kind.organ.label}",
            title=newest.title,
            url=url_for("reports.show_report", report_id=newest.id)
            if not older
            else url_for("reports.municipality_reports", nis_code=newest.organisation.nis_code),
            action="Word-bestand en plaatsen",
            detail="Regiorapport: klaar om te plaatsen" + (f"; nog {also}" if older else ""),
            due_on=newest.last_day,
            today=today,
        )


def _meetings_to_prepare(viewer: Viewer, now: datetime, today: date) -> Iterable[Task]:
    bodies = viewer.bodies_as(Role.SUPPORT)
    if not bodies:
        return
    for meeting in coming_meetings(viewer, now, body_ids=bodies, limit=UNFINISHED):
        near = meeting.agenda_due_on - today <= PREPARED_AHEAD
        if meeting.state is MeetingState.PREPARING and near and not meeting.body.is_external:
            yield Task(
                kicker=f"Agenda versturen · {meeting.body.call_name}",
                title=f"Vergadering {meeting.label} van {format_date(meeting.starts_at_utc)}",
                url=url_for("agenda.prepare", meeting_id=meeting.id),
                action="Agenda voorbereiden",
                detail=f"Voorstellen komen binnen tot {format_date(meeting.proposals_due_on)}",
                due_on=meeting.agenda_due_on,
                today=today,
            )


def _meetings_to_finish(viewer: Viewer, now: datetime, today: date) -> Iterable[Task]:
    bodies = viewer.bodies_as(Role.SUPPORT)
    if not bodies:
        return
    for meeting in past_meetings(viewer, now, body_ids=bodies, limit=UNFINISHED):
        if meeting.state in {
            MeetingState.AGENDA_SENT,
            MeetingState.IN_SESSION,
            MeetingState.MINUTES,
        }:
            yield _finish(meeting, today)


def _to_release(viewer: Viewer, outcomes: Sequence[Outcome], today: date) -> Iterable[Task]:
    """Outcomes that the municipalities wait for; the trekker reads the text over."""
    for outcome in outcomes:
        meeting = outcome.item.meeting
        supports = viewer.supports(meeting.body_id)
        yield Task(
            kicker=f"{'Vrijgeven' if supports else 'Tekst nakijken'} · {meeting.body.call_name}",
            title=outcome.title,
            url=url_for(
                "decisions.show_outcome" if supports else "decisions.show_text",
                outcome_id=outcome.id,
            ),
            action="Bekijken en vrijgeven" if supports else "Tekst nakijken",
            detail=f"{outcome.kind.label.capitalize()} van {format_date(meeting.day)}: "
            f"{outcome.state.label}",
            due_on=meeting.outcomes_due_on,
            today=today,
        )


def _finish(meeting: Meeting, today: date) -> Task:
    return Task(
        kicker=f"Verslag en uitkomsten · {meeting.body.call_name}",
        title=f"Vergadering {meeting.label} van {format_date(meeting.starts_at_utc)}",
        url=url_for("minutes.write", meeting_id=meeting.id),
        action="Verslag afwerken",
        detail=meeting.state.label.capitalize(),
        due_on=meeting.outcomes_due_on,
        today=today,
    )
