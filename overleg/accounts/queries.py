"""Finding people and their one-time links."""

from sqlalchemy import select

from overleg.accounts.models import Person, SignInLink
from overleg.accounts.states import LinkPurpose
from overleg.accounts.tokens import hash_token
from overleg.db import session


def normal_email(typed: str) -> str:
    """An e-mail address as we keep it: without spaces around it, in small letters."""
    return typed.strip().lower()


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
