"""What can be wrong with a Word template, told in Dutch."""

from overleg.lib.errors import Refused


class TemplateFault(Refused):
    """A Word template cannot be read or filled in; the message is a Dutch sentence."""
