"""Where templates and migrations lie: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


def folder(name: str) -> Path:
    """The folder ``templates`` or ``migrations``."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
