"""Records as lines of JSON until they are looked at: a tenth of the memory."""

from collections.abc import Iterable, Sequence
from typing import overload

from typing_extensions import override

from esfkit.model.record import Record


class PackedRecords(Sequence[Record]):
    """Records, each read from its line whenever it is asked for.

    Args:
        lines: One record each, without line end.
    """

    def __init__(self, lines: Iterable[bytes]) -> None:
        self.lines = tuple(lines)

    @override
    def __len__(self) -> int:
        return len(self.lines)

    @overload
    def __getitem__(self, place: int, /) -> Record: ...

    @overload
    def __getitem__(self, place: slice, /) -> "PackedRecords": ...

    @override
    def __getitem__(self, place: int | slice, /) -> "Record | PackedRecords":
        if isinstance(place, slice):
            return PackedRecords(self.lines[place])
        return Record.model_validate_json(self.lines[place])


def line_of(record: Record) -> bytes:
    """Return a record as a line of a JSONL dataset, without line end."""
    return record.model_dump_json().encode()


def lines_in(records: Sequence[Record]) -> Sequence[bytes]:
    """Return the records as such lines."""
    if isinstance(records, PackedRecords):
        return records.lines
    return [line_of(record) for record in records]
