"""Files that were kept go along again with the form that brought them, once somebody signed in.

The page of the form names them, each with a box to leave it out. When it is sent, they stand among
the request's files as if they had been chosen again, and are checked as those are.
"""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request
from werkzeug.datastructures import FileStorage, ImmutableMultiDict

from overleg.accounts.kept_input import ARGUMENT, KEPT_FILE
from overleg.accounts.login import current_person
from overleg.accounts.models import Person
from overleg.accounts.signing_in import opened_by
from overleg.accounts.tokens import hash_token
from overleg.documents.kept_files import (
    files_kept_under,
    files_named,
    forget_kept_files,
    keep_files,
)
from overleg.documents.models import KeptFile
from overleg.documents.workflow import FileStore
from overleg.jobs.queue import daily, queue_of
from overleg.settings import Settings
from overleg.web import clock
from overleg.web.forms import InputToReturn


def keep_sent_files(token: str, person: Person, now: datetime) -> None:
    """Keep the files of the request at hand; those that were kept already stay, under ``token``."""
    store = _store()
    for file in _named_in_form(store, person, now):
        file.token_hash = hash_token(token)
    uploads = request.files.items(multi=True)
    keep_files(store, uploads, token=token, action=request.path, person=person, now=now)


def returned_files(action: str) -> Sequence[KeptFile]:
    """The kept files that go along with the form of this page that is sent to ``action``."""
    path = urlsplit(action).path or request.path
    return [file for file in g.get("returned_files", ()) if file.action == path]


def take_over_returned_files() -> None:
    """The form carries the files it was given in its own way; they are not offered once more."""
    g.pop("returned_files", None)


def _offer_kept_files() -> None:
    kept: InputToReturn | None = g.get("kept_input")
    if kept is None or (person := current_person()) is None:
        return
    found = files_kept_under(
        _store(), request.args.get(ARGUMENT, ""), person=person, now=clock.now()
    )
    g.returned_files = found
    kept.kept_files = [file.name for file in found]
    for name in kept.kept_files:
        if name in kept.files:
            kept.files.remove(name)


def _add_kept_files() -> None:
    if request.method != "POST" or not request.form.get(KEPT_FILE):
        return
    if (person := current_person()) is None:
        return
    store = _store()
    found = g.returned_files = _named_in_form(store, person, clock.now())
    chosen = [each for each in request.files.items(multi=True) if each[1].filename]
    again = [
        (
            file.field,
            FileStorage(store.path_of(file.sha256).open("rb"), file.name, file.field),
        )
        for file in found
    ]
    request.files = ImmutableMultiDict([*chosen, *again])


def _named_in_form(store: FileStore, person: Person, now: datetime) -> Sequence[KeptFile]:
    ids = request.form.getlist(KEPT_FILE)
    return files_named(store, ids, request.path, person=person, now=now) if ids else []


def _store() -> FileStore:
    settings: Settings = current_app.extensions["settings"]
    return FileStore(settings.instance_path / "kept-files", settings.max_annex_bytes)


def register(app: Flask) -> None:
    """Bind it; after ``overleg.accounts``, which finds what was typed."""
    app.before_request(_offer_kept_files)
    app.before_request(_add_kept_files)
    app.jinja_env.globals.update(opened_by=opened_by, returned_files=returned_files)
    queue_of(app).declare(
        "forget_kept_files",
        lambda now: forget_kept_files(_store(), now),
        every=daily(hour_utc=2),
        does="Wist bestanden van formulieren die niet verwerkt werden",
    )
