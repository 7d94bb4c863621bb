"""Noting an outcome, changing it, setting it ready, and releasing it to the municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.agenda.workflow.order import lock_agenda, read_anew
from overleg.agenda.workflow.treatment import leave_for_later, treat_item, withdraw_item
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, refuse_stale, session
from overleg.decisions.models import FollowUp, Outcome, OutcomeRequest
from overleg.decisions.notices import tell_released
from overleg.decisions.queries.organ_days import first_session_after
from overleg.decisions.queries.outcomes import last_noted
from overleg.decisions.states import (
    AskedOfOrgan,
    DueRule,
    Organ,
    OrganOrder,
    OutcomeKind,
    OutcomeState,
)
from overleg.decisions.workflow.costs import check_costs
from overleg.decisions.workflow.holding import hold_outcome
from overleg.decisions.workflow.texts import (
    first_texts,
    keep_version,
    sections_of_text,
    start_text,
)
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.text import join_words, upper_first
from overleg.organisations.models import Organisation
from overleg.scheduling.states import MeetingState

IN_MEETING = frozenset({MeetingState.IN_SESSION, MeetingState.MINUTES, MeetingState.APPROVED})
UNFINISHED = (
    "De tekst van deze uitkomst is nog niet af: na de dubbelepunt staat niets. "
    "Wijzig de uitkomst en schrijf verder; daarna kan ze naar de gemeenten."
)


@dataclass(frozen=True)
class Agreed:
    """What the table agreed, in words; rich text."""

    kind: OutcomeKind
    title: str
    text_html: str


@dataclass(frozen=True)
class Request:
    """What a release asks: of which municipalities and organs, what of each, and by when.

    ``in_order``: first the college, then the council. An organ that ``asked`` does not name is
    asked what follows from the kind of the outcome. ``due_rule`` says how ``due_on`` is meant.
    """

    municipalities: Sequence[Organisation]
    organs: Sequence[Organ]
    due_on: date | None
    in_order: bool = False
    asked: Mapping[Organ, AskedOfOrgan] = field(default_factory=dict)
    due_rule: DueRule = DueRule.DATE

    @property
    def order(self) -> OrganOrder:
        """Which organs, and in what order."""
        if len(set(self.organs)) > 1:
            return OrganOrder.COLLEGE_THEN_COUNCIL if self.in_order else OrganOrder.BOTH
        return OrganOrder(self.organs[0].value)


def note_outcome(item: AgendaItem, agreed: Agreed, *, by: Person, now: datetime) -> Outcome:
    """Note what the table agreed on an item, and settle the item accordingly.

    Raises ``NotPossible`` before the meeting has started, after it was cancelled, for an item that
    was taken off, and when its proposal was postponed and stands on another agenda by now.
    """
    lock_agenda(item.meeting)
    read_anew(item)
    if item.meeting.state not in IN_MEETING:
        raise NotPossible(
            f"De vergadering is {item.meeting.state.label}. "
            "Een uitkomst noteren kan zodra de vergadering gestart is."
        )
    if item.position == 0:
        raise NotPossible(
            f"“{item.title}” staat niet meer op de agenda van {item.meeting.the_title}."
        )
    outcome = Outcome(
        id=new_id(),
        item=item,
        kind=agreed.kind,
        title=agreed.title,
        text_html=agreed.text_html,
        state=OutcomeState.DRAFT,
        noted_by_name=by.name,
        noted_at_utc=now,
        text=None,
        versions=[],
        request=None,
        cost_sharing=None,
        costs=[],
        follow_ups=[],
    )
    session().add(outcome)
    settle(item, agreed.kind, by=by, now=now)
    record(Verb.OUTCOME_NOTED, outcome, by=by, now=now, to_state=agreed.kind)
    return outcome


def change_outcome(
    outcome: Outcome, agreed: Agreed, *, revision: int, by: Person, now: datetime
) -> None:
    """Write an outcome again; another kind of the last one settles its item anew.

    ``revision`` is the one the writer started from. Raises ``NotPossible`` once it is ready or
    released, and when the item's proposal stands on another agenda by now; ``EditConflict`` when
    somebody saved in between.
    """
    item = outcome.item
    lock_agenda(item.meeting)
    read_anew(item)
    hold_outcome(outcome)
    if outcome.state is OutcomeState.RELEASED:
        raise NotPossible(
            "Deze uitkomst is vrijgegeven: de tekst staat vast. "
            "Noteer een nieuwe uitkomst als er iets anders werd afgesproken."
        )
    if outcome.state is OutcomeState.READY:
        raise NotPossible(
            "Deze uitkomst staat klaar om vrij te geven. Neem ze eerst terug om ze te wijzigen."
        )
    refuse_stale(outcome, revision, "deze uitkomst")
    before = outcome.kind
    if agreed.kind is not before and last_noted(item) is outcome:
        settle(item, agreed.kind, by=by, now=now)
    outcome.kind, outcome.title, outcome.text_html = agreed.kind, agreed.title, agreed.text_html
    record(Verb.OUTCOME_CHANGED, outcome, by=by, now=now, from_state=before, to_state=agreed.kind)


def make_ready(outcome: Outcome, *, by: Person, now: datetime) -> None:
    """Set an outcome ready: its text for the municipalities begins, nobody is told yet.

    Raises ``NotPossible`` when it is ready or released already, its kind asks nothing, or its text
    stops at a colon, as the one that is suggested does.
    """
    hold_outcome(outcome)
    _asks_municipalities(outcome)
    if outcome.state is not OutcomeState.DRAFT:
        raise NotPossible(f"Deze uitkomst is al {outcome.state.label}.")
    if outcome.is_unfinished:
        raise NotPossible(UNFINISHED)
    start_text(outcome, now=now)
    _move(outcome, OutcomeState.READY, Verb.OUTCOME_MADE_READY, by=by, now=now)


def take_back(outcome: Outcome, *, by: Person, now: datetime) -> None:
    """Take a ready outcome back to change it; a text that was worked on stays.

    Raises ``NotPossible`` when it isn't ready: what was released stays so.
    """
    hold_outcome(outcome)
    if outcome.state is not OutcomeState.READY:
        raise NotPossible(
            "Terugnemen kan enkel zolang de uitkomst klaarstaat om vrij te geven. "
            f"Ze is nu {outcome.state.label}."
        )
    if outcome.text is not None and sections_of_text(outcome.text) in first_texts(outcome):
        outcome.text = None
    _move(outcome, OutcomeState.DRAFT, Verb.OUTCOME_TAKEN_BACK, by=by, now=now)


def release_outcome(outcome: Outcome, request: Request, *, by: Person, now: datetime) -> None:
    """Fix the text, open a follow-up per municipality and organ, and tell those concerned.

    Raises ``NotPossible`` when it isn't ready, was already released or asks nothing of
    municipalities; ``Refused`` without municipalities or organs, for a day that is over, with one
    that merged away or one that the costs forget.
    """
    hold_outcome(outcome)
    check_ready(outcome)
    check_addressed(request, local_date(now))
    check_costs(outcome, request.municipalities)
    kept = _kept(request, outcome.kind)
    reason = _to_whom(request, kept)
    outcome.released_at_utc = now
    _move(outcome, OutcomeState.RELEASED, Verb.OUTCOME_RELEASED, by=by, now=now, reason=reason)
    outcome.request = kept
    keep_version(start_text(outcome, now=now), reason="", by=by, now=now)
    for municipality in request.municipalities:
        open_rows(outcome, municipality, now=now)
    session().flush()
    tell_released(outcome, request.municipalities, by=by, now=now)


def check_ready(outcome: Outcome) -> None:
    """Raise ``NotPossible`` unless the outcome can be released now."""
    if outcome.state is OutcomeState.RELEASED:
        raise NotPossible("Deze uitkomst is al vrijgegeven. De opvolging loopt.")
    _asks_municipalities(outcome)
    if outcome.state is not OutcomeState.READY:
        raise NotPossible(
            "Deze uitkomst is nog niet klaar om vrij te geven. Zet ze eerst klaar en kijk de tekst "
            "voor de gemeenten na."
        )


def open_rows(outcome: Outcome, municipality: Organisation, *, now: datetime) -> None:
    """Open what a released outcome asks of one municipality: a row per organ."""
    request = outcome.request
    if request is None:
        raise NotPossible("Deze uitkomst is nog niet vrijgegeven.")
    for organ in request.organs.organs:
        outcome.follow_ups.append(
            FollowUp(
                id=new_id(),
                organisation=municipality,
                organ=organ,
                asked=request.asked_of(organ) or AskedOfOrgan.APPROVAL,
                after_college=organ is Organ.COUNCIL
                and request.organs is OrganOrder.COLLEGE_THEN_COUNCIL,
                due_on=due_day(request, municipality, organ),
                opened_at_utc=now,
            )
        )


def due_day(request: OutcomeRequest, municipality: Organisation, organ: Organ) -> date | None:
    """The day (in Brussels) by which this municipality's organ decides; None where it isn't known.

    "The first council after" follows the municipality's own council days; its college decides the
    day before.
    """
    if request.due_rule is not DueRule.BEFORE_COUNCIL or request.due_on is None:
        return request.due_on
    council = first_session_after(municipality.id, Organ.COUNCIL, request.due_on)
    if council is None:
        return None
    return council if organ is Organ.COUNCIL else council - timedelta(days=1)


def check_addressed(request: Request, today: date) -> None:
    """Raise ``Refused`` for what cannot be asked on this day (in Brussels).

    That is without municipalities or organs, by a day that is over, or of one that merged away.
    """
    if not request.municipalities:
        raise Refused("Kies minstens één gemeente.")
    if not request.organs:
        raise Refused("Kies het college, de gemeenteraad of allebei.")
    if request.due_rule is DueRule.BEFORE_COUNCIL and request.due_on is None:
        raise Refused("Kies de dag waarna de eerste gemeenteraad telt.")
    check_to_come(request.due_on, today)
    for municipality in request.municipalities:
        check_exists(municipality, today)


def check_to_come(due_on: date | None, today: date) -> None:
    """Raise ``Refused`` for a day that is over: everybody would be late at once."""
    if due_on is not None and due_on < today:
        raise Refused(f"{format_date(due_on)} is al voorbij. Kies een dag die nog komt.")


def check_exists(municipality: Organisation, today: date) -> None:
    """Raise ``Refused`` for a municipality that merged away."""
    if not municipality.valid_on(today):
        successor = municipality.successor.name if municipality.successor else "een andere"
        raise Refused(f"{municipality.name} bestaat niet meer: de gemeente ging op in {successor}.")


def _kept(request: Request, kind: OutcomeKind) -> OutcomeRequest:
    usual = AskedOfOrgan.POSITION if kind is OutcomeKind.POSITION else AskedOfOrgan.APPROVAL
    asked = {organ: request.asked.get(organ, usual) for organ in request.organs}
    return OutcomeRequest(
        organs=request.order,
        college_asked=asked.get(Organ.COLLEGE),
        council_asked=asked.get(Organ.COUNCIL),
        due_rule=request.due_rule if request.due_on else DueRule.OPEN,
        due_on=request.due_on,
    )


def _to_whom(request: Request, kept: OutcomeRequest) -> str:
    towns = join_words(municipality.name for municipality in request.municipalities)
    return f"{upper_first(kept.in_words)}: {towns}."


def _move(
    outcome: Outcome,
    state: OutcomeState,
    verb: Verb,
    *,
    by: Person,
    now: datetime,
    reason: str = "",
) -> None:
    before, outcome.state = outcome.state, state
    record(verb, outcome, by=by, now=now, from_state=before, to_state=state, reason=reason)


def settle(item: AgendaItem, kind: OutcomeKind, *, by: Actor, now: datetime) -> None:
    """Say of a point what follows from an outcome of this kind."""
    if kind is OutcomeKind.POSTPONED:
        leave_for_later(item, by=by, now=now)
    elif kind is OutcomeKind.WITHDRAWN:
        withdraw_item(item, by=by, now=now)
    else:
        treat_item(item, by=by, now=now)


def _asks_municipalities(outcome: Outcome) -> None:
    if not outcome.kind.asks_follow_up:
        raise NotPossible(
            f"Een {outcome.kind.label} vraagt niets van de gemeenten. "
            "Vrijgeven kan met een afspraak, een standpunt of een advies."
        )
