"""Training with verl: the estimators in its registry, its trainer, its data set, its config.

Two kinds of tests. Where verl 0.9 is installed, its own registry, `compute_advantage`, trainer
method, TransferQueue, RLHFDataset, reward loader and configuration are run on CPU; nothing is
generated, for that takes a GPU. Where it is not, the estimators run against the calls that
verl 0.9.1 makes, written down in `recorded`.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from support import build_cli, run_cli

torch = pytest.importorskip("torch")

from golong_data.errors import UserError  # noqa: E402
from golong_data.train.advantages import ESTIMATORS, Settings  # noqa: E402

MODULE = "golong_data.train.verl"
PARTS = (
    *("verl", "verl.trainer", "verl.trainer.ppo", "verl.trainer.ppo.core_algos"),
    *("verl.trainer.ppo.v1", "transfer_queue", "omegaconf"),
)

# Two prompts of a binary task, one of a graded one, and a row that verl filled the batch with.
UIDS = ["a", "a", "b", "b", "c", "c", "c", "pad1"]
REWARDS = [0.0, 1.0, 1.0, 1.0, 0.25, 0.375, 0.5, 0.0]
TASKS = {"a": "math", "b": "math", "c": "rouge_l"}
TAGS = [{}] * 7 + [{"is_padding": True}]
INFOS = [{"reward_type": TASKS.get(uid, "math"), "task": "t"} for uid in UIDS]


def token_level(rewards: Sequence[float], length: int = 4) -> tuple[Any, Any]:
    """(rewards, mask) of responses of different lengths, paid at their last token."""
    mask = torch.zeros(len(rewards), length)
    levels = torch.zeros(len(rewards), length)
    for row, reward in enumerate(rewards):
        end = 1 + row % length
        mask[row, :end] = 1
        levels[row, end - 1] = reward
    return levels, mask


def expected(name: str, settings: Settings | None = None) -> list[float]:
    """What the project's own function gives without the padding, then 0 for it."""
    rewards = torch.tensor(REWARDS[:-1])
    tasks = [TASKS[uid] for uid in UIDS[:-1]]
    found, _ = ESTIMATORS[name](rewards, UIDS[:-1], tasks, settings or Settings())
    return [*found.tolist(), 0.0]


class Queue:
    """A TransferQueue with one batch in it."""

    def kv_batch_get(self, keys: Any, partition_id: str, select_fields: list[str]) -> Any:
        assert (list(keys), partition_id) == (["k"] * len(UIDS), "train")
        columns: dict[str, list[Any]] = {"uid": UIDS, "extra_info": INFOS}
        return {name: columns[name] for name in select_fields}


class RecordedTrainer:
    """verl 0.9.1's PPOTrainerSync, as far as it is relied on."""

    def __init__(self, config: Any) -> None:
        self.config = config
        self.mode = config.trainer.v1.trainer_mode

    def _compute_advantage(self, batch: Any, metrics: dict[str, Any]) -> Any:
        levels, mask = token_level(REWARDS)
        estimate = batch.registry[self.config.algorithm["adv_estimator"]]
        advantages, returns = estimate(
            token_level_rewards=levels,
            response_mask=mask,
            config=self.config.algorithm,
            index=UIDS,
        )
        assert advantages is returns
        return advantages


@contextmanager
def _set_aside() -> Iterator[None]:
    names = [name for name in sys.modules if name.split(".")[0] in ("verl", "transfer_queue")]
    kept = {name: sys.modules.pop(name, None) for name in {*names, *PARTS, MODULE}}
    try:
        yield
    finally:
        for name, module in kept.items():
            sys.modules.pop(name, None)
            if module is not None:
                sys.modules[name] = module


@pytest.fixture
def recorded() -> Iterator[tuple[ModuleType, dict[str, Any], dict[str, type]]]:
    """Our module over verl 0.9.1 as it was read: its registries and the calls it makes."""
    estimators: dict[str, Any] = {}
    trainers: dict[str, type] = {}

    def into(registry: dict[str, Any]) -> Any:
        return lambda name: lambda entry: registry.setdefault(name, entry)

    with _set_aside():
        for name in PARTS:
            sys.modules[name] = ModuleType(name)
        sys.modules["verl.trainer.ppo.core_algos"].register_adv_est = into(estimators)  # type: ignore[attr-defined]
        sys.modules["verl.trainer.ppo.v1"].register_trainer = into(trainers)  # type: ignore[attr-defined]
        sys.modules["verl.trainer.ppo.v1"].PPOTrainerSync = RecordedTrainer  # type: ignore[attr-defined]
        sys.modules["transfer_queue"].kv_batch_get = Queue().kv_batch_get  # type: ignore[attr-defined]
        sys.modules["omegaconf"].open_dict = contextmanager(lambda config: (yield config))  # type: ignore[attr-defined]
        yield importlib.import_module(MODULE), estimators, trainers


def settings_for(name: str, **golong: Any) -> Any:
    """A configuration, as far as the trainer reads it."""
    return SimpleNamespace(
        algorithm={"adv_estimator": f"golong_{name}", "golong": golong},
        trainer=SimpleNamespace(v1=SimpleNamespace(trainer_mode="golong")),
    )


@pytest.mark.parametrize("name", ESTIMATORS)
def test_verl_gets_the_very_advantages_of_our_own_trainer(recorded: Any, name: str) -> None:
    """By task, on response tokens alone, and padding changes nothing (recorded calls)."""
    _, registry, trainers = recorded
    trainer = trainers["golong"](settings_for(name))
    batch = SimpleNamespace(keys=["k"] * 8, partition_id="train", tags=TAGS, registry=registry)
    metrics: dict[str, Any] = {"kept": 1}
    advantages = trainer._compute_advantage(batch, metrics)
    _, mask = token_level(REWARDS)
    assert torch.equal(advantages, torch.tensor(expected(name)).unsqueeze(-1) * mask)
    assert metrics["kept"] == 1
    assert metrics["advantages/prompts"] == 3
    assert trainer.mode == "sync"


def test_hyperparameters_come_from_the_configuration(recorded: Any) -> None:
    """algorithm.golong changes what the estimator does; task_by names another field."""
    _, registry, trainers = recorded
    batch = SimpleNamespace(keys=["k"] * 8, partition_id="train", tags=TAGS, registry=registry)
    config = settings_for("tmn_reweight", gamma=0.5, alpha=0.25)
    advantages = trainers["golong"](config)._compute_advantage(batch, {})
    wanted = expected("tmn_reweight", Settings(gamma=0.5, alpha=0.25))
    assert advantages[:, 0].tolist() == pytest.approx(wanted)
    config = settings_for("tmn", task_by="missing")
    with pytest.raises(UserError, match="missing"):
        trainers["golong"](config)._compute_advantage(batch, {})


def test_an_estimator_without_tasks_says_what_to_set(recorded: Any) -> None:
    """Under verl's own trainer there is no task to be known: no silent GRPO instead."""
    module, registry, _ = recorded
    levels, mask = token_level(REWARDS)
    with pytest.raises(UserError, match=r"trainer\.v1\.trainer_mode=golong"):
        registry["golong_tmn"](token_level_rewards=levels, response_mask=mask, index=UIDS)
    with module.telling(TASKS):
        registry["golong_tmn"](token_level_rewards=levels, response_mask=mask, index=UIDS)


def test_a_verl_that_is_too_old_is_refused(recorded: Any) -> None:
    """Before 0.9 there is no trainer to extend, which is said at import."""
    del recorded
    with _set_aside():
        for name in PARTS[:4]:
            sys.modules[name] = ModuleType(name)
        sys.modules["verl.trainer.ppo.core_algos"].register_adv_est = None  # type: ignore[attr-defined]
        sys.modules["omegaconf"] = ModuleType("omegaconf")
        sys.modules["omegaconf"].open_dict = None  # type: ignore[attr-defined]
        sys.modules["transfer_queue"] = None  # type: ignore[assignment]
        with pytest.raises(UserError, match=r"verl>=0\.9"):
            importlib.import_module(MODULE)


# --- the real thing -----------------------------------------------------------------------

real = pytest.mark.filterwarnings("ignore")
"""Warnings of verl's, which are not ours to mend."""


@pytest.fixture(scope="module")
def verl() -> Any:
    """Our module in the real verl; skips where verl 0.9 is not installed."""
    pytest.importorskip("verl")
    pytest.importorskip("verl.trainer.ppo.v1", exc_type=ImportError)
    return importlib.import_module(MODULE)


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Rows of ours, exported for verl."""
    folder = tmp_path_factory.mktemp("verl")
    assert build_cli(folder / "built", size=20).code == 0
    argv = ("export", folder / "built", "--to", "verl", "--validation", 0.3)
    ran = run_cli(*argv, "--out", folder / "out")
    assert ran.code == 0, ran.err
    return folder / "out"


@pytest.fixture(scope="module")
def config(verl: Any, exported: Path) -> Any:
    """The exported configuration, composed by Hydra with verl's own files."""
    from hydra import compose, initialize_config_dir

    with initialize_config_dir(str(exported), version_base=None):
        model = "actor_rollout_ref.model.path=/models/none"
        return compose("golong", overrides=[f"export_dir={exported}", model])


@real
@pytest.mark.parametrize("name", ESTIMATORS)
def test_the_real_compute_advantage_calls_our_estimators(verl: Any, name: str) -> None:
    """verl's own dispatch over a DataProto, with a padding row."""
    import numpy as np
    from omegaconf import OmegaConf
    from verl import DataProto
    from verl.trainer.ppo.ray_trainer import compute_advantage

    levels, mask = token_level(REWARDS)
    data = DataProto.from_dict(
        tensors={"token_level_rewards": levels, "response_mask": mask},
        non_tensors={"uid": np.array(UIDS, dtype=object)},
    )
    algorithm = OmegaConf.create({"golong": {"gamma": 0.5}})
    with verl.telling(TASKS):
        done = compute_advantage(data, f"golong_{name}", config=algorithm)
    wanted = torch.tensor(expected(name, Settings(gamma=0.5))).unsqueeze(-1) * mask
    assert torch.equal(done.batch["advantages"], wanted)


@real
def test_the_real_trainer_reads_tasks_out_of_the_real_queue(verl: Any, config: Any) -> None:
    """PPOTrainerSync._compute_advantage over a TransferQueue that runs in local processes."""
    import ray
    import transfer_queue as tq
    from omegaconf import OmegaConf
    from transfer_queue import KVBatchMeta
    from verl.trainer.ppo.v1 import get_trainer_cls
    from verl.utils.tensordict_utils import list_of_dict_to_tensordict

    rows = []
    for row, (uid, reward, info) in enumerate(zip(UIDS, REWARDS, INFOS, strict=True)):
        length = 1 + row % 4
        scores = torch.zeros(length)
        scores[-1] = reward
        logs = torch.zeros(length)
        fields = {"response_mask": torch.ones(length, dtype=torch.long), "rm_scores": scores}
        logs_ = {"rollout_log_probs": logs, "old_log_probs": logs.clone()}
        rows.append({"uid": uid, "extra_info": info, **fields, **logs_})
    keys = [f"{uid}_{row}_0" for row, uid in enumerate(UIDS)]
    queue = OmegaConf.create(OmegaConf.to_container(config.transfer_queue, resolve=True))
    queue.backend.SimpleStorage.num_data_storage_units = 1
    # The queue's processes ask for a core each and wait for ever where there are too few.
    ray.init(num_cpus=8, include_dashboard=False, logging_level="ERROR")
    tq.init(queue)
    try:
        tq.kv_batch_put(
            keys=keys, partition_id="train", fields=list_of_dict_to_tensordict(rows), tags=TAGS
        )
        trainer = object.__new__(get_trainer_cls("golong"))
        trainer.config = config
        metrics: dict[str, Any] = {}
        trainer._compute_advantage(KVBatchMeta(keys=keys, tags=TAGS, partition_id="train"), metrics)
        back = tq.kv_batch_get(keys=keys, partition_id="train", select_fields=["advantages"])
        first = [values[0].item() for values in back["advantages"]]
    finally:
        tq.close()
        ray.shutdown()
    assert first == pytest.approx(expected("tmn_reweight"))
    assert metrics["advantages/prompts"] == 3
    assert any(name.startswith("rollout_corr/") for name in metrics)


@real
def test_the_configuration_is_one_that_verl_accepts(verl: Any, config: Any) -> None:
    """Every key is verl's own but for those named here; verl's validation passes."""
    import yaml
    from hydra import compose, initialize_config_module
    from verl.trainer.ppo.utils import need_critic, need_reference_policy
    from verl.utils.config import validate_config

    with initialize_config_module("verl.trainer.config", version_base=None):
        plain = compose("ppo_trainer")
    folder = Path(config.export_dir)
    ours = yaml.safe_load((folder / "golong.yaml").read_text(encoding="utf-8"))
    del ours["defaults"], ours["hydra"]

    def unknown(given: dict[str, Any], known: Any, path: str = "") -> Iterator[str]:
        for key, value in given.items():
            # `in` does not see keys that verl leaves for the user to fill in.
            if known is None or key not in list(known):
                yield f"{path}{key}"
            elif isinstance(value, dict):
                yield from unknown(value, known[key], f"{path}{key}.")

    assert set(unknown(ours, plain)) == {
        "export_dir",
        "algorithm.golong",
        "reward.custom_reward_function.reward_kwargs",
        "ray_kwargs.ray_init.runtime_env.env_vars",
    }
    validate_config(config, need_reference_policy(config), need_critic(config))
    assert not need_critic(config)
    assert not need_reference_policy(config)


@real
def test_the_real_data_set_reads_the_rows_and_drops_none(verl: Any, config: Any) -> None:
    """With verl's own length filter on and the real tokenizer; the reward pays the gold."""
    from verl.trainer.ppo.reward import get_custom_reward_fn
    from verl.trainer.ppo.utils import create_rl_dataset
    from verl.utils.dataset.rl_dataset import collate_fn

    from golong_data.rows.schema import gold_of
    from golong_data.tokens import get_tokenizer
    from golong_data.types import Message

    qwen3 = get_tokenizer("qwen3")

    class Counting:
        """A tokenizer as the filter calls it: as many ids as qwen3 counts."""

        def apply_chat_template(self, messages: Any, **kwargs: Any) -> list[int]:
            assert kwargs == {"add_generation_prompt": True, "tokenize": True}
            found = tuple(Message(m["role"], m["content"]) for m in messages)
            lengths.append(qwen3.count(qwen3.render(found)))
            return [0] * lengths[-1]

    lengths: list[int] = []
    data = config.data.copy()
    data.filter_overlong_prompts = True
    data.filter_overlong_prompts_workers = None
    pay = get_custom_reward_fn(config)
    sizes = []
    for files in (data.train_files, data.val_files):
        rows = create_rl_dataset(files, data, Counting(), None)
        sizes.append(len(rows))
        batch = collate_fn([rows[index] for index in range(len(rows))])
        for source, model, info in zip(
            batch["data_source"], batch["reward_model"], batch["extra_info"], strict=True
        ):
            assert info["reward_type"] == "math"
            gold = gold_of({"reward_model": model})
            for solution, earned in ((f"[Answer]\n{gold}", 1.0), ("[Answer]\nno", 0.0)):
                assert pay is not None
                assert (
                    pay(
                        data_source=source,
                        solution_str=solution,
                        ground_truth=model["ground_truth"],
                        extra_info={**info, "num_turns": 2, "rollout_reward_scores": {}},
                    )
                    == earned
                )
    assert sum(sizes) == len(lengths) == 20
    assert max(lengths) == config.data.max_prompt_length
    assert min(sizes) > 0
