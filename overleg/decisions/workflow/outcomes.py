"""Noting an outcome, changing it, and releasing it to the municipalities."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.agenda.workflow.treatment import leave_for_later, treat_item
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id, session
from overleg.decisions.models import CanonicalText, FollowUp, Outcome
from overleg.decisions.notices import tell_municipalities
from overleg.decisions.states import Organ, OutcomeKind, OutcomeState
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.richtext import numbered_parts
from overleg.lib.text import join_words
from overleg.organisations.models import Organisation
from overleg.scheduling.states import MeetingState

IN_MEETING = frozenset({MeetingState.IN_SESSION, MeetingState.MINUTES, MeetingState.APPROVED})

ARTICLES = {
    OutcomeKind.AGREEMENT: "De afspraak “{title}” van {meeting} wordt goedgekeurd.",
    OutcomeKind.POSITION: "Het standpunt “{title}” van {meeting} wordt onderschreven.",
    OutcomeKind.ADVICE: "Het advies “{title}” van {meeting} wordt gevolgd.",
}


@dataclass(frozen=True)
class Agreed:
    """What the table agreed, in words; rich text."""

    kind: OutcomeKind
    title: str
    text_html: str


@dataclass(frozen=True)
class Request:
    """What a release asks: of which municipalities and organs, and by when."""

    municipalities: Sequence[Organisation]
    organs: Sequence[Organ]
    due_on: date | None


def note_outcome(item: AgendaItem, agreed: Agreed, *, by: Person, now: datetime) -> Outcome:
    """Note what the table agreed on an item, and settle the item accordingly.

    Raises ``NotPossible`` before the meeting has started or after it was cancelled.
    """
    if item.meeting.state not in IN_MEETING:
        raise NotPossible(
            f"De vergadering is {item.meeting.state.label}. "
            "Een uitkomst noteren kan zodra de vergadering gestart is."
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
    )
    session().add(outcome)
    _settle(item, agreed.kind, by=by, now=now)
    record(Verb.OUTCOME_NOTED, outcome, by=by, now=now, to_state=agreed.kind)
    return outcome


def change_outcome(outcome: Outcome, agreed: Agreed, *, by: Person, now: datetime) -> None:
    """Write an outcome again. Raises ``NotPossible`` once it was released: its text is fixed."""
    if outcome.state is OutcomeState.RELEASED:
        raise NotPossible(
            "Deze uitkomst is vrijgegeven: de tekst staat vast. "
            "Noteer een nieuwe uitkomst als er iets anders werd afgesproken."
        )
    before = outcome.kind
    outcome.kind, outcome.title, outcome.text_html = agreed.kind, agreed.title, agreed.text_html
    _settle(outcome.item, agreed.kind, by=by, now=now)
    record(Verb.OUTCOME_CHANGED, outcome, by=by, now=now, from_state=before, to_state=agreed.kind)


def release_outcome(outcome: Outcome, request: Request, *, by: Person, now: datetime) -> None:
    """Fix the text, open a follow-up per municipality and organ, and tell the secretariats.

    Raises ``NotPossible`` when already released or when the kind asks nothing of municipalities,
    ``Refused`` without municipalities or organs or with one that merged away.
    """
    _may_be_released(outcome)
    _is_addressed(request, local_date(now))
    outcome.state = OutcomeState.RELEASED
    outcome.released_at_utc = now
    if outcome.text is None:
        outcome.text = first_text(outcome, now=now)
    record(
        Verb.OUTCOME_RELEASED,
        outcome,
        by=by,
        now=now,
        from_state=OutcomeState.DRAFT,
        to_state=OutcomeState.RELEASED,
        reason=_to_whom(request),
    )
    for municipality in request.municipalities:
        for organ in request.organs:
            follow_up = FollowUp(
                id=new_id(),
                outcome=outcome,
                organisation=municipality,
                organ=organ,
                due_on=request.due_on,
                opened_at_utc=now,
            )
            session().add(follow_up)
    tell_municipalities(outcome, request.municipalities, request.due_on, now=now)


def _to_whom(request: Request) -> str:
    organs = join_words(organ.label for organ in request.organs)
    towns = join_words(municipality.name for municipality in request.municipalities)
    by_when = f", tegen {format_date(request.due_on)}" if request.due_on else ""
    return f"{organs.capitalize()} van {towns}{by_when}."


def first_text(outcome: Outcome, *, now: datetime) -> CanonicalText:
    """The canonical text as it starts, from the item's explanation and the outcome itself.

    An outcome written as a numbered list gives its points as articles; another gives one article
    that says in a municipality's words what is decided.
    """
    meeting = outcome.item.meeting
    where = f"{escape(meeting.body.name)} van {format_date(meeting.day)}"
    article = f"<p>{ARTICLES[outcome.kind].format(title=escape(outcome.title), meeting=where)}</p>"
    has_points = len(numbered_parts(outcome.text_html)) > 1
    return CanonicalText(
        subject=outcome.title,
        background_html=outcome.item.explanation_html,
        arguments_html=f"<p>{outcome.kind.label.capitalize()} van {where}:</p>{outcome.text_html}",
        articles_html=outcome.text_html if has_points else article,
        changed_at_utc=now,
    )


def _settle(item: AgendaItem, kind: OutcomeKind, *, by: Person, now: datetime) -> None:
    if kind is OutcomeKind.POSTPONED:
        leave_for_later(item, by=by, now=now)
    else:
        treat_item(item, by=by, now=now)


def _may_be_released(outcome: Outcome) -> None:
    if outcome.state is OutcomeState.RELEASED:
        raise NotPossible("Deze uitkomst is al vrijgegeven. De opvolging loopt.")
    if not outcome.kind.asks_follow_up:
        raise NotPossible(
            f"Een {outcome.kind.label} vraagt niets van de gemeenten. "
            "Vrijgeven kan met een afspraak, een standpunt of een advies."
        )


def _is_addressed(request: Request, today: date) -> None:
    if not request.municipalities:
        raise Refused("Kies minstens één gemeente.")
    if not request.organs:
        raise Refused("Kies het college, de gemeenteraad of allebei.")
    for municipality in request.municipalities:
        if not municipality.valid_on(today):
            successor = municipality.successor.name if municipality.successor else "een andere"
            raise Refused(
                f"{municipality.name} bestaat niet meer: de gemeente ging op in {successor}."
            )
