"""Where a line may end: at spaces, and in Chinese and Japanese between letters (the rules called kinsoku).

A line neither begins with what closes or prolongs (a full stop, a bracket, a small kana) nor ends with what
opens. Korean is parted at its spaces, as Latin is: in the middle of a word a reader could not tell whether a
space was there. Codes stay whole, in fullwidth digits too and at their hyphens: in halves a lot reads as two.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_LETTERS = (
    "\u2e80-\u2fdf\u3001-\u312f\u3190-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe6f"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff9f\U00020000-\U0003ffff"
)
_JOINING = "-–—/_.－／＿．"
_NEVER_FIRST = re.escape(
    f"{_JOINING},;:!?)]}}»’”…‥%‰°"
    "、。，・：；？！）］｝〉》」』】〕〗〙〛〞〟｠｡｣､･％℃"
    "ぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ"
    "ｧｨｩｪｫｬｭｮｯｰﾞﾟ゛゜ー々〻ゝゞヽヾ〜～"
)
_NEVER_LAST = re.escape(f"{_JOINING}([{{«‘“$£€¥（［｛〈《「『【〔〖〘〚〝｟｢￥＄￡")
_BREAK = re.compile(
    f"(?<=[{_LETTERS}])(?<![{_NEVER_LAST}])(?![{_NEVER_FIRST}])"
    f"|(?<![{_NEVER_LAST}])(?=[{_LETTERS}])(?![{_NEVER_FIRST}])"
)


def split_pieces(paragraph: str) -> Iterator[tuple[str, bool]]:
    """What stays together on a line, each with whether a space parts it from the piece before."""
    for word in paragraph.split(" "):
        if word.isascii():
            yield word, True
            continue
        first, *others = filter(None, _BREAK.split(word))
        yield first, True
        yield from ((piece, False) for piece in others)
