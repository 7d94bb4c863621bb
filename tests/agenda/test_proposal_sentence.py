"""What a proposal waits for, in a sentence that speaks to who reads it."""

from datetime import datetime

from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.states import Advice
from overleg.agenda.workflow.validation import give_advice
from overleg.organisations.states import Decides, Role, ValidatedBy
from tests.agenda.proposing import make_submitted
from tests.agenda.validating import give_role, opened_of, set_steps
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast


def test_the_sentence_says_what_is_asked_of_the_reader(
    cast: Cast, session: Session, sign_in_as: SignInAs, now: datetime
) -> None:
    body, chair, member = cast.rivierenland, cast.committee_mayor, cast.committee_1
    give_role(session, chair, Role.CHAIR, body)
    advised_for_chair = {"validated_by": ValidatedBy.COMMITTEE, "decides": Decides.CHAIR}
    set_steps(session, body, {**advised_for_chair, "quorum": 4})
    proposal = make_submitted(cast.committee_support, body, cast.lier, now=now)
    session.commit()

    def told(person: Person) -> str:
        return sign_in_as(person).get(f"/voorstellen/{proposal.id}").text

    assert "geeft advies tot en met 7 maart 2026; daarna beslist u." in told(chair)
    advises = "U geeft advies tot en met 7 maart 2026; daarna beslist de voorzitter."
    assert advises in told(member)
    assert advises not in told(cast.committee_support)
    give_advice(opened_of(proposal), Advice.ON_AGENDA, motive="", by=member, now=now)
    session.commit()
    assert advises not in told(member)
    opened_of(proposal).passed_to_chair_at_utc = opened_of(proposal).due_at_utc
    session.commit()
    assert "is voorbij. U beslist nu." in told(chair)
    assert "is voorbij. De voorzitter beslist nu." in told(cast.committee_support)


def test_what_the_chair_gets_before_the_time_is_over_is_not_said_to_be_late(
    cast: Cast, session: Session, sign_in_as: SignInAs, now: datetime
) -> None:
    body, chair = cast.rivierenland, cast.committee_mayor
    give_role(session, chair, Role.CHAIR, body)
    body.refers_to.append(cast.midwest)
    proposal = make_submitted(cast.committee_support, body, cast.lier, now=now)
    opened = opened_of(proposal)
    for member in cast.committee[:3]:
        give_advice(opened, Advice.REFER, motive="Daar.", by=member, now=now, refer_to=cast.midwest)
    body.refers_to.clear()
    session.commit()
    for member in cast.committee[3:]:
        give_advice(opened, Advice.ON_AGENDA, motive="", by=member, now=now)
    session.commit()
    assert opened.passed_to_chair_at_utc == now < opened.due_at_utc
    for page in (f"/voorstellen/{proposal.id}", f"/voorstellen/{proposal.id}/valideren"):
        assert "voorbij" not in sign_in_as(chair).get(page).text
    assert "U beslist nu." in sign_in_as(chair).get(f"/voorstellen/{proposal.id}").text
    assert "bij de voorzitter" in sign_in_as(chair).get(f"/overleg/{body.slug}/valideren").text
