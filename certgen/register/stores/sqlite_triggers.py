"""The guards of the tables as triggers of SQLite."""

from __future__ import annotations

from certgen.register.stores.guards import Alone, Guard, Kept
from certgen.register.stores.schema import GUARDS

FIND_TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


def trigger(guard: Guard) -> str:
    """A trigger that refuses what is guarded against."""
    if isinstance(guard, Kept):
        name, act, condition = f"no_{guard.act}", guard.act, ""
    elif isinstance(guard, Alone):
        name, act, condition = "alone", "INSERT", f"WHEN {guard.condition} "
    else:
        name, act, condition = guard.name, "UPDATE", f"WHEN {guard.condition} "
    return (
        f"CREATE TRIGGER {guard.table}_{name} BEFORE {act} ON {guard.table} "
        f"{condition}BEGIN SELECT RAISE(ABORT, '{guard.sentence}'); END"
    )


TRIGGERS = {sql.split(maxsplit=3)[2]: sql for sql in map(trigger, GUARDS)}
"""Every trigger of a register, by its name."""
