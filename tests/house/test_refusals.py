"""What is refused is not kept: who catches a refusal says so in the status, or undoes it.

A request commits when it was answered below 400. Who catches a refusal and answers well all the
same needs a savepoint, or half of what was refused stays.
"""

import ast
from collections.abc import Iterator

import pytest

from overleg.lib.errors import EditConflict, NotPossible, OverlegError, Refused
from overleg.minutes.workflow.notes import NotesConflict
from tests.house.test_habits import APPLICATION, CODE, name_of, tree_of

HALFWAY = {
    kind.__name__ for kind in (OverlegError, NotPossible, EditConflict, Refused, NotesConflict)
}
"""What may be raised when something was written already; what does not exist or is not allowed is
told before."""
ONLY_LOOKS = {"receive", "check_report"}
"""Verbs that refuse without having written; a received file lies under its own contents."""
MAY_CATCH = [
    file
    for file in APPLICATION
    if {"views", "workflow"} & {*file.relative_to(CODE).with_suffix("").parts[1:]}
]


def caught_in(tree: ast.AST) -> Iterator[tuple[ast.FunctionDef, ast.Try, ast.ExceptHandler]]:
    """Each place where a function catches a refusal."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    for function in functions:
        for block in [node for node in ast.walk(function) if isinstance(node, ast.Try)]:
            for handler in block.handlers:
                if handler.type is not None and HALFWAY & names_in(handler.type):
                    yield function, block, handler


def names_in(node: ast.AST) -> set[str]:
    """The names and attributes in a piece of code."""
    found = list(ast.walk(node))
    return {each.id for each in found if isinstance(each, ast.Name)} | {
        each.attr for each in found if isinstance(each, ast.Attribute)
    }


def is_undone(block: ast.Try) -> bool:
    """Whether all that is tried stands in a savepoint, or is a verb that writes nothing."""
    (first, *others) = block.body
    if others:
        return False
    if isinstance(first, ast.With):
        return "begin_nested" in {name for item in first.items for name in names_in(item)}
    called = first.value if isinstance(first, ast.Expr | ast.Assign) else None
    return isinstance(called, ast.Call) and bool(ONLY_LOOKS & names_in(called.func))


def says_so(function: ast.FunctionDef, handler: ast.ExceptHandler) -> bool:
    """Whether what follows is an answer of 400 or more, as far as the function itself can tell."""
    inside = [node for line in handler.body for node in ast.walk(line)]
    if any(isinstance(node, ast.Raise) for node in inside):
        return True
    returned = [node.value for node in inside if isinstance(node, ast.Return)]
    marked = bool({"refuse", "form_errors", "errors"} & set().union(*map(names_in, handler.body)))
    if returned:
        return all(is_refusal(answer) or (marked and is_nothing(answer)) for answer in returned)
    last = function.body[-1]
    if isinstance(last, ast.Return) and is_refusal(last.value):
        return True
    changed = {
        node.id for node in inside if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    return marked or bool(changed & decide_the_status(function))


def is_refusal(answer: ast.expr | None) -> bool:
    """Whether this is ``422``, ``page, 422``, ``page, refused.status`` or ``_told(409, …)``."""
    if isinstance(answer, ast.Tuple):
        return is_refusal(answer.elts[-1])
    if isinstance(answer, ast.Call):
        return bool(answer.args) and is_refusal(answer.args[0])
    if isinstance(answer, ast.Attribute):
        return answer.attr == "status"
    return isinstance(answer, ast.Constant) and answer.value in range(400, 600)


def is_nothing(answer: ast.expr | None) -> bool:
    """Whether a helper says that it did not succeed: its form tells why."""
    return answer is None or (isinstance(answer, ast.Constant) and not answer.value)


def decide_the_status(function: ast.FunctionDef) -> set[str]:
    """The names in the status of what a function answers."""
    answers = [node.value for node in ast.walk(function) if isinstance(node, ast.Return)]
    return set().union(
        *(names_in(each.elts[-1]) for each in answers if isinstance(each, ast.Tuple))
    )


def silent_in(tree: ast.AST) -> list[int]:
    """The lines where a refusal is caught and answered well, with what was written before it."""
    return [
        handler.lineno
        for function, block, handler in caught_in(tree)
        if not is_undone(block) and not says_so(function, handler)
    ]


def test_of_what_is_refused_nothing_is_kept() -> None:
    silent = [f"{name_of(file)}:{line}" for file in MAY_CATCH for line in silent_in(tree_of(file))]
    assert not silent
    assert len([each for file in MAY_CATCH for each in caught_in(tree_of(file))]) > 20


@pytest.mark.parametrize(
    ("tried", "told", "silent"),
    [
        ("rename(it)", "flash(str(error))", True),
        ("rename(it)", "return told(200, 'incomplete')", True),
        ("rename(it)", "form.refuse(form.name, str(error)); return redirect('/')", True),
        ("look(it)\n        with session().begin_nested(): rename(it)", "flash('x')", True),
        ("with session().begin_nested(): rename(it)", "flash(str(error))", False),
        ("rename(it)", "return page, error.status", False),
        ("rename(it)", "status = error.status", False),
        ("file = receive(it)", "files = []", False),
    ],
)
def test_it_is_seen_where_a_refusal_keeps_something(tried: str, told: str, silent: bool) -> None:
    view = (
        "def view(it):\n"
        "    status = 200\n"
        "    try:\n"
        f"        {tried}\n"
        "    except (NotPossible, Refused) as error:\n"
        f"        {told}\n"
        "    return page, status\n"
    )
    assert bool(silent_in(ast.parse(view))) is silent
