"""Reads the expressions of a template against the fields that exist: what is unknown, what is used.

Nothing is executed here: an expression is parsed and its names are looked up in the shape of what
the paper will be given.
"""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jinja2 import nodes
from jinja2.exceptions import TemplateError, TemplateSyntaxError
from jinja2.sandbox import SandboxedEnvironment

from overleg.word.environment import FILTERS, FUNCTIONS, LOOP, not_allowed
from overleg.word.fields import IN_DUTCH, Many, Record, Shape, Value

Tell = Callable[[str], None]
Scope = Mapping[str, Shape]
LOOP_FACTS = Record({name: Value() for name in LOOP})
_parser = SandboxedEnvironment()
_SAME = frozenset({"list", "select", "reject", "selectattr", "rejectattr"})
_TO_TEXT = frozenset({"count", "join", "length"})


@dataclass(slots=True)
class Reader:
    """Reads expressions one after another; ``used`` gathers the fields by their path."""

    tell: Tell
    used: set[str] = field(default_factory=set)
    _paths: dict[int, str] = field(default_factory=dict)
    _known_at_top: Scope = field(default_factory=dict)

    def value(self, code: str, scope: Scope) -> None:
        """A tag that writes something: ``{{ code }}``."""
        tree = self._parsed(f"{{{{ {code} }}}}")
        if tree is None:
            return
        for node in tree.find_all(nodes.Output):
            for written in node.nodes:
                self._written(code, self._shape(written, scope))

    def _written(self, code: str, shape: Shape | None) -> None:
        if isinstance(shape, Many):
            self.tell(
                f"“{code}” is een lijst: schrijf ze met een lus, bijvoorbeeld "
                f"{{%p for x in {code} %}} … {{%p endfor %}}."
            )
        elif isinstance(shape, Record):
            names = ", ".join(sorted(shape.fields))
            self.tell(f"“{code}” heeft zelf velden: kies er een ({names}).")
        elif shape is not None and shape.is_rich:
            self.tell(f"“{code}” is opgemaakte tekst: schrijf {{{{ richtext({code}) }}}}.")

    def condition(self, code: str, scope: Scope) -> None:
        """What comes after ``if`` or ``elif``."""
        tree = self._parsed(f"{{% if {code} %}}{{% endif %}}")
        found = tree.find(nodes.If) if tree is not None else None
        if found is not None:
            self._shape(found.test, scope)

    def loop(self, code: str, scope: Scope) -> Scope:
        """What comes after ``for``; returns the names within the loop."""
        tree = self._parsed(f"{{% for {code} %}}{{% endfor %}}")
        found = tree.find(nodes.For) if tree is not None else None
        if found is None:
            return scope
        shape = self._shape(found.iter, scope)
        if isinstance(shape, (Value, Record)):
            self.tell(f"“{code}” kan niet: een lus gaat over een lijst.")
        inner = dict(scope) | {"loop": LOOP_FACTS}
        if isinstance(found.target, nodes.Name):
            inner[found.target.name] = shape.of if isinstance(shape, Many) else Value()
            if isinstance(shape, Many):
                self._paths[id(inner[found.target.name])] = self._paths.get(id(shape), "")
        if found.test is not None:
            self._shape(found.test, inner)
        return inner

    def assignment(self, code: str, scope: Scope) -> Scope:
        """What comes after ``set``; returns the names after it."""
        tree = self._parsed(f"{{% set {code} %}}")
        found = tree.find(nodes.Assign) if tree is not None else None
        if found is None or not isinstance(found.target, nodes.Name):
            return scope
        shape = self._shape(found.node, scope)
        return dict(scope) | {found.target.name: shape or Value()}

    def _parsed(self, source: str) -> nodes.Template | None:
        try:
            tree = _parser.parse(source)
        except TemplateSyntaxError as fault:
            self.tell(f"Deze code is onvolledig of verkeerd geschreven ({fault.message}).")
            return None
        except TemplateError as fault:
            self.tell(f"Deze code kan niet gelezen worden ({fault}).")
            return None
        if found := not_allowed(tree):
            hint = ", ".join(sorted(FILTERS - {"d", "e", "escape", "count"}))
            self.tell(
                f"“{found}” is niet toegelaten in een sjabloon. Enkel velden, lussen, voorwaarden, "
                f"{' en '.join(sorted(FUNCTIONS))}, en de filters {hint}."
            )
            return None
        return tree

    def _shape(self, node: nodes.Node, scope: Scope) -> Shape | None:
        if isinstance(node, nodes.Name):
            return self._name(node.name, scope)
        if isinstance(node, nodes.Getattr):
            return self._member(self._shape(node.node, scope), node.attr)
        if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const):
            return self._item(self._shape(node.node, scope), node.arg.value)
        if isinstance(node, nodes.Filter) and node.node is not None:
            return self._filtered(node, scope)
        if isinstance(node, (nodes.CondExpr, nodes.Or, nodes.And)):
            shapes = [self._shape(child, scope) for child in node.iter_child_nodes()]
            return next((shape for shape in shapes if shape is not None), None)
        for child in node.iter_child_nodes():
            if not (isinstance(node, nodes.Call) and child is node.node):
                self._shape(child, scope)
        return None

    def _name(self, name: str, scope: Scope) -> Shape | None:
        if name not in scope:
            self.tell(f"Het veld “{name}” bestaat niet.{_suggestion(name, scope)}")
            return None
        found = scope[name]
        if name in self._known_at_top and found is self._known_at_top[name]:
            self.used.add(name)
            self._paths[id(found)] = name
        return found

    def knows(self, shape: Record) -> Scope:
        """The names outside any loop."""
        self._known_at_top = shape.fields
        return shape.fields

    def _member(self, shape: Shape | None, name: str) -> Shape | None:
        if shape is None:
            return None
        if not isinstance(shape, Record):
            self.tell(f"Het veld “{name}” bestaat niet: wat ervoor staat, heeft zelf geen velden.")
            return None
        if name not in shape.fields:
            self.tell(f"Het veld “{name}” bestaat niet.{_suggestion(name, shape.fields)}")
            return None
        if path := self._paths.get(id(shape)):
            self.used.add(f"{path}.{name}")
            self._paths[id(shape.fields[name])] = f"{path}.{name}"
        return shape.fields[name]

    def _item(self, shape: Shape | None, key: object) -> Shape | None:
        if isinstance(shape, Many) and isinstance(key, int):
            self._paths[id(shape.of)] = self._paths.get(id(shape), "")
            return shape.of
        return self._member(shape, str(key))

    def _filtered(self, node: nodes.Filter, scope: Scope) -> Shape | None:
        shape = self._shape(node.node, scope) if node.node is not None else None
        for argument in [*node.args, *(keyword.value for keyword in node.kwargs)]:
            self._shape(argument, scope)
        if node.name in _SAME:
            return shape
        if node.name in _TO_TEXT:
            return Value()
        if node.name in {"first", "last"} and isinstance(shape, Many):
            return shape.of
        return shape if isinstance(shape, Value) else None


def _suggestion(name: str, known: Mapping[str, Shape]) -> str:
    """The field that was probably meant: one that looks like it, or one that means it in Dutch."""
    close = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    if not close:
        wanted = name.lower().replace("_", " ").removesuffix(" html")
        means = {path: words for path, words in IN_DUTCH.items() if path in known}
        close = [path for path, words in means.items() if wanted and wanted in words.lower()][:1]
    return f" Bedoelt u “{close[0]}”?" if close else ""
