"""Amounts in euro, stored in whole cents, as Flanders writes them. Pure."""

import re

_GROUPED_DOT = re.compile(r"\d{1,3}(\.\d{3})+")
_GROUPED_COMMA = re.compile(r"\d{1,3}(,\d{3})+")
_SPACES = re.compile(r"[\s\u00a0\u202f']+")
_MOST_DIGITS = 15


def format_euro(cents: int) -> str:
    """``€ 1.234,50``; the space does not break."""
    sign = "-" if cents < 0 else ""
    euros, rest = divmod(abs(cents), 100)
    return f"€\u00a0{sign}{format_number(euros)},{rest:02}"


def format_number(number: int) -> str:
    """``24.690``."""
    return f"{number:,}".replace(",", ".")


def parse_euro(text: str) -> int | None:
    """The cents of an amount as people and spreadsheets write it; None when it is not one.

    ``1.234,50``, ``1234,5``, ``€ 1 234,50``, ``1,234.50`` and ``1234.5`` are all read. A dot before
    three digits parts thousands, as it does in Belgium; more than two decimals is no amount.
    """
    bare = _SPACES.sub("", text).removeprefix("€").removesuffix("€")
    bare = bare.upper().removeprefix("EUR").removesuffix("EUR")
    if len(bare) > _MOST_DIGITS + 6:
        return None
    euros, decimals = _parted(bare)
    if not _is_digits(euros) or (decimals and not _is_digits(decimals)) or len(decimals) > 2:
        return None
    if len(euros) > _MOST_DIGITS:
        return None
    return int(euros) * 100 + int((decimals or "0").ljust(2, "0"))


def parse_number(text: str) -> int | None:
    """A whole number such as ``24.690`` or ``24 690``; None when it is not one."""
    cents = parse_euro(text)
    return cents // 100 if cents is not None and cents % 100 == 0 else None


def _is_digits(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _parted(bare: str) -> tuple[str, str]:
    """What stands before and after the decimal sign, without the signs between thousands."""
    dot, comma = bare.rfind("."), bare.rfind(",")
    if dot >= 0 and comma >= 0:
        sign, other = (",", ".") if comma > dot else (".", ",")
        euros, _, decimals = bare.rpartition(sign)
        grouped = _GROUPED_DOT if other == "." else _GROUPED_COMMA
        return (euros.replace(other, ""), decimals) if grouped.fullmatch(euros) else ("", "")
    if _GROUPED_DOT.fullmatch(bare):
        return bare.replace(".", ""), ""
    if dot >= 0 or comma >= 0:
        euros, sign, decimals = bare.rpartition("." if dot >= 0 else ",")
        return (euros, decimals) if decimals or not sign else ("", "")
    return bare, ""
