"""Who said what about a meeting, and what that promises."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload

from overleg.accounts.models import Person
from overleg.db import session
from overleg.lib.text import count_of
from overleg.organisations.models import Body, Seat
from overleg.organisations.states import SeatKind
from overleg.scheduling.models import InvitationChoice, Meeting, MeetingAnswer
from overleg.scheduling.quorum import quorum_of
from overleg.scheduling.states import Coming


@dataclass(frozen=True)
class Forecast:
    """What the answers of the voting members promise; empty seats do not count."""

    voting: int
    coming: int
    maybe: int
    not_coming: int
    quorum: int
    """How many have to be there; nought when the body asks none."""

    @property
    def silent(self) -> int:
        """Voting members of whom nothing was heard."""
        return self.voting - self.coming - self.maybe - self.not_coming

    @property
    def is_reached(self) -> bool:
        """Whether those who surely come are enough."""
        return self.coming >= self.quorum

    @property
    def is_lost(self) -> bool:
        """Whether it can't be reached, even if all others come."""
        return self.voting - self.not_coming < self.quorum

    @property
    def sentence(self) -> str:
        """``7 van 9 stemgerechtigden komen; quorum 5: gehaald``."""
        come = "komt" if self.coming == 1 else "komen"
        who = f"{self.coming} van {count_of(self.voting, 'stemgerechtigde', 'stemgerechtigden')}"
        if not self.quorum:
            return f"{who} {come}"
        if self.is_reached:
            stand = "gehaald"
        elif self.is_lost:
            stand = "niet haalbaar"
        else:
            stand = f"nog {self.quorum - self.coming} nodig"
        return f"{who} {come}; quorum {self.quorum}: {stand}"

    @property
    def rest(self) -> str:
        """``2 misschien, 1 komt niet, 3 antwoordden nog niet``, or an empty text."""
        parts = []
        if self.maybe:
            parts.append(f"{self.maybe} misschien")
        if self.not_coming:
            parts.append(f"{self.not_coming} {'komt' if self.not_coming == 1 else 'komen'} niet")
        if self.silent:
            answered = "antwoordde" if self.silent == 1 else "antwoordden"
            parts.append(f"{self.silent} {answered} nog niet")
        return ", ".join(parts)


def answers_to(meeting: Meeting) -> Mapping[str, MeetingAnswer]:
    """What each person last said about this meeting, by the person's id; one statement.

    Also what was said about an earlier moment: ask ``holds``.
    """
    found = session().scalars(
        select(MeetingAnswer)
        .where(MeetingAnswer.meeting_id == meeting.id)
        .options(joinedload(MeetingAnswer.meeting))
    )
    return {answer.person_id: answer for answer in found}


def forecast_of(
    body: Body, seats: Sequence[Seat], answers: Mapping[str, MeetingAnswer]
) -> Forecast:
    """What the answers promise for these seats of one meeting of a body."""
    voting = [seat for seat in seats if seat.kind is SeatKind.VOTING and seat.person_id]
    said = [held_answer(seat.person_id, answers) for seat in voting]
    return Forecast(
        voting=len(voting),
        coming=said.count(Coming.COMING),
        maybe=said.count(Coming.MAYBE),
        not_coming=said.count(Coming.NOT_COMING),
        quorum=quorum_of(body, len(voting)),
    )


def held_answer(person_id: str | None, answers: Mapping[str, MeetingAnswer]) -> Coming | None:
    """What this person said about the moment as it stands now."""
    answer = answers.get(person_id or "")
    return answer.coming if answer is not None and answer.holds else None


def has_seat(person_id: str, meeting: Meeting) -> bool:
    """Whether this person sits at the table on the day of the meeting."""
    return bool(
        session().scalar(
            select(
                exists().where(
                    Seat.body_id == meeting.body_id,
                    Seat.person_id == person_id,
                    Seat.valid_on(meeting.day),
                )
            )
        )
    )


def who_want_invitations(people: Sequence[Person]) -> frozenset[str]:
    """The ids of those among these people who chose invitations."""
    return frozenset(
        session().scalars(
            select(InvitationChoice.person_id).where(
                InvitationChoice.person_id.in_([person.id for person in people])
            )
        )
    )


def who_do_not_come(meeting: Meeting) -> frozenset[str]:
    """The ids of the people who said that they do not come at this moment; one statement."""
    return frozenset(
        session().scalars(
            select(MeetingAnswer.person_id).where(
                MeetingAnswer.meeting_id == meeting.id,
                MeetingAnswer.coming == Coming.NOT_COMING,
                MeetingAnswer.for_start_utc == meeting.starts_at_utc,
            )
        )
    )


def who_did_not_answer(meeting: Meeting) -> frozenset[str]:
    """The ids of those with a seat that day who said nothing of this moment; one statement."""
    answered = select(MeetingAnswer.person_id).where(
        MeetingAnswer.meeting_id == meeting.id,
        MeetingAnswer.for_start_utc == meeting.starts_at_utc,
    )
    return frozenset(
        person_id
        for person_id in session().scalars(
            select(Seat.person_id).where(
                Seat.body_id == meeting.body_id,
                Seat.valid_on(meeting.day),
                Seat.person_id.is_not(None),
                Seat.person_id.not_in(answered),
            )
        )
        if person_id is not None
    )
