"""What a number format makes of a number: a date, a time, a code with leading zeros, a share in per cent.

Format codes are those of ECMA-376 part 1, section 18.8.31; built-in ones of section 18.8.30.
"""

from __future__ import annotations

import locale
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Context, Decimal, InvalidOperation
from functools import lru_cache

BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    14: "mm-dd-yy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    37: "#,##0 ;(#,##0)",
    38: "#,##0 ;[Red](#,##0)",
    39: "#,##0.00;(#,##0.00)",
    40: "#,##0.00;[Red](#,##0.00)",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mmss.0",
    48: "##0.0E+0",
    49: "@",
    **dict.fromkeys((*range(27, 32), 36, *range(50, 59)), "yyyy/m/d"),
    **dict.fromkeys((32, 33, 34, 35), "h:mm:ss"),
}

_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.')
_BRACKETED = re.compile(r"\[[^\]]*\]")
_ELAPSED = re.compile(r"\[(h+|m+|s+)\]", re.IGNORECASE)
_LOCALE = re.compile(r"\[\$[^\]\-]*-([0-9A-Fa-f]{1,8})\]")
_AMERICAN_ENGLISH = 0x0409
_FIXED = re.compile(r"#*(?:,#*)?(0*)(?:,0+)*(?:\.(0+)#*)?")
_FIFTEEN_DIGITS = Context(prec=15)
_MANY_DIGITS = Context(prec=400)
_LARGEST_EXPONENT = 308
_LONGEST_CODE = 255
_DAY_THAT_NEVER_WAS = 60
_LAST_SERIAL = 2_958_465


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """A format code read: what kind of thing it shows and with how many digits."""

    code: str
    has_day: bool = False
    has_clock: bool = False
    is_percent: bool = False
    whole_digits: int = 0
    decimals: int = 0


@lru_cache(maxsize=4096)
def read_format(code: str) -> NumberFormat:
    """What the first section of a format code shows; a code longer than Excel takes shows nothing."""
    if code in ("", "General") or len(code) > _LONGEST_CODE:
        return NumberFormat("")
    if code == "@":
        return NumberFormat(code)
    section = _LITERAL.sub("", code).partition(";")[0]
    is_elapsed = bool(_ELAPSED.search(section))
    bare = _BRACKETED.sub("", section).lower().replace("general", "")
    clock = bare.replace("am/pm", "h").replace("a/p", "h")
    has_clock = is_elapsed or any(letter in clock for letter in "hs")
    has_day = any(letter in clock for letter in "ydg") or ("m" in clock and not has_clock)
    if has_clock or has_day:
        return NumberFormat(code, has_day=has_day, has_clock=has_clock and not is_elapsed)
    return _digits_of(code, bare.strip())


def find_language(code: str) -> str:
    """The language tag that a format code names (`[$-407]` is `de-DE`), else "".

    American English is passed over: every edition of Excel writes it into formats of its own list.
    """
    found = _LOCALE.search(code)
    number = int(found[1], 16) & 0xFFFF if found else 0
    if number == _AMERICAN_ENGLISH:
        return ""
    return locale.windows_locale.get(number, "").replace("_", "-")


def language_of(formats: Iterable[NumberFormat]) -> str:
    """The one language that a workbook's number formats name, if they agree."""
    languages = {find_language(shown.code) for shown in formats} - {""}
    return languages.pop() if len(languages) == 1 else ""


def parse_number(text: str) -> Decimal | None:
    """A number as a file writes it, kept to 15 significant digits as Excel shows it; None when it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _LARGEST_EXPONENT:
        return None
    if len(text) > _FIFTEEN_DIGITS.prec and len(number.as_tuple().digits) > _FIFTEEN_DIGITS.prec:
        number = _FIFTEEN_DIGITS.create_decimal(number).normalize()
    if int(number.as_tuple().exponent) > 0:
        return number.quantize(Decimal(1), context=_MANY_DIGITS)
    return number


def as_day_or_time(
    number: Decimal, shown: NumberFormat, *, from_1904: bool
) -> tuple[date | time, str] | None:
    """The date or time that this serial number shows under its format, with its text; None if none."""
    if shown.has_clock and not shown.has_day:
        return _time_of(number % 1) if number >= 0 else None
    if not shown.has_day or not 0 <= number <= _LAST_SERIAL + 1:
        return None
    moment = _moment(number, from_1904=from_1904)
    if moment is None:
        return None
    return describe_moment(moment)


def describe_moment(moment: datetime) -> tuple[date, str]:
    """The day of a moment, and its text with the time of day where it has one."""
    day = moment.date()
    has_time = (moment.hour, moment.minute, moment.second) != (0, 0, 0)
    return day, f"{day.isoformat()} {moment:%H:%M}" if has_time else day.isoformat()


def describe_number(number: Decimal, shown: NumberFormat) -> str:
    """What a person calls the number: never rounded, with the zeros and the % sign its format adds."""
    if shown.is_percent:
        return f"{describe_number(number * 100, NumberFormat('%', decimals=shown.decimals))}%"
    text = format(number, "f")
    whole, _, decimals = text.removeprefix("-").partition(".")
    if shown.code:
        decimals = decimals.rstrip("0").ljust(shown.decimals, "0")
    sign = "-" if text.startswith("-") else ""
    return f"{sign}{whole.zfill(shown.whole_digits)}{'.' if decimals else ''}{decimals}"


def _digits_of(code: str, bare: str) -> NumberFormat:
    is_percent = bare.endswith("%")
    fixed = _FIXED.fullmatch(bare.rstrip("% "))
    if fixed is None:
        return NumberFormat(code, is_percent=is_percent)
    return NumberFormat(code, is_percent=is_percent, whole_digits=len(fixed[1]), decimals=len(fixed[2] or ""))


def _time_of(share: Decimal) -> tuple[time, str]:
    minutes, second = divmod(int((share * 86_400).to_integral_value()) % 86_400, 60)
    moment = time(*divmod(minutes, 60), second)
    return moment, f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def _moment(number: Decimal, *, from_1904: bool) -> datetime | None:
    """Excel counts a 29 February 1900 that never was, unless the workbook counts from 1904."""
    if not from_1904 and int(number) in (0, _DAY_THAT_NEVER_WAS):
        return None
    start = datetime(1904, 1, 1) if from_1904 else datetime(1899, 12, 30)  # noqa: DTZ001  a day has no zone
    if not from_1904 and number < _DAY_THAT_NEVER_WAS:
        start += timedelta(days=1)
    try:
        return start + timedelta(seconds=int((number * 86_400).to_integral_value()))
    except OverflowError:
        return None
