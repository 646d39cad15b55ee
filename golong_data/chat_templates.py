"""What a model's chat template says about its thinking: its delimiters, and who opens it.

A template is asked rather than read. It renders a conversation whose last turn has thinking,
in each field that templates look for it in; what then stands before the thinking and between
thinking and answer are its delimiters. And it renders the beginning of a turn: where that ends
with an opening, every completion starts inside the thinking.

Nothing here raises on account of a template: one that cannot be rendered says nothing.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from golong_data.metrics.delimiters import ANGLE
from golong_data.metrics.thinking import last_opening, without_thinking

_THOUGHT, _SAID = "Probe of what is thought.", "Probe of what is said."
_TALK = [{"role": "user", "content": "Probe of what is asked."}]
_TURN = {
    "role": "assistant",
    "content": _SAID,
    **dict.fromkeys(("reasoning_content", "reasoning", "thinking"), _THOUGHT),
}
_TAG = re.compile(r"(?:<[^<>\s]{1,60}>|\[[^\[\]\s]{1,40}\]|◁[^◁▷\s]{1,40}▷)\Z")
"""Something that looks like an opening, at the end of a text."""
_GENERATION = re.compile(r"\{%-?\s{0,9}(?:end)?generation\s{0,9}-?%\}")
"""Statements that mark what is trained on; they render nothing."""

Render = Callable[[list[dict[str, str]], bool], str]
"""(messages, whether a turn is to be begun) -> the prompt."""


@dataclass(frozen=True, slots=True)
class ThinkingForm:
    """How the turns of a model hold thinking."""

    opening: str = ""
    closing: str = ""
    """Both empty where the template has no thinking, or does not say."""
    known: bool = True
    """Whether metrics know these delimiters by themselves (see metrics.delimiters)."""
    opens: bool = False
    """Whether the prompt opens the thinking, so that completions start inside it."""
    hidden: bool = False
    """Whether the delimiters are lost where completions are decoded without special tokens."""


def thinking_form(template: Any, **settings: Any) -> ThinkingForm:
    """The form of thinking of a tokenizer (or processor), or of a chat template's text.

    `settings` go to the template: `enable_thinking=False`, or for a tokenizer another
    `chat_template`.

    >>> thinking_form("{{ messages[0].content }}{% if add_generation_prompt %}<think>{% endif %}")
    ThinkingForm(opening='<think>', closing='', known=True, opens=True, hidden=False)
    """
    text = template if isinstance(template, str) else None
    render = _jinja(text, settings) if text is not None else _tokenizers(template, settings)
    if render is None:
        return ThinkingForm()
    generation = _generation(render)
    opening, closing, known = _delimiters(render, generation.strip())
    if not closing:
        source = text or settings.get("chat_template") or getattr(template, "chat_template", "")
        opening, closing = _named(source if isinstance(source, str) else "")
    begun = last_opening(generation)
    if not known and opening and generation.rstrip().endswith(opening):
        begun = opening
    hidden = text is None and _hidden(template, closing)
    return ThinkingForm(begun or opening, closing, known, bool(begun), hidden)


@lru_cache(maxsize=8)
def form_of_model(model: str, settings: tuple[tuple[str, Any], ...] = ()) -> ThinkingForm | None:
    """The form of thinking of a model on this machine, by its folder or its id.

    None, with a warning, where no chat template of it can be read here.
    """
    template = _template_in(Path(model)) or _tokenizer(model)
    if template is None:
        warnings.warn(
            f"no chat template of {model} can be read here; if it opens the thinking itself, "
            "say thinking=true",
            RuntimeWarning,
            stacklevel=2,
        )
        return None
    return thinking_form(template, **dict(settings))


def _template_in(folder: Path) -> str | None:
    """The chat template that lies in a model's folder."""
    try:
        if (folder / "chat_template.jinja").is_file():
            return (folder / "chat_template.jinja").read_text(encoding="utf-8")
        for name in ("chat_template.json", "tokenizer_config.json"):
            if (folder / name).is_file():
                found = json.loads((folder / name).read_text(encoding="utf-8")).get("chat_template")
                if isinstance(found, list):
                    found = {entry["name"]: entry["template"] for entry in found}.get("default")
                if isinstance(found, str):
                    return found
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return None


def _tokenizer(model: str) -> Any:
    try:
        from transformers import AutoTokenizer

        tokenizer = AutoTokenizer.from_pretrained(
            model, local_files_only=True, trust_remote_code=False
        )
    except (ImportError, OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
    return tokenizer if tokenizer.chat_template else None


# --- asking -------------------------------------------------------------------------------


def _delimiters(render: Render, generation: str) -> tuple[str, str, bool]:
    """(opening, closing, whether they are known), empty where no thinking is rendered."""
    rendered = _tried(render, [*_TALK, _TURN], False)
    start = rendered.rfind(_THOUGHT)
    end = rendered.find(_SAID, start)
    if start < 0 or end < 0:
        return "", "", True
    before, between = rendered[:start].rstrip(), rendered[start + len(_THOUGHT) : end]
    opening = last_opening(before)
    if not opening and generation and generation in before:
        opening = before.rpartition(generation)[2].strip()
    if not opening and (match := _TAG.search(before)):
        opening = match.group()
    told = without_thinking(f"{opening}{_THOUGHT}{between}{_SAID}")
    known = told is not None and told.strip() == _SAID
    return opening, between.strip(), known or not between.strip()


def _named(source: str) -> tuple[str, str]:
    """(opening, closing) that a template's text names, where it renders no thinking."""
    found = {f"{m['slash'] or ''}{m.lastgroup}": m.group() for m in ANGLE.finditer(source)}
    for group, closing in found.items():
        if group.startswith("/"):
            return closing.replace("/", "", 1), closing
        if group.endswith("_close"):
            return found.get(group.replace("_close", "_open"), ""), closing
    return "", ""


def _generation(render: Render) -> str:
    """What the template writes to begin the model's turn."""
    begun, talk = _tried(render, _TALK, True), _tried(render, _TALK, False)
    return begun[len(talk) :] if begun.startswith(talk) else begun


def _tried(render: Render, messages: list[dict[str, str]], begin: bool) -> str:
    # A template may raise what it likes, and says nothing then.
    try:
        return render(messages, begin)
    except Exception:
        return ""


def _tokenizers(tokenizer: Any, settings: Mapping[str, Any]) -> Render | None:
    if not callable(getattr(tokenizer, "apply_chat_template", None)):
        return None

    def render(messages: list[dict[str, str]], begin: bool) -> str:
        return str(
            tokenizer.apply_chat_template(
                messages, add_generation_prompt=begin, tokenize=False, **settings
            )
        )

    return render


def _jinja(source: str, settings: Mapping[str, Any]) -> Render | None:
    from jinja2 import TemplateError
    from jinja2.sandbox import ImmutableSandboxedEnvironment

    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"]
    )

    def refuse(message: str) -> None:
        raise TemplateError(message)

    environment.globals.update(raise_exception=refuse, strftime_now=lambda form: form)
    try:
        template = environment.from_string(_GENERATION.sub("", source))
    except TemplateError:
        return None

    def render(messages: list[dict[str, str]], begin: bool) -> str:
        return template.render(messages=messages, add_generation_prompt=begin, **settings)

    return render


def _hidden(tokenizer: Any, closing: str) -> bool:
    tokenizer = getattr(tokenizer, "tokenizer", tokenizer)
    if not closing:
        return False
    try:
        ids = tokenizer.encode(closing, add_special_tokens=False)
        return closing not in tokenizer.decode(ids, skip_special_tokens=True)
    except (AttributeError, TypeError, ValueError, KeyError):
        return False
