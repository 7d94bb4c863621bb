"""The pages of planning, for a body of others: its dates are followed, its agenda is its own."""

from datetime import date

from sqlalchemy.orm import Session

from tests.plugins.cast import Cast
from tests.reading import ReadingClient
from tests.scheduling.planned import meeting_on


def test_a_past_meeting_of_another_body_was_and_that_is_all(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    over = meeting_on(cast.zone_council, date(2026, 1, 23), by=cast.support)
    coming = meeting_on(cast.zone_council, date(2026, 4, 24), by=cast.support)
    session.commit()
    client.sign_in(cast.support)
    past = client.get("/vergaderingen?toon=voorbij").text
    assert "23 januari 2026" in past
    assert "in opmaak" not in past
    assert f"/vergaderingen/{over.id}/gegevens" not in past
    assert f"/vergaderingen/{over.id}/annuleren" not in past
    listed = client.get("/vergaderingen").text
    assert "in opmaak" not in listed
    assert f"/vergaderingen/{coming.id}/gegevens" in listed
    assert "het Midwestoverleg</a> of" in " ".join(listed.split())


def test_a_body_of_others_has_no_agenda_and_so_no_terms(cast: Cast, client: ReadingClient) -> None:
    client.sign_in(cast.support)
    assert "agenda 8 dagen ervoor" in client.get("/overleg/midwestoverleg/vergaderingen/nieuw").text
    assert "dagen ervoor" not in client.get("/overleg/zoneraad-midwest/vergaderingen/nieuw").text
    assert "dagen vooraf" in client.get("/overleg/midwestoverleg").text
    assert "dagen vooraf" not in client.get("/overleg/zoneraad-midwest").text
