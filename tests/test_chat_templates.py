"""What chat templates say about thinking: made ones, and those that TRL brings along."""

from __future__ import annotations

import doctest
import json
from pathlib import Path
from typing import Any

import pytest

from golong_data import chat_templates
from golong_data.chat_templates import ThinkingForm, form_of_model, thinking_form

HEAD = "{% for m in messages %}<|im_start|>{{ m.role }}\n"
FOOT = "{{ m.content }}<|im_end|>\n{% endfor %}"
BEGIN = "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"


def template(opening: str, closing: str, begun: str = "") -> str:
    """A ChatML template whose turns have thinking between delimiters."""
    thought = f"{{% if m.reasoning_content %}}{opening}{{{{ m.reasoning_content }}}}{closing}"
    begin = BEGIN.replace("{% endif %}", begun + "{% endif %}")
    return f"{HEAD}{thought}{{% endif %}}{FOOT}{begin}"


def test_examples_in_docstrings() -> None:
    assert doctest.testmod(chat_templates).failed == 0


@pytest.mark.parametrize(
    ("source", "settings", "form"),
    [
        ("", {}, ThinkingForm()),
        (HEAD + FOOT + BEGIN, {}, ThinkingForm()),
        ("{% broken", {}, ThinkingForm()),
        ("{{ raise_exception('no') }}", {}, ThinkingForm()),
        (template("<think>\n", "\n</think>\n\n"), {}, ThinkingForm("<think>", "</think>")),
        (
            template("<think>", "</think>", "<think>\n"),
            {},
            ThinkingForm("<think>", "</think>", opens=True),
        ),
        (
            template("<think>", "</think>", "{% if thinks %}<think>{% endif %}"),
            {"thinks": True},
            ThinkingForm("<think>", "</think>", opens=True),
        ),
        (
            template("<think>", "</think>", "{% if thinks %}<think>{% endif %}"),
            {"thinks": False},
            ThinkingForm("<think>", "</think>"),
        ),
        (
            template("<think>", "</think>", "<think>\n\n</think>\n\n"),
            {},
            ThinkingForm("<think>", "</think>"),
        ),
        (template("[THINK]", "[/THINK]"), {}, ThinkingForm("[THINK]", "[/THINK]")),
        # Delimiters that no table knows.
        (
            template("<ponder>", "</ponder>\n"),
            {},
            ThinkingForm("<ponder>", "</ponder>", known=False),
        ),
        (
            template("<ponder>", "</ponder>", "<ponder>\n"),
            {},
            ThinkingForm("<ponder>", "</ponder>", known=False, opens=True),
        ),
        (template("((", "))"), {}, ThinkingForm("((", "))", known=False)),
        # Thinking that is only taken out of earlier turns.
        (
            HEAD + "{% set said = m.content.split('</think>')[-1] %}{{ said }}{% endfor %}" + BEGIN,
            {},
            ThinkingForm("<think>", "</think>"),
        ),
    ],
)
def test_made_templates(source: str, settings: dict[str, Any], form: ThinkingForm) -> None:
    assert thinking_form(source, **settings) == form


THINK = ("<think>", "</think>")
OF_TRL = {
    # template -> (delimiters, opens by default, opens with enable_thinking=False)
    "qwen3": (THINK, False, False),
    "qwen3_5_think": (THINK, True, False),
    "qwen3_5_nothink": (THINK, False, False),
    "qwen3_6": (THINK, True, False),
    "deepseek_r1_distill": (THINK, True, True),
    "glm4moe": (THINK, False, False),
    "lfm2_2_5": (THINK, False, False),
    "nemotron_3_nano": (THINK, True, False),
    "gptoss": (
        (
            "<|channel|>analysis<|message|>",
            "<|end|><|start|>assistant<|channel|>final<|message|>",
        ),
        False,
        False,
    ),
    "gemma4_v5": (("<|channel>thought", "<channel|>"), False, False),
    "llama3": (("", ""), False, False),
    "qwen2_5": (("", ""), False, False),
    "phi3": (("", ""), False, False),
}


@pytest.mark.parametrize("name", OF_TRL)
def test_templates_of_real_models(name: str) -> None:
    """As TRL has them; skipped where it is not installed or has them no longer."""
    trl = pytest.importorskip("trl")
    path = Path(trl.__path__[0]) / "chat_templates" / f"{name}.jinja"
    if not path.is_file():
        pytest.skip(f"no template {name} in this TRL")
    source = path.read_text(encoding="utf-8")
    delimiters, opens, opens_without = OF_TRL[name]
    form = thinking_form(source)
    assert (form.opening, form.closing) == delimiters
    assert form.known
    assert form.opens == opens
    assert thinking_form(source, enable_thinking=False).opens == opens_without


@pytest.mark.parametrize("place", ["jinja", "config", "named", "json"])
def test_a_model_s_folder_is_read_without_its_tokenizer(tmp_path: Path, place: str) -> None:
    source = template("<think>", "</think>", "<think>\n")
    files: dict[str, Any] = {
        "jinja": ("chat_template.jinja", source),
        "config": ("tokenizer_config.json", json.dumps({"chat_template": source})),
        "json": ("chat_template.json", json.dumps({"chat_template": source})),
        "named": (
            "tokenizer_config.json",
            json.dumps({"chat_template": [{"name": "default", "template": source}]}),
        ),
    }
    name, text = files[place]
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert form_of_model(str(tmp_path)) == ThinkingForm("<think>", "</think>", opens=True)


def test_a_model_that_is_not_here_says_nothing_and_warns(tmp_path: Path) -> None:
    (tmp_path / "tokenizer_config.json").write_text("[", encoding="utf-8")
    for name in (tmp_path, tmp_path / "none"):
        with pytest.warns(RuntimeWarning, match="thinking=true"):
            assert form_of_model(str(name)) is None
