"""The mails about somebody's own account."""

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlencode

from overleg.accounts.models import Person, SignInLink
from overleg.audit.workflow import Actor
from overleg.mail.links import absolute_url
from overleg.mail.workflow import Address, post


def send_link(link: SignInLink, token: str, *, go_to: str | None, now: datetime) -> None:
    """Mail the one-time link; ``go_to`` is the page it was asked on."""
    # Written out: these also leave from jobs and commands, where url_for has no site to go by.
    path = f"/aanmelden/link/{token}" + (f"?{urlencode({'verder': go_to})}" if go_to else "")
    post(
        link.person,
        subject="Uw link om aan te melden",
        template="sign_in_link",
        context={
            "expires_at_utc": link.expires_at_utc,
            "link": absolute_url(path),
            "link_label": "Aanmelden",
        },
        about=link.person,
        now=now,
    )


def send_invitation(
    link: SignInLink, token: str, *, has: Sequence[str], by: Actor, now: datetime
) -> str:
    """Mail the invitation, with what somebody ``has`` here; the secret address in it."""
    address = absolute_url(f"/uitnodiging/{token}")
    post(
        link.person,
        subject="Uitnodiging voor Overleg",
        template="invitation",
        context={
            "invited_by": by.name,
            "has": has,
            "to_email": link.person.email,
            "expires_at_utc": link.expires_at_utc,
            "link": address,
            "link_label": "Kies uw wachtwoord",
        },
        about=link.person,
        now=now,
    )
    return address


def tell_address_changed(person: Person, before: str, *, by: Actor, now: datetime) -> None:
    """Tell the old and the new address that somebody's address changed."""
    old = Address(person.name, before, person.disabled_at_utc)
    for to, is_new in ((old, False), (person, True)):
        post(
            to,
            subject="Het e-mailadres van uw account werd gewijzigd",
            template="address_changed",
            context={
                "changed_at_utc": now,
                "changed_by": by.name,
                "is_new": is_new,
                "link": absolute_url("/aanmelden") if is_new else None,
                "link_label": "Aanmelden",
            },
            about=person,
            now=now,
        )


def tell_password_changed(person: Person, *, now: datetime) -> None:
    """Tell somebody that the password changed, in case it was not them."""
    post(
        person,
        subject="Uw wachtwoord werd gewijzigd",
        template="password_changed",
        context={
            "changed_at_utc": now,
            "link": absolute_url("/aanmelden/link"),
            "link_label": "Vraag een link om aan te melden",
        },
        about=person,
        now=now,
    )
