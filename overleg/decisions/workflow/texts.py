"""The canonical text from which every municipality's proposal is made, and its versions."""

from dataclasses import dataclass, fields
from datetime import datetime
from html import escape

from overleg.accounts.models import Person
from overleg.agenda.workflow.questions import explanation_for_governments
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import refuse_stale, session
from overleg.decisions.models import CanonicalText, MunicipalCost, Outcome, TextVersion
from overleg.decisions.notices import tell_text_changed
from overleg.decisions.states import OutcomeKind, OutcomeState
from overleg.decisions.workflow.holding import hold_outcome
from overleg.lib.dates import format_date
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.richtext import numbered_parts
from overleg.organisations.states import Article

ARTICLES = {
    OutcomeKind.AGREEMENT: "De afspraak “{title}” van {meeting} wordt goedgekeurd.",
    OutcomeKind.POSITION: "Het standpunt “{title}” van {meeting} wordt onderschreven.",
    OutcomeKind.ADVICE: "Het advies “{title}” van {meeting} wordt gevolgd.",
}


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


def sections_of_text(text: CanonicalText | TextVersion) -> Sections:
    """The parts of a stored text."""
    return Sections(**{section.name: getattr(text, section.name) for section in fields(Sections)})


def first_text(outcome: Outcome, article: Article | None = None) -> Sections:
    """The canonical text as it starts, from the item's explanation and the outcome itself.

    An outcome written as a numbered list gives its points as articles; another gives one article
    that says in a municipality's words what is decided. ``article`` is that of the body's name.
    """
    meeting = outcome.item.meeting
    table = (article or meeting.body.article).before(meeting.body.name)
    where = f"{escape(table)} van {format_date(meeting.day)}"
    decided = f"<p>{ARTICLES[outcome.kind].format(title=escape(outcome.title), meeting=where)}</p>"
    has_points = len(numbered_parts(outcome.text_html)) > 1
    return Sections(
        subject=outcome.title,
        background_html=explanation_for_governments(outcome.item),
        arguments_html=f"<p>{outcome.kind.label.capitalize()} van {where}:</p>{outcome.text_html}",
        articles_html=outcome.text_html if has_points else decided,
    )


def first_texts(outcome: Outcome) -> list[Sections]:
    """The text as it may have started, whichever article the body's name had then."""
    return [first_text(outcome, article) for article in Article]


def start_text(outcome: Outcome, *, now: datetime) -> CanonicalText:
    """The text of an outcome; made from the outcome where there is none yet."""
    if outcome.text is None:
        text = CanonicalText(changed_at_utc=now, version_number=1)
        _write(text, first_text(outcome))
        outcome.text = text
    return outcome.text


def change_text(
    text: CanonicalText, sections: Sections, *, revision: int, by: Person, now: datetime
) -> None:
    """Write the canonical text again, until the outcome is released.

    ``revision`` is the one the person started from. Raises ``EditConflict`` when somebody else
    saved in between, ``NotPossible`` after the release: then the text is fixed, and once the
    outcome was taken back.
    """
    outcome: Outcome = text.outcome
    hold_outcome(outcome)
    if outcome.state is OutcomeState.DRAFT:
        raise NotPossible(
            "Iemand anders nam deze uitkomst intussen terug om ze te wijzigen. "
            "Zet ze opnieuw klaar; dan kan de tekst weer bewaard worden."
        )
    if outcome.state is OutcomeState.RELEASED:
        raise NotPossible(
            "De uitkomst is vrijgegeven: de tekst staat vast. Geef een verbeterde tekst uit, met "
            "de reden."
        )
    refuse_stale(text, revision, "deze tekst")
    _write(text, sections)
    text.changed_at_utc = now
    record(Verb.CANONICAL_TEXT_CHANGED, outcome, by=by, now=now)


def issue_text(
    text: CanonicalText,
    sections: Sections,
    *,
    reason: str,
    revision: int,
    by: Person,
    now: datetime,
) -> TextVersion:
    """Issue a corrected text of a released outcome as its next version, and tell who had it.

    Raises ``EditConflict`` when somebody else saved in between, ``NotPossible`` before the release
    and ``Refused`` without a reason or when nothing is different.
    """
    outcome: Outcome = text.outcome
    hold_outcome(outcome)
    refuse_stale(text, revision, "deze tekst")
    if sections == sections_of_text(text):
        raise Refused("Er is niets gewijzigd aan de tekst: er is geen nieuwe versie nodig.")
    number = next_version(outcome, reason, by=by, now=now, sections=sections)
    outcome.costs += [
        MunicipalCost(
            version_number=number,
            organisation=cost.organisation,
            amount_cents=cost.amount_cents,
            inhabitants=cost.inhabitants,
        )
        for cost in outcome.costs
        if cost.version_number == number - 1
    ]
    return outcome.versions[-1]


def next_version(
    outcome: Outcome,
    reason: str,
    *,
    by: Person,
    now: datetime,
    sections: Sections | None = None,
) -> int:
    """Make the next version of a released text, tell who downloaded one, and return its number.

    Without ``sections`` only what goes with the text changed: the costs.
    """
    text = outcome.text
    if outcome.state is not OutcomeState.RELEASED or text is None:
        raise NotPossible("Een verbeterde tekst uitgeven kan pas na het vrijgeven.")
    if not reason.strip():
        raise Refused("Zeg wat er verbeterd is en waarom: wie de tekst al heeft, leest dat.")
    if sections is not None:
        _write(text, sections)
    text.version_number += 1
    text.changed_at_utc = now
    version = keep_version(text, reason=reason.strip(), by=by, now=now)
    record(Verb.CANONICAL_TEXT_ISSUED, outcome, by=by, now=now, reason=version.reason)
    session().flush()
    tell_text_changed(outcome, version, now=now)
    return text.version_number


def keep_version(text: CanonicalText, *, reason: str, by: Person, now: datetime) -> TextVersion:
    """Store the text as it is under its number, for who wants to read it later."""
    version = TextVersion(
        number=text.version_number, reason=reason, issued_by_name=by.name, issued_at_utc=now
    )
    _write(version, sections_of_text(text))
    text.outcome.versions.append(version)
    return version


def _write(text: CanonicalText | TextVersion, sections: Sections) -> None:
    for section in fields(sections):
        setattr(text, section.name, getattr(sections, section.name))
