"""Files that come with a form. Those that were received stay when the rest of the form is refused.

A browser cannot fill in a file field again. What was accepted already lies on disk under its hash;
the form carries it along, signed for this person, until it is sent rightly.
"""

from dataclasses import astuple
from datetime import datetime

from flask import current_app, flash
from itsdangerous import BadSignature, URLSafeSerializer

from overleg.accounts.models import Person
from overleg.agenda.forms.proposals import ProposalForm
from overleg.agenda.models import Proposal
from overleg.agenda.workflow.annexes import add_annex
from overleg.documents.returning import take_over_returned_files
from overleg.documents.views import file_store
from overleg.documents.workflow import Received, add_stored_file, receive
from overleg.lib.errors import Refused

MOST_FILES = 20


def _signer(person: Person) -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt=f"annexes:{person.id}")


def _kept_before(form: ProposalForm, person: Person) -> list[Received]:
    try:
        kept = _signer(person).loads(form.kept_files.data or "")
    except BadSignature:
        return []
    return [Received(*each) for each in kept]


def receive_files(form: ProposalForm, person: Person) -> list[Received]:
    """The files sent now or with an earlier, refused try; wrong ones are errors of the form.

    The form is made to carry the good ones, for when it is shown again.
    """
    received = _kept_before(form, person)
    take_over_returned_files()
    for upload in form.files.data or []:
        try:
            received.append(receive(file_store(), upload.filename or "", upload.stream))
        except Refused as refused:
            form.refuse(form.files, str(refused))
        finally:
            upload.close()
    received = list(dict.fromkeys(received))
    if len(received) > MOST_FILES:
        form.refuse(form.files, f"Voeg hoogstens {MOST_FILES} bijlagen tegelijk toe.")
        received = received[:MOST_FILES]
    form.kept_files.data = _signer(person).dumps([astuple(each) for each in received])
    return received


def attach(
    proposal: Proposal, received: list[Received], form: ProposalForm, *, by: Person, now: datetime
) -> None:
    """Put received files with a proposal, in the circle that the form says; warn of locked ones."""
    for each in received:
        if each.warning:
            flash(each.warning, "warning")
        stored = add_stored_file(each, by=by, now=now)
        add_annex(proposal, stored, circle=form.chosen_annex_circle, by=by, now=now)
