"""Finds columns that no table has: `visits.c.themse`, `visits.c["themse"]`, `update(visits).values(themse=…)`.

mypy cannot: SQLAlchemy Core types every column of a table alike. Rows are TypedDicts, so mypy finds a wrong key of those.
"""

from __future__ import annotations

import ast
import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

FOLDERS = ("chassis", "common", "services", "digipunt")


class Fault(NamedTuple):
    """A column that is named and does not exist."""

    line: int
    table: str
    column: str


def is_tables(module: str) -> bool:
    """Whether tables are declared in this module."""
    return module == "chassis.storage.tables" or (
        module.startswith("services.") and module.endswith(".tables")
    )


def faults(source: str) -> list[Fault]:
    """The columns that `source` names and that no table has."""
    tree = ast.parse(source)
    tables = _Tables(tree)
    found = []
    for node in ast.walk(tree):
        for table, column in _named(node, tables):
            if column not in table.c:
                found.append(Fault(node.lineno, table.name, column))  # type: ignore[attr-defined]
    return found


class _Tables:
    """What the names in one module stand for: tables, modules of tables, and the columns of a table."""

    def __init__(self, tree: ast.Module) -> None:
        self._tables: dict[str, sa.Table] = {}
        self._modules: dict[str, object] = {}
        self._columns: dict[str, sa.Table] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                for alias in node.names:
                    self._import(node.module, alias)
        for node in ast.walk(tree):
            if isinstance(node, ast.Assign):
                for target in node.targets:
                    if isinstance(target, ast.Name):
                        self._assign(target.id, node.value)

    def table(self, node: ast.expr) -> sa.Table | None:
        """The table that an expression stands for: `visits`, `tables.visits` or an alias of either."""
        match node:
            case ast.Name(id=name):
                return self._tables.get(name)
            case ast.Attribute(value=ast.Name(id=module), attr=name) if module in self._modules:
                found = getattr(self._modules[module], name, None)
                return found if isinstance(found, sa.Table) else None
            case ast.Call(func=ast.Attribute(value=inner, attr="alias")):
                return self.table(inner)
        return None

    def columns(self, node: ast.expr) -> sa.Table | None:
        """The table whose columns an expression stands for: `visits.c`, or a name for that."""
        match node:
            case ast.Attribute(value=inner, attr="c"):
                return self.table(inner)
            case ast.Name(id=name):
                return self._columns.get(name)
        return None

    def _import(self, module: str, alias: ast.alias) -> None:
        name = alias.asname or alias.name
        if is_tables(module):
            found = getattr(importlib.import_module(module), alias.name, None)
            if isinstance(found, sa.Table):
                self._tables[name] = found
        elif is_tables(f"{module}.{alias.name}"):
            self._modules[name] = importlib.import_module(f"{module}.{alias.name}")

    def _assign(self, name: str, value: ast.expr) -> None:
        if (table := self.table(value)) is not None:
            self._tables[name] = table
        elif (table := self.columns(value)) is not None:
            self._columns[name] = table


_METHODS = frozenset(dir(sa.Table("t", sa.MetaData()).c))
"""What a collection of columns can do, such as `keys`."""


def _named(node: ast.AST, tables: _Tables) -> Iterator[tuple[sa.Table, str]]:
    """The columns that this node names, with the table of each."""
    match node:
        case ast.Attribute(value=value, attr=column) if column not in _METHODS:
            if (table := tables.columns(value)) is not None:
                yield table, column
        case ast.Subscript(value=value, slice=ast.Constant(value=str(column))):
            if (table := tables.columns(value)) is not None:
                yield table, column
        case ast.Call(func=ast.Attribute(value=statement, attr="values"), args=args, keywords=keywords):
            if (table := _written(statement, tables)) is not None:
                yield from ((table, each.arg) for each in keywords if each.arg)
                for arg in args:
                    keys = arg.keys if isinstance(arg, ast.Dict) else []
                    yield from (
                        (table, key.value)
                        for key in keys
                        if isinstance(key, ast.Constant) and isinstance(key.value, str)
                    )


def _written(statement: ast.expr, tables: _Tables) -> sa.Table | None:
    """The table of `sa.update(table)…`, `sa.insert(table)…` or `upsert(dialect, table)…`."""
    while isinstance(statement, ast.Call):
        for arg in statement.args:
            if (table := tables.table(arg)) is not None:
                return table
        if not isinstance(statement.func, ast.Attribute):
            return None
        statement = statement.func.value
    return None


def main() -> int:
    """Print every fault; 1 when there is any."""
    found = [
        f"{path.relative_to(ROOT)}:{fault.line}: {fault.table} has no column {fault.column}"
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        for fault in faults(path.read_text(encoding="utf-8"))
    ]
    print("\n".join(found), end="\n" if found else "")
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
