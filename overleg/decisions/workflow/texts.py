"""The canonical text from which every municipality's proposal is made."""

from dataclasses import dataclass, fields
from datetime import datetime

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.decisions.models import CanonicalText, Outcome
from overleg.lib.errors import EditConflict


@dataclass(frozen=True)
class Sections:
    """The parts of a proposal in a municipality's usual order; rich text, a part may be empty."""

    subject: str
    summary_html: str = ""
    background_html: str = ""
    competence_html: str = ""
    regulation_html: str = ""
    arguments_html: str = ""
    advice_html: str = ""
    finances_html: str = ""
    articles_html: str = ""


def change_text(
    text: CanonicalText, sections: Sections, *, revision: int, by: Person, now: datetime
) -> None:
    """Write the canonical text again; Word files downloaded from now on carry it.

    ``revision`` is the one the person started from. Raises ``EditConflict`` when somebody else
    saved in between.
    """
    if text.revision != revision:
        raise EditConflict(
            "Iemand anders bewaarde deze tekst net voor u. Hieronder staat wat u schreef; "
            "de bewaarde tekst staat ernaast."
        )
    for section in fields(sections):
        setattr(text, section.name, getattr(sections, section.name))
    text.changed_at_utc = now
    outcome: Outcome = text.outcome
    record(Verb.CANONICAL_TEXT_CHANGED, outcome, by=by, now=now)
