"""What the demo regions talk about: real kinds of topics, in invented sentences."""

from dataclasses import dataclass

from overleg.agenda.states import Asked, ProposalFunction, ProposalKind
from overleg.decisions.states import OutcomeKind
from overleg.documents.states import Circle

NOTE, DISCUSS, DECIDE = Asked.NOTE, Asked.DISCUSS, Asked.DECIDE
AGREED, POSITION, ADVICE, NOTED, LATER = (
    OutcomeKind.AGREEMENT,
    OutcomeKind.POSITION,
    OutcomeKind.ADVICE,
    OutcomeKind.NOTED,
    OutcomeKind.POSTPONED,
)


@dataclass(frozen=True)
class Stage:
    """One treatment of a topic: what was asked, what was said, what came out."""

    title: str
    asked: Asked
    notes: str
    outcome: OutcomeKind
    agreed: str


@dataclass(frozen=True)
class Topic:
    """A topic through time. ``by`` is who proposes: a municipality's slug, or an organisation's."""

    name: str
    by: str
    explanation: str
    stages: tuple[Stage, ...]
    kind: ProposalKind = ProposalKind.PROJECT
    function: ProposalFunction = ProposalFunction.TUNING
    circle: Circle = Circle.ADMINISTRATIONS
    minutes: int = 15
