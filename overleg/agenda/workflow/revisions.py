"""The words of a proposal as they were saved since it was submitted, and what others changed."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal, ProposalRevision
from overleg.agenda.workflow.questions import explanation_with_answers
from overleg.db import new_id, session
from overleg.lib.differences import Paragraph, is_changed, marked_html, marked_line

WORDS = ("title", "explanation_html", "function", "kind", "asked", "minutes_needed", "circle")


@dataclass(frozen=True)
class Changes:
    """What others changed since the submitter's side last saved it; ``facts`` by name."""

    people: tuple[str, ...]
    saved_at_utc: datetime
    facts: tuple[tuple[str, Paragraph], ...]
    text: tuple[Paragraph, ...]


def remember_words(proposal: Proposal, *, by: Person, now: datetime) -> None:
    """Keep the present words as the next revision, unless they are those of the last one."""
    last = session().scalar(
        select(ProposalRevision)
        .where(ProposalRevision.proposal_id == proposal.id)
        .order_by(ProposalRevision.number.desc())
        .limit(1)
    )
    words = {name: getattr(proposal, name) for name in WORDS}
    words["explanation_html"] = explanation_with_answers(proposal)
    if last is not None and all(getattr(last, name) == value for name, value in words.items()):
        return
    session().add(
        ProposalRevision(
            id=new_id(),
            proposal_id=proposal.id,
            number=last.number + 1 if last is not None else 1,
            saved_at_utc=now,
            saved_by_id=by.id,
            **words,
        )
    )


def changes_by_others(proposal: Proposal) -> Changes | None:
    """What others changed since who submits it last saved it; None when nobody did.

    One statement.
    """
    side = {proposal.submitter_id, proposal.created_by_id}
    revisions = (
        session()
        .scalars(
            select(ProposalRevision)
            .where(ProposalRevision.proposal_id == proposal.id)
            .options(joinedload(ProposalRevision.saved_by))
            .order_by(ProposalRevision.number)
        )
        .all()
    )
    own = next((each for each in reversed(revisions) if each.saved_by_id in side), None)
    if own is None or own is revisions[-1]:
        return None
    last = revisions[-1]
    text = marked_html(own.explanation_html, last.explanation_html)
    return Changes(
        people=tuple(
            dict.fromkeys(each.saved_by.name for each in revisions if each.number > own.number)
        ),
        saved_at_utc=last.saved_at_utc,
        facts=tuple(
            (name, marked_line(before, after))
            for (name, before), (_, after) in zip(_facts(own), _facts(last), strict=True)
            if before != after
        ),
        text=text if is_changed(text) else (),
    )


def _facts(revision: ProposalRevision) -> list[tuple[str, str]]:
    return [
        ("Titel", revision.title),
        ("Gevraagd", revision.asked.label),
        ("Tijd", f"{revision.minutes_needed} minuten"),
        ("Functie", revision.function.label),
        ("Rubriek", revision.kind.label),
        ("Wie het mag lezen", revision.circle.label),
    ]
