"""Arrow arrays to and from Python values and numpy, through their buffers.

`pyarrow.array` and `to_numpy` would do, but they import pandas on first use: most of a
second and some 60 MB in every process.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray


def numbers(values: Sequence[int] | NDArray[np.generic], kind: pa.DataType) -> pa.Array:
    """A column of whole numbers."""
    data = np.asarray(values, dtype=kind.to_pandas_dtype())
    return pa.Array.from_buffers(kind, len(data), [None, pa.py_buffer(data)])


def texts(values: Sequence[str], kind: pa.DataType) -> pa.Array:
    """A column of type string or large_string."""
    return blobs([value.encode() for value in values], kind)


def blobs(values: Sequence[bytes], kind: pa.DataType) -> pa.Array:
    """A column of byte strings of type string, large_string, or fixed-size binary."""
    data = pa.py_buffer(b"".join(values))
    if pa.types.is_fixed_size_binary(kind):
        return pa.Array.from_buffers(kind, len(values), [None, data])
    width = np.int64 if pa.types.is_large_string(kind) else np.int32
    offsets = np.zeros(len(values) + 1, dtype=width)
    np.cumsum([len(value) for value in values], out=offsets[1:])
    return pa.Array.from_buffers(kind, len(values), [None, pa.py_buffer(offsets), data])


def lists(values: Iterable[NDArray[np.int32]]) -> pa.ListArray:
    """A column of type list<int32>, one array per row."""
    arrays = list(values)
    offsets = np.zeros(len(arrays) + 1, dtype=np.int32)
    np.cumsum([len(array) for array in arrays], out=offsets[1:])
    flat = np.concatenate(arrays) if arrays else np.zeros(0, dtype=np.int32)
    return pa.ListArray.from_arrays(numbers(offsets, pa.int32()), numbers(flat, pa.int32()))


def column(values: Sequence[object], kind: pa.DataType) -> pa.Array:
    """A column of any of these types, without missing values."""
    if pa.types.is_list(kind):
        return lists(values)  # type: ignore[arg-type]  # the caller's type says list
    if pa.types.is_integer(kind):
        return numbers(values, kind)  # type: ignore[arg-type]
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return texts(values, kind)  # type: ignore[arg-type]
    return blobs(values, kind)  # type: ignore[arg-type]


def view(array: pa.Array) -> NDArray[np.generic]:
    """The values of a whole-number column without missing ones, not copied."""
    kind = np.dtype(array.type.to_pandas_dtype())
    if not len(array):
        return np.zeros(0, dtype=kind)
    return np.frombuffer(array.buffers()[1], kind, len(array), array.offset * kind.itemsize)


def weight(array: pa.Array) -> int:
    """The bytes of all values of a large_string column, offsets not counted."""
    if not len(array):
        return 0
    offsets = np.frombuffer(array.buffers()[1], np.int64)
    return int(offsets[array.offset + len(array)] - offsets[array.offset])


def views(array: pa.ChunkedArray) -> NDArray[np.generic]:
    """The same for a column of several batches, copied into one array."""
    kind = np.dtype(array.type.to_pandas_dtype())
    parts = [view(chunk) for chunk in array.chunks]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=kind)
