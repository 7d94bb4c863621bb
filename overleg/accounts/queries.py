"""Finding people and their one-time links."""

from sqlalchemy import select

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
