"""What somebody typed in a form that could not be taken in, kept until they can send it again.

A session ends while somebody writes, or the page's token has become stale. The form is kept for a
day, without passwords and tokens. It is kept under a secret that travels in the address of the page
it came from (``?bewaard=...``). The first person who opens that page with it is its owner from then
on. The page's form takes it up by itself (``overleg.web.forms``). Of files the names are kept here;
the files themselves, of somebody who is known, are kept by ``overleg.documents.kept_files``.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from overleg.accounts import attempts
from overleg.accounts.models import KeptInput, Person
from overleg.accounts.tokens import hash_token, new_token
from overleg.db import session
from overleg.lib.text import short_filename
from overleg.web.typed_texts import is_secret

ARGUMENT = "bewaard"
KEPT_FOR = timedelta(days=1)
LARGEST_CHARACTERS = 300_000
MOST_PER_NETWORK = 30
FILE_NAME = "file-to-choose-again"
"""The names of files stand among the fields under this name, which no form of ours has."""
OPENED_BY = "opened_by"
KEPT_FILE = "kept_file"
SENT_TO = "address-it-was-sent-to"
"""Where the form was sent stands among the fields under this name, which no form of ours has."""
NEVER_KEPT = frozenset({"csrf_token", "sent_as", FILE_NAME, SENT_TO, OPENED_BY, KEPT_FILE})
MOST_FILE_NAMES = 20
LONGEST_FILE_NAME = 120


def keep(
    fields: Iterable[tuple[str, str]],
    file_names: Iterable[str] = (),
    *,
    path: str,
    action: str,
    person: Person | None,
    network: str,
    now: datetime,
) -> str | None:
    """Keep the fields of a form, and which files it had, for the page at ``path``.

    ``action`` is the path the form was sent to. Returns the secret to take them back with.

    Returns None, and keeps nothing, when there is nothing to keep, it is too large, or this
    network address had much kept already.
    """
    content = [[name, value] for name, value in fields if _may_be_kept(name)]
    names = [short_name(name) for name in file_names if name]
    content += [[FILE_NAME, name] for name in names[:MOST_FILE_NAMES]]
    is_empty = not any(value.strip() for _name, value in content)
    text = json.dumps([*content, [SENT_TO, action]], ensure_ascii=False)
    key = attempts.network_key("kept", network)
    if is_empty or len(text) > LARGEST_CHARACTERS:
        return None
    if attempts.is_over(key, MOST_PER_NETWORK, now=now):
        return None
    attempts.count(key, now=now)
    token = new_token()
    session().add(
        KeptInput(
            token_hash=hash_token(token),
            person_id=person.id if person else None,
            path=path,
            content=text,
            created_at_utc=now,
        )
    )
    return token


def take_back(
    token: str, *, path: str, person: Person | None, now: datetime
) -> MultiDict[str, str] | None:
    """The fields kept for this page under this secret; None when they are not for this person.

    The names of the files that were with it stand under ``FILE_NAME``, and where it was sent under
    ``SENT_TO``.
    """
    kept = session().scalar(select(KeptInput).where(KeptInput.token_hash == hash_token(token)))
    if kept is None or kept.path != path or now - kept.created_at_utc > KEPT_FOR:
        return None
    if kept.person_id is None and person is not None:
        kept.person_id = person.id
    if kept.person_id != (person.id if person else None):
        return None
    return MultiDict([(name, value) for name, value in json.loads(kept.content)])


def short_name(name: str) -> str:
    """The name of a file without its folders, cut when it is very long."""
    return short_filename(name.replace("\\", "/").rpartition("/")[2], LONGEST_FILE_NAME)


def _may_be_kept(name: str) -> bool:
    return name not in NEVER_KEPT and not is_secret(name)
