"""The text of a completion, in whatever form a trainer hands it over.

Trainers hand over texts, lists of messages, sometimes with the thinking in a field of its own,
and lists of token ids beside them. A `Reader` knows the model's chat template and writes what
can be lost on the way back into the text: that the prompt has opened the thinking, delimiters
that no table knows, and delimiters that are special tokens and left out of decoded texts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from golong_data.chat_templates import ThinkingForm, thinking_form
from golong_data.metrics.delimiters import OPENED
from golong_data.metrics.thinking import closes_first, last_opening

_THINKING_FIELDS = ("reasoning_content", "reasoning", "thinking")
_THINKING_PARTS = frozenset({"thinking", "reasoning", "redacted_thinking"})


def completion_text(completion: Any) -> str:
    """The text of a completion: a string, or the last message of a list of messages.

    Thinking that a parser has put beside the content is put back before it. Bytes are read as
    UTF-8, scalars of numpy or Arrow as what they hold; what is no text at all is "".
    """
    try:
        return _text(completion)
    except Exception:
        # Whatever it is that fails so: no trainer is stopped by a completion.
        return ""


def _text(completion: Any) -> str:
    if isinstance(completion, str):
        return str(completion)
    if isinstance(completion, bytes | bytearray | memoryview):
        return bytes(completion).decode("utf-8", "replace")
    for name in ("as_py", "tolist"):
        if callable(convert := getattr(completion, name, None)):
            return _text(convert())
    if isinstance(completion, list | tuple):
        return _text(completion[-1]) if completion else ""
    if not isinstance(completion, Mapping):
        return ""
    said = _content(completion.get("content"))
    found = (_content(completion.get(name)) for name in _THINKING_FIELDS)
    thinking = next(filter(None, found), "")
    return f"<think>{thinking}</think>{said}" if thinking else said


def _content(content: Any) -> str:
    """The text of a message's content: text, or parts of which some are text."""
    if not isinstance(content, list | tuple):
        return "" if isinstance(content, Mapping) else _text(content)
    parts = (part for part in content if isinstance(part, Mapping))
    texts = (part.get("text") for part in parts if part.get("type") not in _THINKING_PARTS)
    return "".join(text for text in texts if isinstance(text, str))


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads completions of one model."""

    form: ThinkingForm
    decode: Callable[[Sequence[int]], str] | None = None
    """Token ids -> text with special tokens, up to where the turn ends."""

    def text(self, completion: Any, ids: Sequence[int] | None = None, *, prompt: Any = None) -> str:
        """A completion with its thinking between delimiters that metrics know.

        `prompt` is what it follows: messages, which the template has rendered, or a text,
        which it has not.
        """
        if self.decode is not None and ids is not None and self._is_lossy(completion):
            text = self.decode(ids)
        else:
            text = completion_text(completion)
        opening, closing = self.form.opening, self.form.closing
        if not self.form.known:
            text = text.replace(closing, "</think>") if closing else text
            # What stands in the closing as well says nothing by itself.
            text = text.replace(opening, "<think>") if opening not in closing else text
            opening = "<think>"
        begun = opened_by(prompt)
        if begun is None:
            begun = opening if self.form.opens else ""
        return f"{begun}\n{text}" if begun else text

    def _is_lossy(self, completion: Any) -> bool:
        """Whether the text of a completion lacks what its tokens tell."""
        if isinstance(completion, str):
            return self.form.hidden
        if not isinstance(completion, list) or len(completion) != 1:
            return False  # other turns are among the tokens
        return self.form.hidden or (
            isinstance(completion[0], Mapping) and not completion[0].keys() <= {"role", "content"}
        )


def reader_of(tokenizer: Any, **settings: Any) -> Reader:
    """A reader for a tokenizer (or processor) with a chat template.

    `settings` are those that prompts are rendered with: `enable_thinking`, `chat_template`.
    """
    inner = getattr(tokenizer, "tokenizer", tokenizer)
    last = {getattr(inner, name, None) for name in ("eos_token_id", "pad_token_id")} - {None}

    def decode(ids: Sequence[int]) -> str:
        kept = list(ids)
        while kept and kept[-1] in last:
            kept.pop()
        return str(inner.decode(kept, skip_special_tokens=False))

    return Reader(thinking_form(tokenizer, **settings), decode)


def reader_of_trainer(trainer: Any) -> Reader | None:
    """A reader for the model of a trainer as TRL's are; None where it has no chat template."""
    tokenizer = getattr(trainer, "processing_class", None)
    own = getattr(trainer, "chat_template", None)
    if not (own or getattr(tokenizer, "chat_template", None)):
        return None
    settings = dict(getattr(trainer, "chat_template_kwargs", None) or {})
    return reader_of(tokenizer, **settings, **({"chat_template": own} if own else {}))


def opened_by(prompt: Any) -> str | None:
    """The opening that a prompt itself ends with; None where a template ends the prompt."""
    if isinstance(prompt, str):
        return last_opening(prompt)
    if isinstance(prompt, list) and prompt and isinstance(prompt[-1], Mapping):
        # A turn that the model goes on with.
        if prompt[-1].get("role") == "assistant":
            return last_opening(completion_text(prompt))
    return None


def opened_among(texts: Sequence[str]) -> bool:
    """Whether the completions of one template show that it opens the thinking.

    It does if one of them closes thinking that it has not opened, and none opens its own.
    """
    shown = [closes_first(text) for text in texts]
    return True in shown and False not in shown


def opened(text: str) -> str:
    """A completion whose prompt opened the thinking, in a way that is not known."""
    return f"{OPENED}\n{text}"


def with_own_delimiters(text: str, pairs: str) -> str:
    """A text with a user's own delimiters written as those that metrics know.

    `pairs` has one "OPENING CLOSING" a line; a line of one word is a closing alone.

    >>> with_own_delimiters("{{Hm.}}42", "{{ }}")
    '<think>Hm.</think>42'
    """
    for line in pairs.splitlines():
        *opening, closing = line.split() or [""]
        if closing and closing in text:
            text = text.replace(closing, "</think>")
        if opening and opening[0] not in closing:
            text = text.replace(opening[0], "<think>")
    return text
