"""One body's year: every proposal, meeting and outcome, made by the same verbs the pages use."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem, Dossier, Proposal
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Answer, Asked, ItemKind
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import schedule_proposal
from overleg.agenda.workflow.proposals import ProposalContent, draft_proposal
from overleg.agenda.workflow.sending import send_agenda
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.agenda.workflow.validation import cast_vote, open_round
from overleg.db import new_id
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.states import (
    DECIDED_FOLLOW_UP,
    AskedOfOrgan,
    FollowUpState,
    Organ,
    OutcomeKind,
)
from overleg.decisions.workflow.follow_up import Report, report
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.demo.days import session_from
from overleg.demo.people import Region
from overleg.demo.topics import ADVICE, NOTE, NOTED, Stage, Topic
from overleg.lib.dates import local_date, to_utc
from overleg.lib.errors import NotPossible
from overleg.minutes.queries.attendance import table_of
from overleg.minutes.states import Presence
from overleg.minutes.workflow.attendance import Guest, Seen, note_attendance
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.sessions import approve_minutes, close_meeting, open_meeting
from overleg.organisations.models import Body, Organisation, Seat
from overleg.organisations.queries.bodies import voting_municipalities
from overleg.organisations.states import SeatFunction
from overleg.scheduling.models import Meeting
from overleg.scheduling.workflow import plan_meeting

TREATED_PER_MEETING = 4
SUBMITTED_AHEAD, VALIDATED_AHEAD = timedelta(days=20), timedelta(days=16)
PREPARED_AHEAD, SENT_AHEAD = timedelta(days=10), timedelta(days=8)
RELEASED_AFTER = timedelta(days=4)
ANSWER_WITHIN = timedelta(days=45)
PROGRESS = "Stand van zaken"
PROGRESS_NOTES = (
    "De trekker geeft een stand van zaken. De uitvoering volgt de planning; er zijn geen vragen.",
    "Enkele besturen melden dat het bij hen trager gaat. De ondersteuner neemt contact op.",
    "De cijfers van het voorbije half jaar zijn toegelicht. Het overleg is tevreden over de vooruitgang.",
    "Er is nood aan een aanspreekpunt per gemeente. Elk bestuur geeft er tegen eind van de maand een door.",
)

ANSWERS: tuple[tuple[float, tuple[FollowUpState | None, str]], ...] = (
    (0.07, (None, "")),
    (0.11, (FollowUpState.POSTPONED, "Wacht op het advies van de financiële dienst.")),
    (0.14, (FollowUpState.NOT_APPLICABLE, "Hier al eerder geregeld.")),
    (0.20, (FollowUpState.SCHEDULED, "")),
    (0.24, (FollowUpState.REJECTED, "De bijdrage valt buiten het meerjarenplan.")),
    (0.31, (FollowUpState.APPROVED_AMENDED, "Met een eigen startdatum.")),
    (0.36, (FollowUpState.NOTED, "")),
    (1.0, (FollowUpState.APPROVED, "")),
)
"""Up to which chance a municipality answers what; the last takes the rest."""
NOTED_CHANCE, MOSTLY_NOTED = 0.35, 0.6


@dataclass(frozen=True)
class Rhythm:
    """When a body meets: these days, from this hour for this long, at this place."""

    days: Sequence[date]
    hour: time
    minutes: int
    place: str


@dataclass
class Story:
    """Plays the year of one body; ``now`` is the moment the demo is loaded, in UTC."""

    region: Region
    body: Body
    topics: Sequence[Topic]
    rhythm: Rhythm
    now: datetime
    random: Random
    meetings: list[Meeting] = field(default_factory=list)
    waiting: list[tuple[Proposal, Stage]] = field(default_factory=list)
    dossiers: dict[str, Proposal] = field(default_factory=dict)
    arriving: list[tuple[datetime, Proposal, Stage]] = field(default_factory=list)
    """What another body refers to this one, and from when it waits for an agenda, in UTC."""

    def plan(self, at: datetime) -> None:
        """Put every meeting in the calendar, at a moment before the first."""
        for day in self.rhythm.days:
            starts_at = to_utc(day, self.rhythm.hour)
            self.meetings.append(
                plan_meeting(
                    self.body,
                    starts_at=starts_at,
                    ends_at=starts_at + timedelta(minutes=self.rhythm.minutes),
                    place=self.rhythm.place,
                    online_url="",
                    by=self.region.support,
                    now=at,
                )
            )

    @property
    def past(self) -> list[Meeting]:
        """The meetings that are over."""
        return [meeting for meeting in self.meetings if meeting.ends_at_utc < self.now]

    def play_past(self) -> None:
        """Hold every meeting up to now, and approve each verslag at the next one."""
        stages = self._stages()
        for number, meeting in enumerate(self.past):
            self._prepare(meeting, stages)
            self._hold(meeting, number)
            if number:
                before = self.past[number - 1]
                approve_minutes(before, by=self.region.support, now=meeting.starts_at_utc)

    def _stages(self) -> Iterator[tuple[Topic, Stage]]:
        """Every stage of every topic, spread over the year, then how things stand."""
        longest = max(len(topic.stages) for topic in self.topics)
        for place in range(longest):
            for topic in self.topics:
                if place < len(topic.stages):
                    yield topic, topic.stages[place]
        for number in count():
            topic = self.topics[number % len(self.topics)]
            yield topic, _progress(topic, number)

    def _prepare(self, meeting: Meeting, stages: Iterator[tuple[Topic, Stage]]) -> None:
        planned = self.waiting + self._arrived(meeting)
        self.waiting = []
        while len(planned) < TREATED_PER_MEETING:
            topic, stage = next(stages)
            planned.append((self.propose(topic, stage, meeting), stage))
        at = meeting.starts_at_utc - PREPARED_AHEAD
        ensure_fixed_items(meeting, now=at)
        for proposal, _stage in planned:
            schedule_proposal(meeting, proposal, by=self.region.support, now=at)
        self._planned = {proposal.id: stage for proposal, stage in planned}
        send_agenda(
            meeting, message="", by=self.region.support, now=meeting.starts_at_utc - SENT_AHEAD
        )

    def _arrived(self, meeting: Meeting) -> list[tuple[Proposal, Stage]]:
        """What other bodies referred in time for this meeting."""
        by = meeting.starts_at_utc - PREPARED_AHEAD
        here = [each for each in self.arriving if each[0] <= by]
        self.arriving = [each for each in self.arriving if each[0] > by]
        return [(proposal, stage) for _at, proposal, stage in here]

    def propose(
        self, topic: Topic, stage: Stage, meeting: Meeting, *, at: datetime | None = None
    ) -> Proposal:
        """Submit one stage of a topic for a meeting and have it validated."""
        moment = at or meeting.starts_at_utc - SUBMITTED_AHEAD
        proposal = self.draft(topic, stage, meeting, at=moment)
        submit_proposal(proposal, by=self.submitter(topic), now=moment + timedelta(hours=1))
        self.validate(proposal, at=moment + timedelta(days=2))
        return proposal

    def draft(self, topic: Topic, stage: Stage, meeting: Meeting, *, at: datetime) -> Proposal:
        """Write one stage of a topic as a proposal, in the topic's dossier."""
        earlier = self.dossiers.get(topic.name)
        if earlier is not None:
            dossier = earlier.dossier
        else:
            dossier = Dossier(id=new_id(), title=topic.name, circle=topic.circle, created_at_utc=at)
        proposal = draft_proposal(
            ProposalContent(
                body_id=self.body.id,
                organisation_id=self.organisation(topic).id,
                title=f"{topic.name}: {stage.title[0].lower()}{stage.title[1:]}",
                explanation_html=f"<p>{topic.explanation}</p>",
                function=topic.function,
                kind=topic.kind,
                asked=stage.asked,
                minutes_needed=topic.minutes,
                circle=topic.circle,
                wished_meeting_id=meeting.id,
            ),
            by=self.submitter(topic),
            now=at,
            dossier=dossier,
        )
        self.dossiers.setdefault(topic.name, proposal)
        return proposal

    def organisation(self, topic: Topic) -> Organisation:
        """Who proposes a topic: a partner or a municipality of the region."""
        if topic.by in self.region.partners:
            return self.region.partners[topic.by]
        towns = {town.slug: town for town in self.region.towns}
        return towns.get(topic.by, self.region.towns[0])

    def submitter(self, topic: Topic) -> Person:
        """The person who submits for that organisation."""
        organisation = self.organisation(topic)
        people = self.region.people
        if organisation.slug in self.region.partners:
            return people[f"partner.{organisation.slug}"]
        by_director = len(topic.name) % 2 == 0
        return people[f"{'ad' if by_director else 'burgemeester'}.{organisation.slug}"]

    def validators(self) -> list[Person]:
        """Who answers: the agendacommissie where there is one, else the chair."""
        committee = [
            p for key, p in self.region.people.items() if key.startswith("agendacommissie")
        ]
        return committee or [self.region.people["voorzitter"]]

    def validate(self, proposal: Proposal, *, at: datetime) -> None:
        """Have everybody agree until the step is decided."""
        for hours, person in enumerate(self.validators()):
            opened = open_round(proposal)
            if opened is None:
                return
            cast_vote(opened, Answer.AGREE, motive="", by=person, now=at + timedelta(hours=hours))

    def _hold(self, meeting: Meeting, number: int) -> None:
        support, start = self.region.support, meeting.starts_at_utc
        minutes = open_meeting(meeting, by=support, now=start)
        self._note_attendance(meeting, minutes.revision, start + timedelta(minutes=5))
        for place, item in enumerate(items_of_meeting(meeting)):
            self._treat(item, start + timedelta(minutes=10 + 15 * place), number)
        close_meeting(meeting, by=support, now=meeting.ends_at_utc)

    def _note_attendance(self, meeting: Meeting, revision: int, at: datetime) -> None:
        seen = {}
        for line in table_of(meeting).seats:
            chance = self.random.random()
            if line.seat.person_id is None:
                continue
            if chance < 0.82:
                seen[line.seat.id] = Seen(Presence.PRESENT)
            elif chance < 0.92:
                seen[line.seat.id] = Seen(Presence.EXCUSED)
            elif chance < 0.97:
                seen[line.seat.id] = Seen(Presence.REPLACED, _stand_in(line.seat))
            else:
                seen[line.seat.id] = Seen(Presence.ABSENT)
        note_attendance(
            meeting,
            seen,
            [Guest("Deskundige", next(iter(self.region.partners.values())).name)],
            revision=revision,
            by=self.region.support,
            now=at,
        )

    def _treat(self, item: AgendaItem, at: datetime, number: int) -> None:
        stage = self._planned.get(item.proposal_id or "") or _fixed_stage(item, number)
        support = self.region.support
        save_notes(item, f"<p>{stage.notes}</p>", started_from=0, by=support, now=at)
        outcome = note_outcome(
            item,
            Agreed(stage.outcome, _title(item, stage), f"<p>{stage.agreed}</p>"),
            by=support,
            now=at + timedelta(minutes=8),
        )
        if stage.outcome is OutcomeKind.POSTPONED and item.proposal is not None:
            follow = self._stage_after(item.proposal, stage)
            self.waiting.append((item.proposal, follow))
        elif stage.outcome.asks_follow_up:
            self._follow(outcome)

    def _stage_after(self, proposal: Proposal, stage: Stage) -> Stage:
        for topic in self.topics:
            if stage in topic.stages:
                return _progress(topic, 1)
        raise NotPossible(proposal.title)

    def _follow(self, outcome: Outcome) -> None:
        at = outcome.noted_at_utc + RELEASED_AFTER
        if at > self.now:
            return
        organs = [Organ.COLLEGE]
        if "gemeenteraden" in outcome.text_html:
            organs = (
                [Organ.COLLEGE, Organ.COUNCIL]
                if "colleges" in outcome.text_html
                else [Organ.COUNCIL]
            )
        request = Request(
            voting_municipalities(self.body, outcome.item.meeting.day),
            organs,
            due_on=local_date(at + ANSWER_WITHIN),
            in_order=True,
            asked={Organ.COUNCIL: AskedOfOrgan.NOTICE} if len(organs) > 1 else {},
        )
        make_ready(outcome, by=self.region.support, now=at)
        release_outcome(outcome, request, by=self.region.support, now=at)
        colleges: dict[str, date] = {}
        for row in sorted(outcome.follow_ups, key=lambda r: (r.organisation.name, r.organ)):
            told = self._report(local_date(at), outcome.kind, row, request)
            if told is None or not _comes_after_its_college(row, told[0], request, colleges):
                continue
            if to_utc(told[0], time(15)) <= self.now:
                if row.organ is Organ.COLLEGE and told[1].state in DECIDED_FOLLOW_UP:
                    colleges[row.organisation_id] = told[0]
                secretariat = self.region.people[f"secretariaat.{row.organisation.slug}"]
                moment = to_utc(told[0], time(15))
                report(row, told[1], revision=row.revision, by=secretariat, now=moment)

    def _report(
        self, released: date, kind: OutcomeKind, row: FollowUp, request: Request
    ) -> tuple[date, Report] | None:
        """What a municipality reports, and on which day; None where nothing came yet."""
        organ, place = row.organ, self.region.towns.index(row.organisation)
        told_on = session_from(organ, place, released + timedelta(days=self.random.randint(4, 50)))
        mark = "CBS" if organ is Organ.COLLEGE else "GR"
        number = f"{told_on.year}/{mark}/{self.random.randint(100, 999)}"
        chance = self.random.random()
        if kind is ADVICE and chance > MOSTLY_NOTED:
            chance = NOTED_CHANCE
        state, remark = next(answer for limit, answer in ANSWERS if chance < limit)
        if state is None:
            return None
        if state is FollowUpState.SCHEDULED:
            return told_on, Report(state, session_from(organ, place, told_on + timedelta(days=7)))
        if state in DECIDED_FOLLOW_UP and request.asked.get(organ) is AskedOfOrgan.NOTICE:
            return told_on, Report(FollowUpState.NOTED, told_on, number)
        if state in DECIDED_FOLLOW_UP:
            return told_on, Report(state, told_on, number, remark=remark)
        return told_on, Report(state, remark=remark)


def _comes_after_its_college(
    row: FollowUp, told_on: date, request: Request, colleges: Mapping[str, date]
) -> bool:
    """Whether nothing waits for the college; ``colleges`` says when those that decided did so."""
    if row.organ is Organ.COLLEGE or Organ.COLLEGE not in request.organs:
        return True
    decided_on = colleges.get(row.organisation_id)
    return decided_on is not None and decided_on < told_on


def _stand_in(seat: Seat) -> str:
    """Who comes in the place of a mayor, or of somebody else."""
    who = "schepen" if seat.function is SeatFunction.MAYOR else "collega"
    return f"{who} van {seat.organisation.name}"


def _title(item: AgendaItem, stage: Stage) -> str:
    """What is decided is called by its topic alone."""
    decided = stage.outcome.asks_follow_up and stage.title != PROGRESS
    return item.title.partition(": ")[0] if decided else item.title


def _progress(topic: Topic, number: int) -> Stage:
    """How a topic stands, after its own stages."""
    asks = number % 2 == 0
    return Stage(
        PROGRESS,
        NOTE,
        PROGRESS_NOTES[number % len(PROGRESS_NOTES)],
        ADVICE if asks else NOTED,
        f"Het overleg adviseert elk bestuur om de volgende stap van “{topic.name}” op de eigen "
        "agenda te zetten."
        if asks
        else "Het overleg neemt kennis van de stand van zaken.",
    )


def _fixed_stage(item: AgendaItem, number: int) -> Stage:
    if item.kind is ItemKind.MINUTES_APPROVAL:
        return Stage(
            item.title,
            Asked.DECIDE,
            "Er zijn geen opmerkingen bij het verslag.",
            NOTED,
            "Het verslag wordt goedgekeurd.",
        )
    return Stage(
        item.title,
        Asked.DISCUSS,
        "De ondersteuner herinnert aan de datum van de volgende vergadering."
        if number % 2
        else "Niemand heeft nog een punt.",
        NOTED,
        "Geen verdere afspraken.",
    )
