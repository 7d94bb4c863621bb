"""What is thrown away when nobody needs it any more."""

from datetime import datetime, timedelta

from sqlalchemy import delete

from overleg.accounts.attempts import DAY
from overleg.accounts.kept_input import KEPT_FOR
from overleg.accounts.models import KeptInput, SentForm, SignInAttempt, SignInLink
from overleg.db import session

LINKS_KEPT_FOR = timedelta(days=30)


def forget_old_input(now: datetime) -> None:
    """Delete kept input and sent forms of a day ago, counted attempts, and links of long ago."""
    for old in (
        delete(KeptInput).where(KeptInput.created_at_utc < now - KEPT_FOR),
        delete(SentForm).where(SentForm.created_at_utc < now - KEPT_FOR),
        delete(SignInAttempt).where(SignInAttempt.at_utc < now - DAY),
        delete(SignInLink).where(SignInLink.expires_at_utc < now - LINKS_KEPT_FOR),
    ):
        session().execute(old.execution_options(synchronize_session=False))
