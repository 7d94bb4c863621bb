"""What templates show of dates, text and counts."""

from overleg.web.filters import mail_address, whole_dates, whole_words


def test_a_mail_address_breaks_before_its_sign_and_then_at_its_dots() -> None:
    assert mail_address("ad.aalst@demo.test") == (
        '<span class="kept-whole">ad<wbr>.aalst</span><wbr>'
        '<span class="kept-whole">@demo<wbr>.test</span>'
    )


def test_a_mail_address_is_text() -> None:
    assert "&lt;b&gt;" in mail_address("<b>@x.test")
    assert mail_address("zonder") == '<span class="kept-whole">zonder</span>'
    assert not mail_address(None)


def test_a_word_with_a_hyphen_stays_whole() -> None:
    assert whole_words("ontwikkeling en -opvolging <b>") == (
        'ontwikkeling en <span class="kept-whole">-opvolging</span> &lt;b&gt;'
    )
    assert whole_words("Raadslid Heist-op-den-Berg") == (
        'Raadslid <span class="kept-whole">Heist-op-den-Berg</span>'
    )


def test_the_number_of_a_day_stays_with_its_month() -> None:
    assert whole_dates("DBO van 1 december 2026 <b>") == "DBO van 1\u00a0december 2026 &lt;b&gt;"
    assert whole_dates("27 meiboom, 3 gemeenten") == "27 meiboom, 3 gemeenten"
