"""What the trainer relies on in TRL, where TRL promises nothing: its private methods.

When one of these fails after an upgrade, read golong_data/train/trainer.py before the pin in
pyproject.toml is moved.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

torch = pytest.importorskip("torch")
trl = pytest.importorskip("trl")

if TYPE_CHECKING:
    from golong_data.train.run import Prepared


def parameters(name: str) -> list[str]:
    """Names of a method's parameters."""
    return list(inspect.signature(getattr(trl.GRPOTrainer, name)).parameters)


def test_the_methods_that_are_overridden_have_the_same_parameters() -> None:
    """And so do those that are called."""
    assert parameters("_calculate_rewards") == [
        *("self", "inputs", "prompts", "completions", "completion_ids_list"),
    ]
    assert parameters("_generate_and_score_completions") == ["self", "inputs"]
    assert parameters("_get_per_token_logps_and_entropies")[:8] == [
        *("self", "model", "input_ids", "attention_mask", "logits_to_keep"),
        *("batch_size", "compute_entropy", "compute_aux_loss"),
    ]
    assert parameters("_get_train_sampler") == ["self", "dataset"]
    assert parameters("_save_checkpoint") == ["self", "model", "trial"]
    assert parameters("_load_optimizer_and_scheduler") == ["self", "checkpoint"]
    assert parameters("_send_telemetry") == ["self"]


@pytest.mark.parametrize(("ours", "theirs"), [("dr_grpo", "none"), ("grpo", "group")])
def test_trl_s_own_advantages_come_out_where_the_estimator_is_trl_s(
    prepared: Callable[..., Prepared], ours: str, theirs: str
) -> None:
    """Rewards are gathered in the order of the batch, groups one after the other, and what is
    put in place of the advantages is what the loss reads: put there by our own estimator of
    the same name, they are TRL's."""
    from golong_data.train.run import make_trainer

    made = make_trainer(prepared(estimator=ours, tmn_epsilon=1e-4), lambda line: None)
    made.model.train()
    made.scale_rewards = theirs
    batch = list(next(iter(made.get_train_dataloader())))
    torch.manual_seed(0)
    output = made._generate_and_score_completions(batch)
    torch.manual_seed(0)
    reference = trl.GRPOTrainer._generate_and_score_completions(made, batch)
    assert torch.equal(output["completion_ids"], reference["completion_ids"])
    assert float(reference["advantages"].abs().max()) > 0
    # TRL computes in float32.
    assert float((output["advantages"] - reference["advantages"]).abs().max()) < 1e-4
    assert list(made._logs["advantages"])[:96] == pytest.approx(
        output["advantages"].tolist(), abs=1e-6
    )
    assert {"completion_mask", "num_items_in_batch", "prompt_mask"} <= set(output)


def test_reward_functions_see_the_trainer_behind_log_metric(
    prepared: Callable[..., Prepared],
) -> None:
    """`rewards.reward` finds the chat template there; without it a cut-off thinking is paid."""
    from golong_data.rewards import reward
    from golong_data.train.run import make_trainer

    run = prepared()
    run.tokenizer.chat_template = (
        "{% for m in messages %}{{ m['content'] }}\n{% endfor %}"
        "{% if add_generation_prompt %}<think>\n{% endif %}"
    )
    made = make_trainer(run, lambda line: None)
    seen: list[float | None] = []

    def bare(**columns: Any) -> list[float | None]:
        box = "[Answer]\n" + "\n".join(columns["reward_model"][0]["ground_truth"]["doc_ids"])
        talks = [[{"role": "assistant", "content": text}] for text in (box, f"Hm.</think>{box}")]
        two = {k: v[:1] * 2 for k, v in columns.items() if isinstance(v, list)}
        seen.extend(reward(**{**columns, **two, "completions": talks}))
        return [0.0] * len(columns["prompts"])

    made.reward_funcs = [bare]
    rows = [row for row in made.train_dataset if row["reward_model"]["ground_truth"]["doc_ids"]]
    batch = rows[:1]
    talk = [[{"role": "assistant", "content": "x"}]]
    prompts = [row["prompt"] for row in batch]
    trl.GRPOTrainer._calculate_rewards(made, batch, prompts, talk, [[1]])
    assert seen[0] == 0.0
    assert seen[1] is not None
    assert seen[1] > 0.9
    made.model.eval()
    made._calculate_rewards(batch, prompts, talk, [[1]])
    assert made.evaluated[batch[0]["row_id"]] == ["<think>\nx"]
