"""A form sent twice is taken in once: a double click, a reload, going back and sending again.

Each opening of a page gives its form another ``sent_as``, but whoever goes back to a form that was
sent gets the earlier one (``again.js``). The first sending leaves a row in its own transaction,
with where it led to. The same form with the same content from the same person finds that row, also
when the two come at once: the second waits for the first. A refused form leaves no row, so it can
be corrected and sent; and with other content it is another form.
"""

import json
from os import SEEK_END

from flask import flash, g, request
from flask import redirect as redirect_to
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response

from overleg.accounts.kept_input import OPENED_BY
from overleg.accounts.login import current_person
from overleg.accounts.models import SentForm
from overleg.accounts.tokens import hash_token
from overleg.db import session
from overleg.web import clock
from overleg.web.commits import before_commit

FIELD = "sent_as"
OTHER_EACH_TIME = frozenset({"csrf_token", OPENED_BY})
"""What the same form has differently after going back to it."""
ALREADY_SENT = "Dit formulier was al verstuurd. Het is één keer verwerkt."


def take_in_once() -> Response | None:
    """Before a form is handled: when it was handled already, to what came of it."""
    if request.method != "POST" or not request.form.get(FIELD):
        return None
    person = current_person()
    if person is None:
        return None
    row = SentForm(key_hash=_key(person.id), created_at_utc=clock.now())
    session().add(row)
    try:
        session().flush()
    except IntegrityError:
        session().rollback()
        return _answer_of(row.key_hash)
    before_commit(lambda response: _remember(row, response))
    return None


def sent_again_leads_to(path: str) -> None:
    """Say that the answer to this form is a page that can't be shown again, and where to go then.

    The page itself is kept nowhere.
    """
    g.sent_again_leads_to = path


def _answer_of(key_hash: str) -> Response:
    location = session().scalar(select(SentForm.location).where(SentForm.key_hash == key_hash))
    flash(ALREADY_SENT, "info")
    return redirect_to(location or request.path, code=303)


def _remember(row: SentForm, response: Response) -> None:
    location = response.location or g.get("sent_again_leads_to")
    if location:
        row.location = location
    else:
        # A page or a file, not a deed: it may be asked again.
        session().delete(row)


def _key(person_id: str) -> str:
    fields = sorted(
        item for item in request.form.items(multi=True) if item[0] not in OTHER_EACH_TIME
    )
    files = sorted(
        (name, file.filename or "", _size_of(file))
        for name, file in request.files.items(multi=True)
    )
    return hash_token(json.dumps([person_id, request.full_path, fields, files]))


def _size_of(file: FileStorage) -> int:
    """How many bytes came: a corrected file has its old name, and another size."""
    size = file.stream.seek(0, SEEK_END)
    file.stream.seek(0)
    return size
