"""A one-time link is used once, also by two browsers at the same moment."""

import re
from datetime import datetime

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import SignInLink
from overleg.accounts.states import LinkPurpose
from overleg.accounts.tokens import hash_token, new_token
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from tests.at_once import ON_BOTH, at_once
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


@ON_BOTH
def test_one_of_two_browsers_is_let_in(
    app: Flask, session: Session, cast: Cast, now: datetime, database_kind: str
) -> None:
    token = new_token()
    session.add(
        SignInLink(
            person=cast.mayor,
            purpose=LinkPurpose.SIGN_IN,
            token_hash=hash_token(token),
            created_at_utc=now,
            expires_at_utc=now + LinkPurpose.SIGN_IN.lifetime,
        )
    )
    session.commit()
    address = f"/aanmelden/link/{token}"
    browsers, forms = [], []
    for _ in range(2):
        browser = app.test_client()
        assert isinstance(browser, ReadingClient)
        browsers.append(browser)
        found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', browser.get(address).text)
        assert found
        forms.append(found.group(1))
    statuses = at_once(
        browsers, lambda n, c: c.post(address, data={"csrf_token": forms[n]}).status_code
    )
    assert statuses[0] == 302
    assert statuses[1] in {409, 410}
    signed_in = select(JournalEntry).where(JournalEntry.verb == Verb.PERSON_SIGNED_IN)
    assert len(session.scalars(signed_in).all()) == 1
