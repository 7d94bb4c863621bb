"""The sandbox of a Word template: it reads the values it is given and nothing else.

A template may come from outside. So its language is small: fields, loops, conditions, a short list
of filters, and the two functions of `Placeholders`. Attributes of Python objects do not exist in it
(a field is a key or a declared field, never a method), nothing else can be called, and what makes
much out of little (multiplying, formatting, ranges, macros) is no part of it.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from jinja2 import Environment, StrictUndefined, Template, nodes
from jinja2.exceptions import SecurityError, TemplateSyntaxError
from jinja2.lexer import TOKEN_DATA
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup, escape

from overleg.lib.blocks import without_control
from overleg.word.placeholders import Placeholders

FILTERS = frozenset(
    {"capitalize", "count", "d", "default", "e", "escape", "first", "join", "last", "length"}
    | {"list", "lower", "map", "reject", "rejectattr", "select", "selectattr", "title"}
    | {"trim", "upper"}
)
TESTS = frozenset({"defined", "undefined", "string", "number", "none", "true", "false", "odd"}) | {
    *("even", "eq", "ne", "lt", "gt", "le", "ge", "in", "equalto", "==", "!=", "<", ">", "<=", ">=")
}
FUNCTIONS = frozenset({"richtext", "link"})
LOOP = frozenset({"index", "index0", "revindex", "revindex0", "first", "last", "length"})
_LANGUAGE = (
    *(nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Keyword),
    *(nodes.Getattr, nodes.Getitem, nodes.For, nodes.If, nodes.CondExpr, nodes.Test, nodes.Filter),
    *(nodes.Call, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat),
    *(nodes.List, nodes.Tuple, nodes.Assign, nodes.Add, nodes.Sub, nodes.Neg),
)
_WORDS: dict[type[nodes.Node], str] = {
    nodes.Include: "include",
    nodes.Import: "import",
    nodes.FromImport: "import",
    nodes.Extends: "extends",
    nodes.Macro: "macro",
    nodes.CallBlock: "call",
    nodes.Block: "block",
    nodes.Mul: "*",
    nodes.Pow: "**",
    nodes.Mod: "%",
}


def not_allowed(tree: nodes.Node) -> str:
    """The first thing in a parsed template that is no part of its language; empty when all is."""
    if not isinstance(tree, _LANGUAGE):
        return _WORDS.get(type(tree), type(tree).__name__.lower())
    if isinstance(tree, nodes.For) and tree.recursive:
        return "recursive"
    if isinstance(tree, nodes.Getattr) and tree.attr.startswith("_"):
        return tree.attr
    if isinstance(tree, nodes.Filter) and tree.name not in FILTERS:
        return tree.name
    if isinstance(tree, nodes.Call) and not _is_function(tree.node):
        return "(...)"
    return next((found for child in tree.iter_child_nodes() if (found := not_allowed(child))), "")


def _is_function(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Name) and node.name in FUNCTIONS


def _literal(value: object) -> object:
    """A value as it enters the XML: no characters that XML refuses, braces kept from docxtpl."""
    if not isinstance(value, str):
        return value
    safe = without_control(str(escape(value)))
    return Markup(safe.replace("{", "&#123;").replace("}", "&#125;"))  # noqa: S704 escaped above


_MARK = re.compile("\x01([0-9]+)\x01")
"""Where a text stood: XML has no such character, and values lose it on their way in."""


def _set_apart(environment: Environment, source: str) -> tuple[str, list[str]]:
    """The codes of a template with a mark for each text between them, and those texts.

    Templates of municipalities mostly have the codes of ours in a document of their own: compiling
    is most of the work, and so it is done once for all of them.
    """
    if "\x01" in source:
        return source, []
    codes: list[str] = []
    texts: list[str] = []
    for _line, kind, value in environment.lexer.tokeniter(source, None):
        if kind == TOKEN_DATA:
            codes.append(f"\x01{len(texts)}\x01")
            texts.append(value)
        else:
            codes.append(value)
    return "".join(codes), texts


class _Template:
    """A compiled template and the texts to put back between what its codes say."""

    def __init__(self, compiled: Template, texts: Sequence[str]) -> None:
        self._compiled, self._texts = compiled, texts

    def render(self, *args: Any, **kwargs: Any) -> str:
        """The template filled in."""
        said = self._compiled.render(*args, **kwargs)
        return _MARK.sub(lambda mark: self._texts[int(mark[1])], said) if self._texts else said


class PaperEnvironment(ImmutableSandboxedEnvironment):
    """Compiles templates in the small language; compiled ones are kept."""

    intercepted_binops = frozenset({"*", "**", "/", "//", "%"})

    def __init__(self) -> None:
        super().__init__(autoescape=True, undefined=StrictUndefined, finalize=_literal)
        self.globals.clear()
        for table, kept in ((self.filters, FILTERS), (self.tests, TESTS)):
            for name in set(table) - kept:
                del table[name]
        self._compiled = lru_cache(maxsize=200)(super().from_string)

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        """The template, compiled from memory when one with the same codes was seen before."""
        codes, texts = _set_apart(self, str(source))
        try:
            return _Template(self._compiled(codes), texts)
        except TemplateSyntaxError:
            return self._compiled(source)  # raises it anew, with the line in the source

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Parses, and refuses what is no part of the language. Raises ``SecurityError``."""
        tree = super()._parse(source, name, filename)
        if found := not_allowed(tree):
            raise SecurityError(found)
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        """A field of a given value, or a fact about the loop; a Python attribute never."""
        return self._field(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The same for ``value["field"]``, and a member of a list by its place."""
        if isinstance(obj, (list, tuple)) and isinstance(argument, int):
            if -len(obj) <= argument < len(obj):
                return obj[argument]
            return self.undefined(obj=obj, name=str(argument))
        return self._field(obj, argument)

    def _field(self, obj: Any, name: Any) -> Any:
        if isinstance(obj, Mapping):
            found = obj.get(name, self)
            return found if found is not self else self.undefined(obj=obj, name=name)
        if isinstance(obj, LoopContext) and name in LOOP:
            return getattr(obj, name)
        if name in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, name)
        return self.undefined(obj=obj, name=name)

    def is_safe_callable(self, obj: Any) -> bool:
        """Only the two functions can be called."""
        return isinstance(getattr(obj, "__self__", None), Placeholders)

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """Refuses what could fill the memory: a multiplied or a formatted text."""
        raise SecurityError(operator)
