"""Functions of the form language that reckon with numbers and dates."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from certgen.forms.language.functions import form_function

_LEADING_COUNT = re.compile(r"[0-9]{1,9}(?![0-9.,])")


@form_function("numbers", gives="number")
def sum_of(numbers: Iterable[Decimal]) -> Decimal:
    """The sum of the numbers; 0 when there are none."""
    return sum(numbers, Decimal(0))


@form_function("texts", gives="number")
def pieces(texts: Iterable[str]) -> int:
    """The sum of the whole numbers that these texts begin with: `440 bags` and `40 bags` make 480."""
    return sum(int(match.group()) for text in texts if (match := _LEADING_COUNT.match(text)))


@form_function("number", gives="yes or no")
def is_whole(number: Decimal) -> bool:
    """Whether the number has no fraction, as a count of pieces."""
    return Decimal(number) == Decimal(number).to_integral_value()


@form_function("dates", gives="date")
def earliest(days: Iterable[date]) -> date | None:
    """The first of the days, or nothing."""
    return min(days, default=None)


@form_function("dates", gives="date")
def latest(days: Iterable[date]) -> date | None:
    """The last of the days, or nothing."""
    return max(days, default=None)


@form_function("date", "date", gives="number")
def days_between(one: date, other: date) -> int:
    """How many days the second day comes after the first; below zero when it comes before."""
    return (other - one).days


@form_function("date", "number", gives="date")
def plus_months(day: date, months: Decimal) -> date:
    """The same day of the month so many months later; the month's last day where it is shorter."""
    years, month = divmod(day.month - 1 + int(months), 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
