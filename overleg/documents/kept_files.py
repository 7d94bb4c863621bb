"""Files of a form that could not be taken in, kept until the one who chose them sends it again.

They are kept beside what was typed (``overleg.accounts.kept_input``), for a day. Only of somebody
who is known: who is signed in, or who was so when the page of the form was made. Each is checked as
any file is, and a person can have ``MOST_FILES`` of them at a time, and as many bytes as one form
may bring. They lie in a folder of their own, and only the same person gets them back: as files of
the same form, never as something to read.
"""

import time
from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from werkzeug.datastructures import FileStorage

from overleg.accounts.kept_input import KEPT_FOR, short_name
from overleg.accounts.models import Person
from overleg.accounts.tokens import hash_token
from overleg.db import new_id, session
from overleg.documents.models import KeptFile
from overleg.documents.workflow import FileStore, receive
from overleg.lib.errors import Refused

MOST_FILES = 20
LONGEST_FIELD = 100
FORMS_OF_LARGEST_FILES = 3
"""How many times the largest file a person may have kept; as much as one form brings."""
BEING_RECEIVED_SECONDS = 3600
"""How long bytes without a row are left alone: their row may still come."""


def keep_files(
    store: FileStore,
    files: Iterable[tuple[str, FileStorage]],
    *,
    token: str,
    action: str,
    person: Person,
    now: datetime,
) -> None:
    """Keep files, each with the name of its field, under the secret of what was typed with them.

    What is not accepted, or too much for this person, is not kept. ``action`` is the path the form
    was sent to.
    """
    count, total = (
        session()
        .execute(
            select(func.count(), func.coalesce(func.sum(KeptFile.size_bytes), 0)).where(
                KeptFile.person_id == person.id
            )
        )
        .one()
    )
    for field, upload in files:
        if not upload.filename or len(field) > LONGEST_FIELD or count >= MOST_FILES:
            continue
        room = FORMS_OF_LARGEST_FILES * store.max_bytes - total
        limited = FileStore(store.root, min(store.max_bytes, room))
        try:
            received = receive(limited, upload.filename, upload.stream)
        except Refused:
            continue
        session().add(
            KeptFile(
                id=new_id(),
                token_hash=hash_token(token),
                person_id=person.id,
                action=action,
                field=field,
                name=short_name(upload.filename),
                size_bytes=received.size_bytes,
                sha256=received.sha256,
                created_at_utc=now,
            )
        )
        count, total = count + 1, total + received.size_bytes


def files_kept_under(
    store: FileStore, token: str, *, person: Person, now: datetime
) -> Sequence[KeptFile]:
    """This person's files under the secret of what was typed; what is gone from disk is not."""
    return _there(store, KeptFile.token_hash == hash_token(token), person=person, now=now)


def files_named(
    store: FileStore, ids: Sequence[str], action: str, *, person: Person, now: datetime
) -> Sequence[KeptFile]:
    """Those of these that are this person's, for the form that is sent to ``action``."""
    found = _there(store, KeptFile.id.in_(ids[:MOST_FILES]), person=person, now=now)
    return [file for file in found if file.action == action]


def _there(
    store: FileStore, which: ColumnElement[bool], *, person: Person, now: datetime
) -> Sequence[KeptFile]:
    found = session().scalars(
        select(KeptFile)
        .where(which, KeptFile.person_id == person.id, KeptFile.created_at_utc >= now - KEPT_FOR)
        .order_by(KeptFile.name, KeptFile.id)
    )
    return [file for file in found if store.path_of(file.sha256).is_file()]


def forget_kept_files(store: FileStore, now: datetime) -> None:
    """Delete what was kept more than a day ago, and bytes that belong to nothing."""
    session().execute(
        delete(KeptFile)
        .where(KeptFile.created_at_utc < now - KEPT_FOR)
        .execution_options(synchronize_session=False)
    )
    still_kept = set(session().scalars(select(KeptFile.sha256)))
    for path in store.root.rglob("*"):
        if not path.is_file() or path.name in still_kept:
            continue
        if time.time() - path.stat().st_mtime > BEING_RECEIVED_SECONDS:
            path.unlink(missing_ok=True)
