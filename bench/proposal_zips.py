"""All college proposals of Limburg in one zip, against as many plain docxtpl renders.

Measured by the processor's time of this process and of those it started, so that what else runs on
the machine does not count.
"""

import io
import resource
from datetime import datetime, timedelta

from docx import Document
from docxtpl import DocxTemplate
from flask import Flask
from sqlalchemy import select

from bench.follow_ups import REGION, towns_of
from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.db import close_database, db
from overleg.decisions.models import Outcome, ProposalZip
from overleg.decisions.papers import dresses_of, proposal_paper
from overleg.decisions.proposal_zips import ask_zip, make_proposal_zips, zip_path
from overleg.decisions.queries.proposal_zips import rows_of_zip
from overleg.decisions.states import Organ, OutcomeKind
from overleg.decisions.workflow.house_styles import Styling, change_house_style
from overleg.decisions.workflow.outcomes import (
    IN_MEETING,
    Agreed,
    Request,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.decisions.workflow.own_templates import add_own_template, use_own_template
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.organisations.models import Organisation
from overleg.scheduling.models import Meeting
from overleg.word.contexts import PaperKind
from overleg.word.states import ArticleStyle
from overleg.word.templates import house_bytes

MOST_TIMES = 1.3
TEXT = "<p>" + "Een motivering zoals een trekker ze schrijft. " * 8 + "</p>"


def measure_proposal_zip(app: Flask, now: datetime) -> str:
    """Make the zip once, one of its forms by settings and all others templates of the
    municipalities' own, the dearest there is; a line that tells how long.
    """
    with app.app_context():
        asked = _asked(now)
        plain = _plain_seconds(asked)
        began = _cpu_seconds()
        make_proposal_zips(now)
        ours = _cpu_seconds() - began
        count = asked.total
        zip_path(asked).unlink()
        close_database()
    told = (
        f"Zip van {count} collegevoorstellen: {ours:.2f} s rekentijd, {ours / plain:.2f} keer "
        f"{count} keer docxtpl ({plain:.2f} s)"
    )
    if ours <= MOST_TIMES * plain:
        return told
    return f"{told}. NIET GEHAALD: hoogstens {MOST_TIMES} keer."


def _cpu_seconds() -> float:
    """What this process and those it started used of the processor so far."""
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def _asked(now: datetime) -> ProposalZip:
    """A zip that was asked, of an outcome released to every college of the region."""
    towns = towns_of(REGION, now)
    outcome, by = _released(towns, now)
    settings = Styling(government_name="Stad", article_style=ArticleStyle.SHORT)
    change_house_style(towns[0], None, settings, revision=0, by=by, now=now)
    for town in towns[1:]:
        _use_own_template(town, by, now)
    asked = ask_zip(outcome, None, now=now)
    db.session.commit()
    return asked


def _use_own_template(town: Organisation, by: Person, now: datetime) -> None:
    """One that is like no other: our own with a line of this municipality above it."""
    kind = PaperKind.COLLEGE_PROPOSAL
    document = Document(io.BytesIO(house_bytes(kind)))
    document.paragraphs[0].insert_paragraph_before(f"Gemeente {town.name}")
    content = io.BytesIO()
    document.save(content)
    received = receive(file_store(), f"eigen-{town.slug}.docx", io.BytesIO(content.getvalue()))
    file = add_stored_file(received, by=by, now=now)
    use_own_template(add_own_template(town, kind, file, by=by, now=now), by=by, now=now)


def _released(towns: list[Organisation], now: datetime) -> tuple[Outcome, Person]:
    held = select(AgendaItem).join(AgendaItem.meeting).where(Meeting.state.in_(IN_MEETING))
    item = db.session.scalars(held.order_by(AgendaItem.id).limit(1)).one()
    by = db.session.scalars(select(Person).order_by(Person.id).limit(1)).one()
    agreed = Agreed(OutcomeKind.AGREEMENT, "Regionale energiestrategie", TEXT)
    outcome = note_outcome(item, agreed, by=by, now=now)
    make_ready(outcome, by=by, now=now)
    due = now.date() + timedelta(days=60)
    release_outcome(outcome, Request(towns, [Organ.COLLEGE], due_on=due), by=by, now=now)
    db.session.flush()
    return outcome, by


def _plain_seconds(asked: ProposalZip) -> float:
    """The same papers, each as plain as docxtpl makes it of our own template."""
    rows = rows_of_zip(asked.outcome_id, None)
    dresses = dresses_of({row.organisation_id for row in rows})
    text = asked.outcome.text
    if text is None:
        raise ValueError("released without a text")
    papers = [proposal_paper(row, text, dresses[row.organisation_id]) for row in rows]
    template = house_bytes(PaperKind.COLLEGE_PROPOSAL)
    began = _cpu_seconds()
    for paper in papers:
        plain = DocxTemplate(io.BytesIO(template))
        plain.render({**paper.context(), "richtext": _as_it_is, "link": _as_it_is})
        plain.save(io.BytesIO())
    return _cpu_seconds() - began


def _as_it_is(words: str, _heading: object = None) -> str:
    return words
