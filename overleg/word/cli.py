"""The command ``overleg word check``: what is wrong in a template, before it is uploaded."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from overleg.word.apart import check_apart
from overleg.word.checking import Checked
from overleg.word.contexts import PaperKind
from overleg.word.packages import MOST_BYTES
from overleg.word.sample_papers import SAMPLES

FAULTY = 1


def word_command() -> click.Group:
    """The commands on Word templates."""

    @click.group()
    def word() -> None:
        """Word-sjablonen."""

    @word.command()
    @click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
    @click.option(
        "--kind",
        required=True,
        type=click.Choice([kind.value for kind in SAMPLES]),
        help="Waarvoor het sjabloon dient.",
    )
    @click.option("--json", "as_json", is_flag=True, help="Schrijf JSON.")
    def check(file: Path, kind: str, *, as_json: bool) -> None:
        """Controleer een sjabloon: fouten met hun plaats, en de gebruikte velden.

        Eindigt met status 1 als er fouten zijn.
        """
        with file.open("rb") as content:
            blob = content.read(MOST_BYTES + 1)
        checked = check_apart(blob, PaperKind(kind), now=datetime.now(UTC))
        if as_json:
            told = {"file": file.name, "kind": kind, **asdict(checked)}
            click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            click.echo(_in_lines(checked))
        sys.exit(FAULTY if checked.faults else 0)

    return word


def _in_lines(checked: Checked) -> str:
    lines = [
        f"{fault.place}: {fault.message}{f' «{fault.words}»' if fault.words else ''}"
        for fault in checked.faults
    ]
    lines.append(f"{len(checked.faults)} fouten." if lines else "Geen fouten.")
    lines.append(f"Gebruikte velden: {', '.join(checked.fields) or 'geen'}.")
    return "\n".join(lines)
