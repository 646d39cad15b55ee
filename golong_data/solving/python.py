"""Python read back out of a prompt by its tokens: what solvers over code start from.

Nothing here builds a syntax tree: definitions are found by `def` at the start of a
statement, owners by indentation, arguments by the commas between brackets.
"""

from __future__ import annotations

import io
import keyword
import re
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from golong_data.solving import reading

_STEPS = {"(": 1, "[": 1, "{": 1, ")": -1, "]": -1, "}": -1}


@dataclass(frozen=True, slots=True)
class SeenCall:
    """A call as read."""

    owner: str
    """"f" or "C.m": the outermost function around it; empty outside of any."""
    chain: tuple[str, ...]
    """Its dotted callee."""
    n_positional: int
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """A function or method as read."""

    name: str
    parameters: tuple[str, ...] | None
    """Each with annotation and default, white space left out, quotes alike; None where
    unreadable."""


@dataclass(frozen=True, slots=True)
class Code:
    """A text of Python as read."""

    definitions: tuple[Definition, ...]
    calls: tuple[SeenCall, ...]


def modules(prompt: str, part: re.Pattern[str]) -> dict[str, str]:
    """Title -> text of every document, joined in their order where titles differ by `part`."""
    found: dict[str, list[str]] = {}
    for title, text in reading.documents(prompt).items():
        found.setdefault(part.sub("", title), []).append(text)
    return {title: "\n\n".join(texts) for title, texts in found.items()}


def read(text: str) -> Code | None:
    """Definitions and calls of a text; None where it does not split into tokens."""
    tokens = _tokens(text)
    return None if tokens is None else _Reader(tokens).read()


def fields(text: str) -> dict[str, list[str]] | None:
    """Class.field -> what each statement of it says behind its name, in alphabetical order;
    None where the text does not split into tokens or a statement breaks off."""
    tokens = _tokens(text)
    if tokens is None:
        return None
    found: dict[str, list[str]] = {}
    blocks: list[str] = []  # the first words of the lines that opened those that are open
    line: list[str] = []
    opened = ""
    for token in tokens:
        if token.type == tokenize.INDENT:
            blocks.append(opened)
        elif token.type == tokenize.DEDENT:
            blocks.pop()
        elif token.type == tokenize.NEWLINE or token.string == ";":
            field = _field(blocks, line)
            if field:
                if field[1].endswith((":", "=")):
                    return None
                found.setdefault(field[0], []).append(field[1])
            opened, line = " ".join(line[:2]), []
        else:
            line.append(_unquoted(token.string))
    return {name: sorted(texts) for name, texts in found.items()}


def _field(blocks: Sequence[str], line: Sequence[str]) -> tuple[str, str] | None:
    """The field that a line states, by the lines that opened the blocks around it."""
    if not blocks or not blocks[0].startswith("class "):
        return None
    own = line
    if len(blocks) == 2 and blocks[1] == "def __init__" and line[:2] == ["self", "."]:
        own = line[2:]
    elif len(blocks) > 1:
        return None
    if len(own) < 2 or own[1] not in (":", "=") or not own[0].isidentifier():
        return None
    if keyword.iskeyword(own[0]):
        return None
    name = f"{blocks[0].removeprefix('class ')}.{own[0]}"
    return name, " ".join(own[1:])


def _unquoted(word: str) -> str:
    """A string written in double quotes where it holds none and nothing is escaped."""
    found = re.fullmatch(r"(\w*)'([^'\"\\\n]*)'", word)
    return f'{found[1]}"{found[2]}"' if found else word


def _tokens(text: str) -> list[tokenize.TokenInfo] | None:
    """A text's tokens without comments; None where it does not split."""
    try:
        return [
            t
            for t in tokenize.generate_tokens(io.StringIO(text + "\n").readline)
            if t.type not in (tokenize.COMMENT, tokenize.NL)
        ]
    except (tokenize.TokenError, SyntaxError):
        return None


class _Reader:
    """One pass over tokens, with the stack of blocks that are open."""

    def __init__(self, tokens: Sequence[tokenize.TokenInfo]) -> None:
        self.tokens = tokens
        self.words = [t.string for t in tokens]
        self.blocks: list[tuple[str, str, int]] = []  # "def" or "class", name, depth of its body
        self.definitions: list[Definition] = []
        self.calls: list[SeenCall] = []

    def read(self) -> Code:
        depth, pending = 0, None
        inline = False
        for i, token in enumerate(self.tokens):
            if token.type == tokenize.INDENT:
                depth += 1
                if pending:
                    self.blocks.append((*pending, depth))
                    pending = None
            elif token.type == tokenize.DEDENT:
                depth -= 1
                while self.blocks and self.blocks[-1][2] > depth:
                    self.blocks.pop()
            elif token.type == tokenize.NEWLINE and inline:
                self.blocks.pop()
                inline = False
            elif token.type == tokenize.NAME:
                if token.string in ("def", "class") and self._starts_statement(i):
                    pending = (token.string, self.words[i + 1])
                    colon = self._define(i, depth)
                elif self.words[i + 1] == "(" and not keyword.iskeyword(token.string):
                    self._call(i)
            elif token.string == ":" and pending and i == colon:
                if self.tokens[i + 1].type != tokenize.NEWLINE:
                    self.blocks.append((*pending, depth + 1))
                    pending, inline = None, True
        return Code(tuple(self.definitions), tuple(self.calls))

    def _starts_statement(self, i: int) -> bool:
        before = i - 1
        while before >= 0 and self.words[before] == "async":
            before -= 1
        kinds = (tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING)
        return before < 0 or self.tokens[before].type in kinds

    def _define(self, i: int, depth: int) -> int:
        """Notes a definition; where the colon behind its header stands."""
        end = i + 1
        parameters = None
        if self.words[i + 2] == "(":
            end = self._closing(i + 2)
            split = self._split(i + 3, end)
            parameters = tuple("".join(map(_unquoted, part)) for part in split)
        if self.words[i] == "def":
            within = [name for _, name, _ in self.blocks]
            if depth == len(within) and [b[0] for b in self.blocks] in ([], ["class"]):
                name = ".".join([*within, self.words[i + 1]])
                self.definitions.append(Definition(name, parameters))
        level = 0
        for k in range(end + 1, len(self.words)):
            level += _step(self.words[k])
            if self.words[k] == ":" and level == 0:
                return k
        return len(self.words)

    def _owner(self) -> str:
        kinds = [(kind, depth) for kind, _, depth in self.blocks[:2]]
        if kinds[:1] == [("def", 1)]:
            return self.blocks[0][1]
        if kinds == [("class", 1), ("def", 2)]:
            return f"{self.blocks[0][1]}.{self.blocks[1][1]}"
        return ""

    def _call(self, i: int) -> None:
        start = i
        while start >= 2 and self.words[start - 1] == ".":
            if self.tokens[start - 2].type != tokenize.NAME:
                return
            start -= 2
        if self.words[start - 1] in ("def", "class"):
            return
        positional, keywords = 0, []
        for part in self._split(i + 2, self._closing(i + 1)):
            if len(part) > 2 and part[1] == "=" and part[0].isidentifier():
                keywords.append(part[0])
            else:
                positional += not part[0].startswith("*")
        chain = tuple(self.words[start : i + 1 : 2])
        self.calls.append(SeenCall(self._owner(), chain, positional, tuple(keywords)))

    def _closing(self, i: int) -> int:
        level = 0
        for k in range(i, len(self.words)):
            level += _step(self.words[k])
            if level == 0:
                return k
        return len(self.words) - 1

    def _split(self, start: int, stop: int) -> Iterator[list[str]]:
        """Tokens start..stop cut at their outer commas, those of a lambda's head left alone."""
        part: list[str] = []
        level = heads = 0
        for word in self.words[start:stop]:
            if not word:
                continue
            level += _step(word)
            if level == 0 and word == "lambda":
                heads += 1
            elif level == 0 and word == ":" and heads:
                heads -= 1
            if word == "," and level == 0 and not heads:
                if part:
                    yield part
                part = []
            else:
                part.append(word)
        if part:
            yield part


def _step(word: str) -> int:
    """How much deeper into brackets a token leads."""
    return _STEPS.get(word, 0)
