"""What people do with accounts: invite, sign in, choose a password, sign out everywhere, close."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import CursorResult, delete, update
from sqlalchemy.exc import IntegrityError

from overleg.accounts import attempts, notices
from overleg.accounts.models import Person, SignInLink
from overleg.accounts.passwords import check_new_password, hash_password, is_outdated, is_right
from overleg.accounts.queries import person_by_email
from overleg.accounts.states import LinkPurpose
from overleg.accounts.tokens import hash_token, new_token
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import hold_until_commit, refuse_stale, session
from overleg.lib.errors import NotPossible, Refused
from overleg.mail.addresses import move_address, normal_email

WRONG = "Dit e-mailadres en dit wachtwoord horen niet bij elkaar. Probeer het opnieuw."
TAKEN = "Er is al iemand met dit e-mailadres."
LINK_IS_SPENT = (
    "Deze link werkt niet meer: hij werd al gebruikt of is te oud. Vraag een nieuwe link."
)


class WrongPassword(Refused):
    """The password somebody gave as the one of now is another."""

    def __init__(self) -> None:
        super().__init__("Dit is niet uw huidige wachtwoord.")


def add_person(
    name: str, email: str | None, *, by: Actor, now: datetime, phone: str = ""
) -> Person:
    """Add somebody, without a password: invite them, or let them ask for a one-time link.

    Raises ``Refused`` when the e-mail address is taken.
    """
    address = normal_email(email) if email else None
    if address and person_by_email(address):
        raise Refused(TAKEN)
    person = Person(name=name, email=address or None, phone=phone, created_at_utc=now)
    session().add(person)
    try:
        session().flush()
    except IntegrityError:
        session().rollback()
        raise Refused(TAKEN) from None
    record(Verb.PERSON_ADDED, person, by=by, now=now)
    return person


def correct_person(
    person: Person, *, name: str, email: str | None, revision: int, by: Actor, now: datetime
) -> None:
    """Correct somebody's name and e-mail address; roles, seats, password and sessions stay.

    With another address, links sent to the one before stop working, and both addresses are told.
    Raises ``EditConflict`` when somebody corrected them since ``revision``, ``Refused`` when the
    address is somebody else's, or is left out where there was one.
    """
    hold_until_commit(Person, Person.id == person.id)
    session().refresh(person)
    address = normal_email(email or "") or None
    before_name, before_email = person.name, person.email
    if before_email and address is None:
        raise Refused("Zonder e-mailadres kan niemand aanmelden. Sluit de account als dat moet.")
    if (name, address) == (before_name, before_email):
        return
    refuse_stale(person, revision, "deze gegevens")
    known = person_by_email(address) if address else None
    if known is not None and known.id != person.id:
        raise Refused(TAKEN)
    person.name, person.email = name, address
    person.revision += 1
    try:
        session().flush()
    except IntegrityError:
        session().rollback()
        raise Refused(TAKEN) from None
    changes = [f"eerst {before_name}"] if name != before_name else []
    if address != before_email:
        changes.append("een ander e-mailadres")
        _forget_links(person, LinkPurpose.SIGN_IN, LinkPurpose.INVITATION)
        if before_email and address:
            move_address(before_email, address)
        if before_email:
            notices.tell_address_changed(person, before_email, by=by, now=now)
    record(Verb.PERSON_CORRECTED, person, by=by, now=now, reason=", ".join(changes))


def invite_person(person: Person, *, by: Actor, now: datetime, has: Sequence[str] = ()) -> str:
    """Mail an invitation to choose a password; an earlier one stops working.

    ``has`` names what somebody is invited with: ``de rol voorzitter (Midwestoverleg)``. The secret
    address in it comes back, to show where no mail may arrive yet. Raises ``NotPossible`` for
    somebody without e-mail address or with a closed account.
    """
    if not person.email:
        raise NotPossible(f"{person.name} heeft geen e-mailadres. Vul dat eerst in.")
    if person.disabled_at_utc:
        raise NotPossible(f"De account van {person.name} is gesloten. Open die eerst opnieuw.")
    _forget_links(person, LinkPurpose.INVITATION)
    link, token = _new_link(person, LinkPurpose.INVITATION, now)
    address = notices.send_invitation(link, token, has=has, by=by, now=now)
    record(Verb.PERSON_INVITED, person, by=by, now=now)
    return address


def ask_for_link(email: str, *, network: str, go_to: str | None, now: datetime) -> None:
    """Mail a one-time link to whoever has this address; what happened can't be told from outside.

    Raises ``TooManyAttempts`` by network address. More than a few for one e-mail address are
    silently not sent.
    """
    address = normal_email(email)
    by_network = attempts.network_key("link", network)
    by_email = attempts.email_key("link", address)
    if attempts.is_over(by_network, attempts.PER_NETWORK, now=now):
        raise attempts.TooManyAttempts
    too_many = attempts.is_over(by_email, attempts.PER_ADDRESS, now=now)
    attempts.count(by_network, by_email, now=now)
    person = person_by_email(address)
    if too_many or person is None or person.disabled_at_utc:
        return
    link, token = _new_link(person, LinkPurpose.SIGN_IN, now)
    notices.send_link(link, token, go_to=go_to, now=now)


def sign_in_with_password(email: str, password: str, *, network: str, now: datetime) -> Person:
    """Who this is. Raises ``Refused`` when the two don't match.

    Raises ``TooManyPasswords`` after ten wrong ones for an address from one place, or a hundred
    in a day from everywhere.
    """
    address = normal_email(email)
    by_email = attempts.email_key("password", address)
    by_place = attempts.place_key("password", address, network)
    by_network = attempts.network_key("password", network)
    if attempts.is_over(by_place, attempts.PER_ADDRESS, now=now) or attempts.is_over(
        by_network, attempts.PER_NETWORK, now=now
    ):
        raise attempts.TooManyPasswords(today=False)
    if attempts.is_over(by_email, attempts.PER_ADDRESS_A_DAY, now=now, within=attempts.DAY):
        raise attempts.TooManyPasswords(today=True)
    person = person_by_email(address)
    right = is_right(password, person.password_hash if person else None)
    if person is None or not right or person.disabled_at_utc:
        attempts.count(by_email, by_place, by_network, now=now)
        raise Refused(WRONG)
    attempts.forget(by_email, by_place)
    if person.password_hash and is_outdated(person.password_hash):
        person.password_hash = hash_password(password)
    _signed_in(person, now)
    return person


def sign_in_with_link(link: SignInLink, *, now: datetime) -> Person:
    """Use a one-time link. Raises ``NotPossible`` when it was used, is too old or was withdrawn."""
    _spend(link, now)
    _signed_in(link.person, now)
    return link.person


def accept_invitation(link: SignInLink, password: str, *, now: datetime) -> Person:
    """Choose the first password. Raises ``Refused`` for a poor one, ``NotPossible`` as above."""
    person = link.person
    check_new_password(password, email=person.email or "", name=person.name)
    _spend(link, now)
    person.password_hash = hash_password(password)
    person.session_version += 1
    _signed_in(person, now)
    return person


def is_open(link: SignInLink, *, now: datetime) -> bool:
    """Whether a link still works at this moment (UTC)."""
    is_closed = link.person.disabled_at_utc is not None
    return link.used_at_utc is None and now < link.expires_at_utc and not is_closed


def why_spent(link: SignInLink | None, *, now: datetime) -> str:
    """Why a link that is not open works no more, for who holds it; None is one we do not know."""
    if link is not None and link.used_at_utc is not None:
        return "Ze werd al gebruikt: een link werkt één keer."
    if link is not None and link.expires_at_utc <= now:
        return f"Ze is te oud: {link.purpose.lifetime_in_words}."
    return "Ze werd vervangen of ingetrokken, of het adres is niet volledig."


def change_password(
    person: Person, password: str, *, current: str | None, by: Actor, now: datetime
) -> None:
    """Change the password and sign out everywhere; ``current`` is what it was, if there was one.

    Raises ``WrongPassword`` when that is wrong, ``Refused`` when the new one is poor.
    """
    if person.password_hash and not is_right(current or "", person.password_hash):
        raise WrongPassword
    check_new_password(password, email=person.email or "", name=person.name)
    person.password_hash = hash_password(password)
    person.session_version += 1
    _forget_links(person, LinkPurpose.SIGN_IN, LinkPurpose.INVITATION)
    notices.tell_password_changed(person, now=now)
    record(Verb.PERSON_CHANGED_PASSWORD, person, by=by, now=now)


def sign_out_everywhere(person: Person, *, by: Actor, now: datetime) -> None:
    """End every session of this person, and every one-time link."""
    person.session_version += 1
    _forget_links(person, LinkPurpose.SIGN_IN)
    record(Verb.PERSON_SIGNED_OUT_EVERYWHERE, person, by=by, now=now)


def disable_person(person: Person, *, by: Actor, now: datetime, reason: str = "") -> None:
    """Close an account: nobody signs in with it, and what was open ends. Names stay in verslagen.

    Raises ``NotPossible`` when it is closed already, or is one's own.
    """
    if person.disabled_at_utc:
        raise NotPossible(f"De account van {person.name} is al gesloten. U kunt die heropenen.")
    if by.id == person.id:
        raise NotPossible("Uw eigen account kunt u niet sluiten. Vraag het een andere beheerder.")
    person.disabled_at_utc = now
    person.session_version += 1
    _forget_links(person, LinkPurpose.SIGN_IN, LinkPurpose.INVITATION)
    record(Verb.PERSON_DISABLED, person, by=by, now=now, reason=reason)


def enable_person(person: Person, *, by: Actor, now: datetime) -> None:
    """Open a closed account again. Raises ``NotPossible`` when it is open."""
    if not person.disabled_at_utc:
        raise NotPossible(f"De account van {person.name} is al open. U kunt die sluiten.")
    person.disabled_at_utc = None
    record(Verb.PERSON_ENABLED, person, by=by, now=now)


def _signed_in(person: Person, now: datetime) -> None:
    person.last_sign_in_at_utc = now
    record(Verb.PERSON_SIGNED_IN, person, by=person, now=now)


def _new_link(person: Person, purpose: LinkPurpose, now: datetime) -> tuple[SignInLink, str]:
    token = new_token()
    link = SignInLink(
        person=person,
        purpose=purpose,
        token_hash=hash_token(token),
        created_at_utc=now,
        expires_at_utc=now + purpose.lifetime,
    )
    session().add(link)
    return link, token


def _spend(link: SignInLink, now: datetime) -> None:
    """Mark a link as used, in one statement, so that two at once can't both use it."""
    if not is_open(link, now=now):
        raise NotPossible(LINK_IS_SPENT)
    result = session().execute(
        update(SignInLink)
        .where(SignInLink.id == link.id, SignInLink.used_at_utc.is_(None))
        .values(used_at_utc=now)
    )
    if not isinstance(result, CursorResult) or result.rowcount != 1:
        raise NotPossible(LINK_IS_SPENT)


def _forget_links(person: Person, *purposes: LinkPurpose) -> None:
    session().execute(
        delete(SignInLink).where(
            SignInLink.person_id == person.id,
            SignInLink.purpose.in_(purposes),
            SignInLink.used_at_utc.is_(None),
        )
    )
