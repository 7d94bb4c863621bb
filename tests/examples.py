"""How many examples Hypothesis makes up for tests in which each takes long."""

import os

from tests.plugins.real_parts import SWITCH


def examples(count: int) -> int:
    """So many where no test is left out, as in the build; half of them in the runs of every day."""
    return count if os.environ.get(SWITCH) else count // 2
