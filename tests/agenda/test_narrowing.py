"""A point that is closed after the agenda went out is closed in what went out too."""

from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import SentAnnex, SentItem
from overleg.agenda.workflow.items import ItemText, change_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.documents.states import Circle
from tests.agenda.preparing import NOW, SHARED_TITLE, Table, lay_table
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast


def sent_then_closed(session: Session, cast: Cast) -> tuple[Table, SentAnnex]:
    """An agenda whose point of besturen became one of burgemeesters; its annex of version A."""
    table = lay_table(session, cast.midwest, cast.support, cast.mayor, cast.roeselare)
    send_agenda(table.meeting, message="", by=cast.support, now=NOW)
    item = table.shared
    text = ItemText(
        title=item.title,
        explanation_html=item.explanation_html,
        submitter_label=item.submitter_label,
        asked=item.asked,
        minutes_needed=item.minutes_needed,
        circle=Circle.MAYORS,
    )
    change_item(item, text, revision=item.revision, by=cast.support, now=NOW)
    annex = session.scalars(
        select(SentAnnex)
        .join(SentItem, SentItem.id == SentAnnex.sent_item_id)
        .where(SentItem.item_id == item.id)
    ).one()
    session.commit()
    return table, annex


def test_earlier_versions_no_longer_show_it_outside_the_new_circle(
    app: Flask, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    table, annex = sent_then_closed(session, cast)
    meeting = f"/vergaderingen/{table.meeting.id}"
    proposal = f"/voorstellen/{table.shared.proposal_id}"
    for reader, reads in ((cast.secretariat, False), (cast.tielt_mayor, True)):
        browser = sign_in_as(reader)
        for path in (meeting, f"{meeting}?versie=A", f"{meeting}/documenten"):
            assert (SHARED_TITLE in browser.get(path).text) is reads, (reader.name, path)
        status = 200 if reads else 404
        assert browser.get(f"/bijlagen/verstuurd/{annex.id}").status_code == status
        assert browser.get(f"/bijlagen/{annex.id}").status_code == status
        assert browser.get(proposal).status_code == status


def test_after_the_next_version_too(
    app: Flask, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    table, _annex = sent_then_closed(session, cast)
    send_agenda(table.meeting, message="", by=cast.support, now=NOW)
    session.commit()
    secretariat = sign_in_as(cast.secretariat)
    for letter in ("A", "B"):
        page = secretariat.get(f"/vergaderingen/{table.meeting.id}?versie={letter}")
        assert page.status_code == 200
        assert SHARED_TITLE not in page.text
