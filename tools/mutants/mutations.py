"""The mutants of a file: what mutmut makes of it, and rows in another order.

mutmut itself mutates only what lies in functions, as it chooses between mutants while
the program runs. A library like these is half tables, so here a mutant is a whole file,
and its own classes and constants are mutated with it.
"""

from dataclasses import dataclass

import libcst as cst
from libcst import matchers
from libcst.metadata import MetadataWrapper, ParentNodeProvider, PositionProvider
from mutmut.mutation.file_mutation import MutationVisitor
from mutmut.mutation.mutators import mutation_operators
from mutmut.mutation.pragma_handling import IgnoredCode

from .survivors import Change


def swap_rows(node):
    """Of a table of rows, swap each with the next: their order is often the rule.

    :param libcst.Tuple node: any tuple
    :return: an iterator of mutated nodes
    """
    if all(matchers.matches(e.value, matchers.Call()) for e in node.elements):
        for n in range(len(node.elements) - 1):
            rows = list(node.elements)
            first, second = rows[n].value, rows[n + 1].value
            if first.deep_equals(second):
                continue
            rows[n] = rows[n].with_changes(value=second)
            rows[n + 1] = rows[n + 1].with_changes(value=first)
            yield node.with_changes(elements=rows)


OPERATORS = [*mutation_operators, (cst.Tuple, swap_rows)]


@dataclass(frozen=True)
class Place:
    """Where a mutant is.

    :ivar names: of the classes and functions around it, from the outermost on
    :ivar lines: of its statement, up to its own last one
    :ivar in_function: whether it is in the body of a function, and not in what is
        worked out when that is defined
    """

    names: tuple
    lines: range
    in_function: bool


class _Visitor(MutationVisitor):
    """mutmut's, with what its way of running mutants makes it leave out."""

    METADATA_DEPENDENCIES = (*MutationVisitor.METADATA_DEPENDENCIES, ParentNodeProvider)

    def __init__(self, caseless):
        super().__init__(OPERATORS, IgnoredCode(set(), set(), set()))
        self.caseless, self.places = caseless, []

    def _skip_node_and_children(self, node):
        # Properties, too: nothing here is called in place of the function.
        is_function = isinstance(node, cst.FunctionDef)
        return not is_function and super()._skip_node_and_children(node)

    def _create_mutations(self, node):
        before = len(self.mutations)
        super()._create_mutations(node)
        if self.caseless is not None and isinstance(node, cst.SimpleString):
            made = self.mutations[before:]
            if not self.caseless or node.evaluated_value in self.caseless:
                self.mutations[before:] = [x for x in made if not _only_capitals(x)]
        place = self._place(node) if len(self.mutations) > before else None
        self.places += [place] * (len(self.mutations) - before)

    def _place(self, node):
        names, first, in_function = [], None, False
        last = self.get_metadata(PositionProvider, node).end.line
        while not isinstance(node, cst.Module):
            if isinstance(node, cst.BaseStatement | cst.SimpleStatementLine):
                first = first or self.get_metadata(PositionProvider, node).start.line
            inner, node = node, self.get_metadata(ParentNodeProvider, node)
            if isinstance(node, cst.FunctionDef | cst.ClassDef):
                names.insert(0, node.name.value)
            if isinstance(node, cst.FunctionDef):
                in_function = inner is node.body
        return Place(tuple(names), range(first, last + 1), in_function)


def _only_capitals(mutation):
    """Whether a mutant is the same text with other capitals."""
    before, after = mutation.original_node, mutation.mutated_node
    return (
        isinstance(after, cst.SimpleString)
        and before.value.casefold() == after.value.casefold()
    )


class MutatedFile:
    """A file and its mutants, which are known by their number.

    :ivar places: the :class:`Place` of each
    """

    def __init__(self, root, path, caseless=None):
        """:param path: from ``root``
        :param caseless: its words that count in any case; an empty set for all
        """
        self.file, self.path = root / path, path
        self.source = self.file.read_text()
        visitor = _Visitor(caseless)
        self._module = MetadataWrapper(cst.parse_module(self.source)).visit(visitor)
        self._mutations, self.places = visitor.mutations, visitor.places

    def __len__(self):
        return len(self._mutations)

    def mutant(self, n):
        """:return: the source of a mutant; the file's own for None"""
        if n is None:
            return self.source
        mutation = self._mutations[n]
        mutated = self._module.deep_replace(
            mutation.original_node, mutation.mutated_node
        )
        return mutated.code

    def change(self, n):
        """:return: the :class:`Change` of a mutant"""
        before, after = self.source.splitlines(), self.mutant(n).splitlines()
        for end in (0, -1):  # leave out what is the same at either end
            while before and after and before[end] == after[end]:
                del before[end], after[end]
        was, becomes = ("\n".join(map(str.strip, x)) for x in (before, after))
        return Change(self.path, ".".join(self.places[n].names), was, becomes)
