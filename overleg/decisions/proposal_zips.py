"""All proposals of an outcome in one zip: asked for on a page, made by the worker, kept a week."""

import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from overleg.agenda.making import forget_old, is_good, make_each
from overleg.db import new_id, session
from overleg.decisions.models import FollowUp, Outcome, ProposalZip
from overleg.decisions.papers import dresses_of, make_proposals, proposal_filename
from overleg.decisions.queries.proposal_zips import contents_of, rows_of_zip, zip_for
from overleg.documents.views import file_store
from overleg.jobs.queue import run_after_commit
from overleg.lib.errors import NotFound, NotPossible
from overleg.organisations.models import Organisation

JOB = "make_proposal_zips"
READ_ME = "LEES MIJ.txt"
INSTEAD = (
    "het eigen sjabloon kon dit voorstel niet invullen; het staat hier in het standaardsjabloon."
)


def zip_path(made: ProposalZip) -> Path:
    """Where the file of a zip lies; beside the files of annexes."""
    return file_store().root.parent / "voorstellen" / f"{made.id}.zip"


def ask_zip(outcome: Outcome, organisation: Organisation | None, *, now: datetime) -> ProposalZip:
    """Ask the worker for all proposals of an outcome, or for those of one municipality.

    One that is on its way, or that would say nothing new, is not made twice. The caller checked who
    asks. Raises ``NotPossible`` before the release.
    """
    rows = rows_of_zip(outcome.id, organisation.id if organisation else None)
    if outcome.text is None or not rows:
        raise NotPossible("Er zijn nog geen voorstellen: geef de uitkomst eerst vrij.")
    contents = contents_of(outcome.text, rows, dresses_of({row.organisation_id for row in rows}))
    asked = zip_for(outcome, organisation)
    if asked is not None and asked.contents == contents and is_good(asked, zip_path(asked)):
        return asked
    if asked is None:
        asked = ProposalZip(id=new_id(), outcome=outcome, organisation=organisation)
        session().add(asked)
    asked.ask_again(contents, len(rows), now=now)
    asked.version_number = outcome.text.version_number
    session().flush()
    run_after_commit(JOB)
    return asked


def make_proposal_zips(now: datetime) -> None:
    """Make what was asked; a commit per proposal shows how far it is."""
    make_each(ProposalZip, _make, now=now)


def _make(asked: ProposalZip, now: datetime) -> Path:
    target = zip_path(asked)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(".nieuw")
    rows = rows_of_zip(asked.outcome_id, asked.organisation_id)
    write_zip(fresh, asked, rows, now=now)
    return fresh.replace(target)


def write_zip(target: Path, asked: ProposalZip, rows: Sequence[FollowUp], *, now: datetime) -> None:
    """Write the proposals of these rows, a folder per organ, and what to know about them."""
    text = asked.outcome.text
    if text is None:
        raise NotFound
    dresses = dresses_of({row.organisation_id for row in rows})
    asked.contents = contents_of(text, rows, dresses)
    asked.version_number, asked.total = text.version_number, len(rows)
    remarks: list[str] = []
    several = len({row.organ for row in rows}) > 1
    # Read before the first commit, which forgets what was loaded.
    named = [
        (
            f"{row.organ.label.capitalize()}/" if several else "",
            proposal_filename(row, text),
            f"{row.organisation.name}, {row.organ.label}",
        )
        for row in rows
    ]
    proposals = make_proposals(rows, text, dresses, now=now)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for (folder, name, whose), made in zip(named, proposals, strict=True):
            package.writestr(f"{folder}{name}", made.content)
            if made.problem:
                remarks.append(f"{whose}: {INSTEAD} {made.problem}")
            asked.done += 1
            session().commit()
        if remarks:
            package.writestr(READ_ME, "\r\n".join(remarks))


def forget_old_zips(now: datetime) -> None:
    """Drop zips made more than a week ago."""
    forget_old(ProposalZip, zip_path, now=now)
