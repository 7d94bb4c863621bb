"""Exactly what each Word file is given: nothing a template names can come from anywhere else.

Every value is ready to be shown: Dutch text, dates already written out, and rich text in the
fields whose name ends in `_html` (cleaned again on the way into Word). An empty string or an
empty tuple means "not there": the line, the part and its heading fall away. The feature packages
fill these from what the reader may see; a paper holds nothing that its circle may not read.
"""

from overleg.word.contexts.base import (
    Paper,
    PaperKind,
)
from overleg.word.contexts.follow_up import (
    PositionLetterPaper,
    StandingPaper,
    StandingPaperOutcome,
    StandingPaperRow,
)
from overleg.word.contexts.meetings import (
    AgendaPaper,
    AgendaPaperAnnex,
    AgendaPaperItem,
    AttendancePaper,
    MinutesPaper,
    MinutesPaperItem,
    MinutesPaperOutcome,
)
from overleg.word.contexts.municipal import (
    MunicipalProposalPaper,
    RegionReportPaper,
    ReportPaperFollowUp,
    ReportPaperMeeting,
    ReportPaperOutcome,
    ReportPaperPoint,
)
from overleg.word.contexts.years import (
    YearPaper,
    YearPaperDate,
    YearPaperMonth,
)

__all__ = [
    "AgendaPaper",
    "AgendaPaperAnnex",
    "AgendaPaperItem",
    "AttendancePaper",
    "MinutesPaper",
    "MinutesPaperItem",
    "MinutesPaperOutcome",
    "MunicipalProposalPaper",
    "Paper",
    "PaperKind",
    "PositionLetterPaper",
    "RegionReportPaper",
    "ReportPaperFollowUp",
    "ReportPaperMeeting",
    "ReportPaperOutcome",
    "ReportPaperPoint",
    "StandingPaper",
    "StandingPaperOutcome",
    "StandingPaperRow",
    "YearPaper",
    "YearPaperDate",
    "YearPaperMonth",
]
