"""Finding people and their one-time links."""

from datetime import datetime

from sqlalchemy import func, select

from overleg.accounts.models import Person, SignInLink
from overleg.accounts.states import LinkPurpose
from overleg.accounts.tokens import hash_token
from overleg.db import session
from overleg.mail.addresses import normal_email


def person_by_email(email: str) -> Person | None:
    """The person with this address, closed accounts too."""
    return session().scalar(select(Person).where(Person.email == normal_email(email)))


def link_by_token(token: str, purpose: LinkPurpose) -> SignInLink | None:
    """A one-time link, used and expired ones too."""
    return session().scalar(
        select(SignInLink).where(
            SignInLink.token_hash == hash_token(token), SignInLink.purpose == purpose
        )
    )


def invited_at(person: Person) -> datetime | None:
    """When the invitation left (UTC) that this person got last; None when none did."""
    return session().scalar(
        select(func.max(SignInLink.created_at_utc)).where(
            SignInLink.person_id == person.id, SignInLink.purpose == LinkPurpose.INVITATION
        )
    )
