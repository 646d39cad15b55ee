"""The trainer: what it adds to TRL's, and that a tiny model learns with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("trl")

if TYPE_CHECKING:
    from golong_data.train.run import Prepared
    from golong_data.train.trainer import TMNTrainer

Make = Callable[..., "Prepared"]


def silent(line: str) -> None:
    """Nobody listens."""


def trainer(ready: Prepared) -> TMNTrainer:
    """The trainer of a run, before its first step."""
    from golong_data.train.run import make_trainer

    return make_trainer(ready, silent)


def first_batch(made: TMNTrainer) -> list[dict[str, Any]]:
    """Rows as the trainer's own loader hands them on."""
    return list(next(iter(made.get_train_dataloader())))


def generated(made: TMNTrainer) -> dict[str, Any]:
    """A generated and scored batch; the same each time for trainers of equal weights."""
    made.model.train()
    torch.manual_seed(0)
    return dict(made._generate_and_score_completions(first_batch(made)))


def test_a_tiny_model_earns_more_the_longer_it_trains(prepared: Make) -> None:
    """On three capabilities with three metrics, mean rewards rise well above their start."""
    from golong_data.train.run import run_training

    ready = prepared(max_steps=50, save_steps=50)
    run_training(ready, silent)
    logs = [json.loads(line) for line in (ready.job.out / "log.jsonl").read_text().splitlines()]
    steps = [log for log in logs if "reward" in log]
    rewards = [log["reward"] for log in steps]
    assert len(rewards) == 50
    first, last = sum(rewards[:5]) / 5, sum(rewards[-5:]) / 5
    assert last > first + 0.2, rewards
    figures = ("reward", "spread", "pass_rate", "flat", "advantage_norm")
    for task in ("exact_match", "math", "f1"):
        # A batch of twelve prompts may do without a task now and then.
        logged = [log for log in steps if f"tasks/{task}/reward" in log]
        assert len(logged) > 40
        assert all(f"tasks/{task}/{name}" in log for log in logged for name in figures)


def test_advantages_are_the_estimator_s(prepared: Make) -> None:
    """Those of the batch, over all its prompts, whatever TRL computed before."""
    from golong_data.train.advantages import tmn_advantages

    made = trainer(prepared())
    output = generated(made)
    rewards, tasks, ids = made._scored
    prompts = torch.arange(len(rewards)) // 8
    wanted, _ = tmn_advantages(rewards, prompts, tasks)
    assert torch.equal(output["advantages"], wanted)
    assert float(wanted.abs().max()) > 0
    assert [len(set(ids[i : i + 8])) for i in range(0, len(ids), 8)] == [1] * 12


def test_completions_are_logged_by_row_id(prepared: Make) -> None:
    """Prompts of a hundred thousand tokens are written nowhere."""
    import pandas as pd

    made = trainer(prepared(log_completions=True, num_completions_to_print=1, max_steps=1))
    made.train()
    table = pd.read_parquet(next(Path(made.args.output_dir).glob("completions/*.parquet")))
    assert len(table) == 96
    assert set(table["prompt"]) <= set(made.train_dataset["row_id"])
    assert table["advantage"].abs().max() > 0


def test_trimmed_padding_changes_neither_loss_nor_gradients(prepared: Make) -> None:
    """Micro-batches without the padding they share, against TRL's whole ones."""
    figures = []
    for trim in (True, False):
        made = trainer(prepared(f"trim-{trim}", trim_padding=trim))
        output = generated(made)
        # As if a much longer prompt stood in another micro-batch.
        pad = torch.full((96, 500), made.processing_class.pad_token_id)
        output["prompt_ids"] = torch.cat([pad, output["prompt_ids"]], dim=1)
        output["prompt_mask"] = torch.cat([pad * 0, output["prompt_mask"]], dim=1)
        made.current_gradient_accumulation_steps = 1
        loss = made.compute_loss(made.model, output)
        loss.backward()
        gradients = [p.grad.flatten() for p in made.model.parameters() if p.grad is not None]
        figures.append((float(loss.detach()), torch.cat(gradients)))
    (loss, gradient), (whole, reference) = figures
    assert loss == pytest.approx(whole, abs=1e-6)
    assert float((gradient - reference).abs().max()) < 1e-5
    assert float(reference.abs().max()) > 1e-3


def test_padding_is_really_cut(prepared: Make) -> None:
    """The model sees the columns that some row uses, and no others."""
    made = trainer(prepared())
    seen: list[int] = []
    made.model.register_forward_pre_hook(
        lambda module, args, kwargs: seen.append(kwargs["input_ids"].shape[1]), with_kwargs=True
    )
    ids = torch.ones(4, 60, dtype=torch.long) * 5
    mask = torch.ones_like(ids)
    mask[:2, :40] = 0
    mask[2:, :10] = 0
    with torch.no_grad():
        logps, entropies, _ = made._get_per_token_logps_and_entropies(
            made.model, ids, mask, 8, batch_size=2, compute_entropy=True
        )
    assert seen == [20, 50]
    assert logps.shape == entropies.shape == (4, 8)


def test_flat_prompts_leave_the_loss_and_what_it_is_divided_by(prepared: Make) -> None:
    """Their completions are masked, and the tokens of the others alone are counted."""
    made = trainer(prepared(drop_flat=True))
    output = generated(made)
    rewards = made._scored[0].view(-1, 8)
    flat = (rewards == rewards[:, :1]).all(dim=1).repeat_interleave(8)
    assert 0 < int(flat.sum()) < 96, "the batch shows nothing"
    counted = output["completion_mask"].sum(dim=1)
    assert bool((counted[flat] == 0).all())
    assert bool((counted[~flat] > 0).all())
    assert int(output["num_items_in_batch"]) == int(counted.sum())


def test_statistics_run_over_steps_and_only_in_training(prepared: Make) -> None:
    """Sums of tasks grow with each batch that is trained on, by what does not decay."""
    made = trainer(prepared(statistics_decay=0.5))
    generated(made)
    once = dict(made.task_statistics)
    generated(made)
    assert sum(s.prompts for s in once.values()) == 12
    assert sum(s.prompts for s in made.task_statistics.values()) == 18
    made.model.eval()
    made._generate_and_score_completions(first_batch(made)[:16])
    assert sum(s.prompts for s in made.task_statistics.values()) == 18


def test_runs_of_a_task_stay_together_in_batches(prepared: Make) -> None:
    """With tasks_together=4 a batch of 12 prompts holds at least four of each task it holds."""
    made = trainer(prepared(tasks_together=4))
    for batch in made.get_train_dataloader():
        tasks = [row["task"] for row in batch][::8]
        assert min(tasks.count(task) for task in set(tasks)) >= 4
        break


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"save_steps": 3, "gradient_accumulation_steps": 1, "steps_per_generation": 2}, "resume"),
        ({"tasks_together": 5}, "tasks_together"),
        ({"scale_rewards": "group"}, "scale_rewards"),
        ({"estimator": "grpo", "statistics_decay": 0.9}, "statistics_decay works with"),
        ({"drop_flat": True, "loss_type": "grpo"}, "drop_flat needs"),
        ({"estimator": "tnm"}, "estimator"),
        ({"learning_rte": 1e-3}, 'Did you mean "learning_rate"'),
        ({"output_dir": "x"}, "--out"),
        ({"num_generations": 7}, "num_generations"),
    ],
)
def test_settings_that_contradict_each_other_are_refused(
    prepared: Make, settings: dict[str, Any], message: str
) -> None:
    """In one message, before anything is loaded."""
    from golong_data.errors import UserError

    with pytest.raises(UserError) as error:
        prepared(**settings)
    assert message in str(error.value)
