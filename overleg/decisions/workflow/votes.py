"""How the table came to an outcome, where a body wants that noted."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Self

from sqlalchemy.orm.attributes import flag_modified

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import hold_until_commit, refuse_stale, session
from overleg.decisions.models import Outcome, OutcomeVote, Reservation
from overleg.decisions.states import AgreedBy
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.states import NotesVotes

MOST_VOTES = 500
WHAT = "hoe het overleg ertoe kwam"


@dataclass(frozen=True)
class Agreement:
    """By consensus, or by a vote with its numbers; with who went along with a reservation.

    ``reservations`` are pairs of a name and a reason, which may be empty.
    """

    agreed_by: AgreedBy
    in_favour: int = 0
    against: int = 0
    abstained: int = 0
    reservations: Sequence[tuple[str, str]] = ()

    @classmethod
    def of(cls, vote: OutcomeVote) -> Self:
        """What a vote says."""
        return cls(
            vote.agreed_by,
            vote.in_favour,
            vote.against,
            vote.abstained,
            [(each.who, each.reason) for each in vote.reservations],
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What ``as_json`` wrote."""
        kept = json.loads(text)
        return cls(**{**kept, "agreed_by": AgreedBy(kept["agreed_by"])})

    def as_json(self) -> str:
        """To keep it where the vote itself cannot stay."""
        return json.dumps(asdict(self))


def note_vote(
    outcome: Outcome, agreed: Agreement, *, revision: int, by: Actor, now: datetime
) -> OutcomeVote:
    """Note how the table agreed on an outcome, or write it again.

    ``revision`` is the one that the writer started from, ``NO_ROW`` where nothing was noted. Raises
    ``EditConflict`` when somebody else noted it in between, ``NotPossible`` where the body does not
    note this, ``Refused`` for a vote that nobody cast, numbers that cannot be, or the same name
    twice among the reservations.
    """
    may_be_noted(outcome)
    if (
        agreed.agreed_by is AgreedBy.VOTE
        and outcome.item.meeting.body.notes_votes is not NotesVotes.VOTES
    ):
        raise NotPossible("Dit overleg noteert consensus en voorbehoud, maar geen stemmingen.")
    _is_sound(agreed)
    vote = _held_vote(outcome)
    refuse_stale(vote, revision, WHAT)
    vote = vote or _new_vote(outcome)
    _write(vote, agreed)
    record(Verb.VOTE_NOTED, outcome, by=by, now=now, reason=in_words(vote))
    return vote


def put_vote_back(outcome: Outcome, agreed: Agreement) -> None:
    """Give an outcome that has none what was noted of it before."""
    _write(_new_vote(outcome), agreed)


def forget_vote(outcome: Outcome, *, revision: int, by: Actor, now: datetime) -> None:
    """Take away how the table agreed; without it nothing changes.

    Raises ``EditConflict`` when somebody else noted it since ``revision``.
    """
    vote = _held_vote(outcome)
    if vote is None:
        return
    refuse_stale(vote, revision, WHAT)
    record(Verb.VOTE_FORGOTTEN, outcome, by=by, now=now, reason=in_words(vote))
    session().delete(vote)


def in_words(vote: OutcomeVote) -> str:
    """``Bij stemming: 9 voor, 2 tegen, 1 onthouding. Voorbehoud: Tielt (wacht op cijfers).``"""
    if vote.agreed_by is AgreedBy.VOTE:
        abstained = f"{vote.abstained} onthouding{'' if vote.abstained == 1 else 'en'}"
        said = f"Bij stemming: {vote.in_favour} voor, {vote.against} tegen, {abstained}."
    else:
        said = "Bij consensus."
    reserved = "; ".join(
        f"{each.who} ({each.reason})" if each.reason else each.who for each in vote.reservations
    )
    return f"{said} Voorbehoud: {reserved}." if reserved else said


def may_be_noted(outcome: Outcome) -> None:
    """Raise ``NotPossible`` where the body does not note how it comes to an outcome."""
    if outcome.item.meeting.body.notes_votes is NotesVotes.NONE:
        raise NotPossible(
            "Dit overleg noteert niet hoe het tot een uitkomst komt. "
            "Wie dat wil, zet het aan bij de instellingen van het overleg."
        )


def _held_vote(outcome: Outcome) -> OutcomeVote | None:
    hold_until_commit(Outcome, Outcome.id == outcome.id)
    return session().get(OutcomeVote, outcome.id, populate_existing=True)


def _new_vote(outcome: Outcome) -> OutcomeVote:
    vote = OutcomeVote(outcome_id=outcome.id, outcome=outcome, reservations=[])
    session().add(vote)
    return vote


def _write(vote: OutcomeVote, agreed: Agreement) -> None:
    is_vote = agreed.agreed_by is AgreedBy.VOTE
    vote.agreed_by = agreed.agreed_by
    vote.in_favour = agreed.in_favour if is_vote else 0
    vote.against = agreed.against if is_vote else 0
    vote.abstained = agreed.abstained if is_vote else 0
    flag_modified(vote, "agreed_by")  # other reservations alone are a new revision too
    vote.reservations.clear()
    session().flush()
    vote.reservations.extend(Reservation(who=who, reason=why) for who, why in agreed.reservations)
    session().flush()


def _is_sound(agreed: Agreement) -> None:
    counted = (agreed.in_favour, agreed.against, agreed.abstained)
    if any(number < 0 or number > MOST_VOTES for number in counted):
        raise Refused("Kijk de aantallen van de stemming na.")
    if agreed.agreed_by is AgreedBy.VOTE and not sum(counted):
        raise Refused("Geef hoeveel er voor en tegen waren, en hoeveel zich onthielden.")
    names = [who.casefold() for who, _why in agreed.reservations]
    if len(names) != len(set(names)):
        raise Refused("Bij het voorbehoud staat dezelfde naam twee keer.")
