"""Why a job failed, in a Dutch sentence; where it went wrong stands in the log."""

from sqlalchemy.exc import OperationalError, SQLAlchemyError

from overleg.lib.errors import OverlegError

SENTENCES: tuple[tuple[type[Exception], str], ...] = (
    (OperationalError, "De databank was niet bereikbaar of te druk bezig."),
    (SQLAlchemyError, "De databank weigerde een wijziging."),
    (TimeoutError, "Een andere dienst antwoordde niet op tijd."),
    (OSError, "Een bestand of een andere dienst was niet bereikbaar."),
    (MemoryError, "Er was niet genoeg geheugen."),
)
"""The first that fits counts."""


def reason_of(error: Exception) -> str:
    """What the page of the jobs says of an error: never a trace, an address or a value."""
    if isinstance(error, OverlegError):
        return str(error)
    unknown = f"Onverwachte fout ({type(error).__name__})."
    return next((said for kind, said in SENTENCES if isinstance(error, kind)), unknown)
