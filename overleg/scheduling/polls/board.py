"""The board of answers: who can when, and whether enough voting seats can. Pure."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from overleg.accounts.models import Person
from overleg.lib.text import count_of
from overleg.organisations.models import Body
from overleg.scheduling.models import DatePoll, DatePollReply, DatePollSlot
from overleg.scheduling.polls.conflicts import Conflict, Conflicts
from overleg.scheduling.polls.queries import Voter
from overleg.scheduling.quorum import quorum_of
from overleg.scheduling.rules.free_days import free_days_on
from overleg.scheduling.states import Availability


@dataclass(frozen=True)
class Cell:
    """What one person answered on one moment; ``expected`` is why they likely can not."""

    answer: Availability | None
    expected: str = ""


@dataclass(frozen=True)
class Row:
    """One person with what they answered."""

    voter: Voter
    reply: DatePollReply | None
    cells: Mapping[str, Cell]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is asked of this person any more."""
        return all(cell.answer is not None for cell in self.cells.values())

    @property
    def number_open(self) -> int:
        """On how many moments an answer is missing."""
        return sum(cell.answer is None for cell in self.cells.values())


@dataclass(frozen=True)
class Tally:
    """One moment: how many answered what, and how many voting seats can."""

    slot: DatePollSlot
    answers: Mapping[Availability, int]
    waiting: int
    seats_that_can: int
    seats_that_rather_not: int
    voting_seats: int
    needed: int
    """How many voting seats are needed; nought when the body asks no quorum."""
    expected: Sequence[tuple[str, int]] = ()
    """Why some who did not answer likely can not, and how many."""

    @property
    def has_quorum(self) -> bool:
        """Whether enough voting seats can."""
        return self.voting_seats > 0 and self.seats_that_can >= self.needed

    @property
    def quorum_sentence(self) -> str:
        """``7 van 9 stemgerechtigden kunnen, 5 nodig``."""
        if not self.voting_seats:
            return "Niemand is hier stemgerechtigd."
        can = "kan" if self.seats_that_can == 1 else "kunnen"
        who = f"{self.seats_that_can} van {self.voting_seats} stemgerechtigden {can}"
        return f"{who}, {self.needed} nodig" if self.needed else who

    @property
    def answers_sentence(self) -> str:
        """``6 ja, 1 liever niet, 1 nee, 1 zonder antwoord``."""
        parts = [f"{self.answers[kind]} {kind.label}" for kind in Availability]
        return ", ".join([*parts, f"{self.waiting} zonder antwoord"] if self.waiting else parts)

    @property
    def free_days(self) -> list[str]:
        """The public holiday and the school holiday that day falls on."""
        return free_days_on(self.slot.day)


@dataclass(frozen=True)
class Board:
    """Everybody who is asked, and every moment."""

    rows: Sequence[Row]
    tallies: Sequence[Tally]

    @property
    def mailed(self) -> list[Person]:
        """Who gets a mail when everybody is asked."""
        return [row.voter.person for row in self.rows if row.voter.can_be_mailed]

    @property
    def reminded(self) -> list[Person]:
        """Who gets a mail when those are reminded who did not answer on every moment."""
        waiting = [row for row in self.rows if not row.is_complete]
        return [row.voter.person for row in waiting if row.voter.can_be_mailed]

    @property
    def answered_sentence(self) -> str:
        """``6 van 9 antwoordden``."""
        answered = sum(row.reply is not None for row in self.rows)
        return f"{answered} van {count_of(len(self.rows), 'lid', 'leden')} antwoordden"

    def tally_of(self, slot: DatePollSlot) -> Tally:
        """The count of one moment."""
        return next(tally for tally in self.tallies if tally.slot is slot)


def make_board(
    poll: DatePoll,
    voters: Sequence[Voter],
    replies: Mapping[str, DatePollReply],
    conflicts: Conflicts,
    known_bodies: Collection[str] = (),
) -> Board:
    """Put answers and what is expected side by side; only ``known_bodies`` are named."""
    rows = [
        Row(
            voter,
            reply := replies.get(voter.person.id),
            {
                slot.id: _cell(slot, reply, conflicts.get((voter.person.id, slot.id)), known_bodies)
                for slot in poll.slots
            },
        )
        for voter in voters
    ]
    return Board(rows, [_tally(poll.body, slot, rows) for slot in poll.slots])


def _cell(
    slot: DatePollSlot,
    reply: DatePollReply | None,
    conflict: Conflict | None,
    known_bodies: Collection[str],
) -> Cell:
    answer = reply.by_slot.get(slot.id) if reply is not None else None
    if answer is not None or conflict is None:
        return Cell(answer)
    is_known = conflict.body_id in known_bodies
    return Cell(None, conflict.reason if is_known else "zit dan in een ander overleg")


def _tally(body: Body, slot: DatePollSlot, rows: Sequence[Row]) -> Tally:
    answers = [(row.voter.votes, row.cells[slot.id].answer) for row in rows]
    voting_seats = sum(votes for votes, _answer in answers)
    return Tally(
        slot,
        {kind: sum(answer is kind for _votes, answer in answers) for kind in Availability},
        waiting=sum(answer is None for _votes, answer in answers),
        seats_that_can=sum(votes for votes, answer in answers if answer and answer.can),
        seats_that_rather_not=sum(
            votes for votes, answer in answers if answer is Availability.RATHER_NOT
        ),
        voting_seats=voting_seats,
        needed=quorum_of(body, voting_seats),
        expected=Counter(why for row in rows if (why := row.cells[slot.id].expected)).most_common(),
    )
