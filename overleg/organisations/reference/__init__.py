"""The project's own tables of facts about Flemish local government (see README.md beside them)."""

import csv
from functools import cache
from importlib import resources


def read_table(name: str) -> list[dict[str, str]]:
    """The rows of ``<name>.csv``, every cell as text; an empty cell is an empty text."""
    file = resources.files(__name__).joinpath(f"{name}.csv")
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))


@cache
def cities() -> frozenset[str]:
    """The NIS codes of the municipalities that carry the title of stad."""
    return frozenset(row["nis_code"] for row in read_table("municipalities") if row["title"])
