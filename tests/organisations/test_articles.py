"""The article of a body's name: what is taken when nobody says, what is chosen, where it shows."""

from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.organisations.models import Body
from overleg.organisations.reference import read_table
from overleg.organisations.states import Article
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SIGN_IN = Callable[..., ReadingClient]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("Midwestoverleg", "het Midwestoverleg"),
        ("Denderregio Burgemeestersoverleg", "het Denderregio Burgemeestersoverleg"),
        ("AD-overleg", "het AD-overleg"),
        ("Dagelijks bestuur IGEMO", "het Dagelijks bestuur IGEMO"),
        ("Directiecomité", "het Directiecomité"),
        ("Politiek streekforum Gent", "het Politiek streekforum Gent"),
        ("Regionale mandaatgroep Rivierenland", "de Regionale mandaatgroep Rivierenland"),
        ("Stuurgroep Burgemeestersoverleg", "de Stuurgroep Burgemeestersoverleg"),
        ("Zoneraad Midwest", "de Zoneraad Midwest"),
        ("Raad van bestuur WVI", "de Raad van bestuur WVI"),
        ("Burgemeestersconferentie", "de Burgemeestersconferentie"),
        ("Algemene vergadering", "de Algemene vergadering"),
        ("Streekberaad Oost", "het Streekberaad Oost"),
        ("Het Overleg", "Het Overleg"),
        ("Neteland", "Neteland"),
        ("", ""),
    ],
)
def test_a_name_takes_the_article_of_its_first_word_that_says_what_it_is(
    name: str, sentence: str
) -> None:
    assert Article.of(name).before(name) == sentence


def test_the_short_name_takes_the_same_article(cast: Cast) -> None:
    assert cast.denderregio.the_name == "het Denderregio Burgemeestersoverleg"
    assert cast.denderregio.the_call_name == "het DBO"
    assert cast.rivierenland.the_call_name == "de Mandaatgroep"
    assert cast.midwest.the_call_name == "het Midwestoverleg"


def test_the_reference_says_the_article_of_each_body() -> None:
    told = {row["slug"]: row["article"] for row in read_table("bodies")}
    assert (told["dbo"], told["regioraad-limburg"], told["neteland"]) == ("het", "de", "none")
    assert set(told.values()) <= {article.value for article in Article}


def test_who_starts_a_body_may_say_its_article(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.partner)
    given = {"name": "Dendertafel", "kind": "other"}
    page = client.get(client.send("/overleg/nieuw", given).location or "")
    assert "De Dendertafel is gestart" in page.text
    assert client.send("/overleg/nieuw", {**given, "article": "den"}).status_code == 422
    page = client.get(client.send("/overleg/nieuw", {**given, "article": "het"}).location or "")
    assert "Het Dendertafel is gestart" in page.text
    query = select(Body.article).where(Body.name == "Dendertafel").order_by(Body.slug)
    assert session.scalars(query).all() == [Article.DE, Article.HET]


def test_the_settings_change_it_and_titles_follow(cast: Cast, sign_in_as: SIGN_IN) -> None:
    client = sign_in_as(cast.support)
    page = "/overleg/midwestoverleg/instellingen"
    assert "Instellingen van het Midwestoverleg" in client.get(page).text
    assert client.send(page, {"article": "de"}).status_code == 302
    assert "Instellingen van de Midwestoverleg" in client.get(page).text
    assert "Leden van de Midwestoverleg" in client.get("/overleg/midwestoverleg/leden").text
    assert client.send(page, {"article": "none"}).status_code == 302
    assert "Leden van Midwestoverleg" in client.get("/overleg/midwestoverleg/leden").text
