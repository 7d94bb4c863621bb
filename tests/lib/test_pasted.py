"""Tables pasted from a spreadsheet."""

import pytest

from overleg.lib.money import parse_euro
from overleg.lib.pasted import read_pasted

HEADINGS = ("bedrag",)


@pytest.mark.parametrize(
    "text",
    [
        "Tielt\t1.234,50\nIzegem\t99,00",
        "Gemeente\tInwoners\tBedrag\nTielt\t20.000\t1.234,50\nIzegem\t27.000\t99,00\nTotaal\t\t1.333,50",
        "NIS;Gemeente;Bedrag (euro);Opmerking\r\n37022;Tielt;€ 1234,5;ok\r\n36008;Izegem;99;",
        "Tielt 1.234,50 €\n\n  Izegem   99",
        '"Tielt"\t"1,234.50"\n"Izegem"\t"99.00"\n',
    ],
)
def test_names_and_amounts_are_found_however_it_was_laid_out(text: str) -> None:
    table = read_pasted(text, parse_euro, HEADINGS)
    assert [(line.name, line.number) for line in table.lines] == [
        ("Tielt", 123450),
        ("Izegem", 9900),
    ]
    assert table.faults == ()
    assert table.total in {None, 133350}


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Tielt\tveel", "Regel 1 (Tielt): “veel” is geen bedrag of getal."),
        ("Tielt\t5\nIzegem", "Regel 2 (Izegem): er staat geen getal."),
        ("Tielt\t5\n\t7", "Regel 2: er staat geen gemeente."),
        ("", "Er staat geen enkele regel met een gemeente en een getal."),
        ("Tielt\t5\n" * 1001, "Plak ten hoogste 1000 regels."),
    ],
)
def test_a_fault_names_its_line(text: str, fault: str) -> None:
    assert fault in read_pasted(text, parse_euro, HEADINGS).faults
