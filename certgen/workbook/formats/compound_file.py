"""The container of old Office files: finds one stream inside it ([MS-CFB], sections 2.2 to 2.6)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from certgen.errors import UnreadableInputError
from certgen.workbook.formats.package import DAMAGED

_MINI_STREAM_BELOW_BYTES = 4096
_LAST_REGULAR_SECTOR = 0xFFFFFFFA
_ENTRY_BYTES = 128


def read_stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """The first stream with one of these names; raises UnreadableInputError when the container is damaged."""
    try:
        return _Container(data).read_stream(names)
    except (struct.error, IndexError) as error:
        raise UnreadableInputError(DAMAGED) from error


class _Container:
    def __init__(self, data: bytes) -> None:
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise UnreadableInputError(DAMAGED)
        self.sector_bytes, self.mini_bytes = 1 << shift, 1 << mini_shift
        self.table = self._numbers(self._table_sectors())
        (directory,) = struct.unpack_from("<I", data, 48)
        self.directory = self._chain(directory)

    def read_stream(self, names: tuple[str, ...]) -> bytes:
        for name, start, size in self._entries():
            if name in names:
                return self._read(start, size)
        raise UnreadableInputError(DAMAGED)

    def _read(self, start: int, size: int) -> bytes:
        if size >= _MINI_STREAM_BELOW_BYTES:
            return self._chain(start)[:size]
        _, root_start, _ = next(self._entries())
        small = self._chain(root_start)
        table = self._numbers(self._follow(struct.unpack_from("<I", self.data, 60)[0], self.table))
        places = (sector * self.mini_bytes for sector in self._follow(start, table))
        return b"".join(small[place : place + self.mini_bytes] for place in places)[:size]

    def _entries(self) -> Iterator[tuple[str, int, int]]:
        """Name, first sector and size of each stream; the first is the root, which holds the small ones."""
        for place in range(0, len(self.directory) - _ENTRY_BYTES + 1, _ENTRY_BYTES):
            entry = self.directory[place : place + _ENTRY_BYTES]
            length = struct.unpack_from("<H", entry, 64)[0]
            name = entry[: max(length - 2, 0)].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<II", entry, 116)
            yield name, start, size

    def _table_sectors(self) -> list[int]:
        """The sectors of the allocation table: 109 in the header, further ones in a chain of their own."""
        sectors = list(struct.unpack_from("<109I", self.data, 76))
        place, count = struct.unpack_from("<II", self.data, 68)
        per_sector = self.sector_bytes // 4
        for _ in range(min(count, len(self.data) // self.sector_bytes)):
            numbers = struct.unpack_from(f"<{per_sector}I", self.data, (place + 1) * self.sector_bytes)
            sectors += numbers[:-1]
            place = numbers[-1]
        return [sector for sector in sectors if sector < _LAST_REGULAR_SECTOR]

    def _numbers(self, sectors: list[int]) -> tuple[int, ...]:
        data = b"".join(self._sector(sector) for sector in sectors)
        return struct.unpack(f"<{len(data) // 4}I", data[: len(data) // 4 * 4])

    def _sector(self, sector: int) -> bytes:
        place = (sector + 1) * self.sector_bytes
        return self.data[place : place + self.sector_bytes]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(sector) for sector in self._follow(start, self.table))

    def _follow(self, start: int, table: tuple[int, ...]) -> list[int]:
        """The sectors of a chain; raises UnreadableInputError for one that bites its tail."""
        sectors: list[int] = []
        while start < _LAST_REGULAR_SECTOR:
            if len(sectors) > len(table):
                raise UnreadableInputError(DAMAGED)
            sectors.append(start)
            start = table[start]
        return sectors
