"""What a municipality chooses about the form of its proposals."""

from enum import StrEnum


class ProposalPart(StrEnum):
    """The parts of a college- or gemeenteraadsvoorstel below its head, in their usual order."""

    SUMMARY = "summary"
    BACKGROUND = "background"
    GROUNDS = "grounds"
    ARGUMENTS = "arguments"
    ADVICE = "advice"
    FINANCES = "finances"
    DECISION = "decision"
    ANNEXES = "annexes"

    @property
    def label(self) -> str:
        """The heading it has unless a municipality chose another."""
        return {
            "summary": "Korte samenvatting",
            "background": "Aanleiding en context",
            "grounds": "Juridische grond",
            "arguments": "Feiten en argumentatie",
            "advice": "Adviezen",
            "finances": "Financiële gevolgen",
            "decision": "Besluit",
            "annexes": "Bijlagen",
        }[self.value]

    @property
    def may_be_left_out(self) -> bool:
        """A proposal without a decision is none."""
        return self is not ProposalPart.DECISION


class ArticleStyle(StrEnum):
    """How the articles of a decision are numbered."""

    FULL = "full"
    SHORT = "short"
    COLON = "colon"
    NUMBER = "number"

    @property
    def label(self) -> str:
        """An example of the first article, as the interface shows it."""
        return self.numbered("1")

    @property
    def single(self) -> str:
        """What stands before the one article of a decision that has only one."""
        return {"full": "Enig artikel.", "short": "Enig art.", "colon": "Enig artikel:"}.get(
            self.value, ""
        )

    def numbered(self, number: str) -> str:
        """What stands before an article with this number."""
        return {
            "full": f"Artikel {number}.",
            "short": f"Art. {number}",
            "colon": f"Artikel {number}:",
            "number": f"{number}.",
        }[self.value]
