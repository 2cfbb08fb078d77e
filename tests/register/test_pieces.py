"""Whatever is taken apart joins to the same bytes."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from certgen.register.pieces import join, pack, split, unpack

WORDS = st.sampled_from([b"stream", b"endstream", b"stream\r\n", b"strea", b"endobj\n7 0 obj\n", b""])
RUNS = st.builds(bytes.__mul__, st.binary(min_size=1, max_size=3), st.sampled_from([1, 505, 512, 1500]))
FILES = st.lists(st.builds(bytes.__add__, RUNS, WORDS), max_size=12).map(b"".join)


@given(FILES)
def test_any_bytes_come_back_as_they_were(whole: bytes) -> None:
    parts = split(whole)
    assert join(parts.rest, parts.pieces) == whole
    assert all(whole[place : place + len(piece)] == piece for place, piece in parts.pieces)


@given(FILES)
def test_packing_changes_nothing(content: bytes) -> None:
    assert unpack(pack(content)) == content


@given(st.binary(max_size=50), st.lists(st.tuples(st.integers(-(2**63), 2**63 - 1), st.binary(max_size=20))))
def test_parts_that_do_not_belong_together_still_join(rest: bytes, pieces: list[tuple[int, bytes]]) -> None:
    assert isinstance(join(rest, pieces), bytes)


@given(st.binary(max_size=200))
def test_what_was_never_packed_is_nothing(torn: bytes) -> None:
    assert unpack(torn) == b""


def test_a_font_is_the_same_piece_whatever_stands_around_it() -> None:
    font = b"\nglyphs" * 1000 + b"\nendstream"
    one = split(b"%PDF\n7 0 obj <</Length 7000>>stream" + font + b"\nendobj")
    two = split(b"%PDF\n12 0 obj <</Length 7000>>stream" + font + b"\nendobj\ntrailer")
    assert [piece for _, piece in one.pieces] == [piece for _, piece in two.pieces] == [font]


def test_what_is_small_is_left_together() -> None:
    whole = b"1 0 obj stream 0 0 m endstream endobj 2 0 obj stream 1 1 l endstream endobj"
    assert split(whole).rest == whole
    assert split(whole).pieces == ()
