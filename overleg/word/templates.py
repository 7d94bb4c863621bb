"""Where our own templates are, and the command that makes them again."""

import argparse
import io
from functools import cache, lru_cache
from pathlib import Path

from overleg.word.contexts import PaperKind
from overleg.word.house_papers import house_template
from overleg.word.house_report import region_report_template
from overleg.word.municipal_papers import OUR_FORM, MunicipalForm, municipal_template

HOUSE = Path(__file__).parent / "house"


@cache
def house_bytes(kind: PaperKind) -> bytes:
    """Our own template for this kind of paper, a .docx file; read from disk once."""
    return (HOUSE / f"{kind}.docx").read_bytes()


@lru_cache(maxsize=300)
def form_bytes(kind: PaperKind, form: MunicipalForm) -> bytes:
    """The template of a paper in a municipality's form; our own file where it chose nothing.

    Of a proposal, or of a regiorapport.

    Raises ``TemplateFault`` when the logo cannot be read.
    """
    if form == OUR_FORM:
        return house_bytes(kind)
    out = io.BytesIO()
    is_report = kind is PaperKind.REGION_REPORT
    made = region_report_template(form) if is_report else municipal_template(kind, form)
    made.save(out)
    return out.getvalue()


def make_house_bytes(kind: PaperKind) -> bytes:
    """The template as the code makes it now; the file in `house/` must hold the same parts."""
    out = io.BytesIO()
    house_template(kind).save(out)
    return out.getvalue()


def main() -> None:
    """Writes all templates: `python -m overleg.word.templates`."""
    parser = argparse.ArgumentParser(description="Maakt de eigen Word-sjablonen opnieuw.")
    parser.add_argument("folder", nargs="?", type=Path, default=HOUSE)
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    for kind in PaperKind:
        (folder / f"{kind}.docx").write_bytes(make_house_bytes(kind))


if __name__ == "__main__":
    main()
