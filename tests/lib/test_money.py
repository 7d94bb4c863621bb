"""Amounts as people and spreadsheets write them."""

import pytest

from overleg.lib.money import format_euro, parse_euro, parse_number


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("1.234,50", 123450),
        ("1234,5", 123450),
        ("€ 1 234,50", 123450),
        ("1\u00a0234,50 €", 123450),
        ("1,234.50", 123450),
        ("1234.5", 123450),
        ("12.345", 1234500),
        ("1.234.567,89", 123456789),
        ("EUR 0,35", 35),
        ("0", 0),
        ("1,234", None),
        ("1.23.456", None),
        ("-5", None),
        ("12,", None),
        ("Tielt", None),
        ("", None),
        ("٣", None),
        ("9" * 40, None),
    ],
)
def test_an_amount_is_read_to_the_cent_or_not_at_all(typed: str, cents: int | None) -> None:
    assert parse_euro(typed) == cents


def test_amounts_and_numbers_are_written_as_in_flanders() -> None:
    assert format_euro(123450) == "€\u00a01.234,50"
    assert parse_number("24.690") == 24690
    assert parse_number("24,5") is None
