"""How verl is launched on exported rows: its Hydra configuration and a shell script.

The hyperparameters are those of the published run (arXiv 2605.19577): they stand in the
configuration in full, also where verl's default is the same, so that a reader sees them.
Every key is one of verl 0.9; a test composes the file with verl's own.
"""

from __future__ import annotations

from golong_data.rows.canonical import Tally

CONFIG = "golong.yaml"

PUBLISHED_PROMPT = 160 << 10
"""Tokens of the longest prompt of the published rows."""
RESPONSE = 16 << 10
"""Tokens a response may have."""


def configuration(tally: Tally) -> str:
    """The Hydra configuration of a run on the rows of a tally, as YAML."""
    if tally.unmeasured:
        longest = max(PUBLISHED_PROMPT, tally.longest)
        said = "the published limit, as not every row states its length; verl counts them"
    else:
        longest = tally.longest
        said = f"the longest row, counted with {', '.join(sorted(tally.tokenizers))}"
    held_out = "validation" if tally.splits["validation"] else "train"
    validate = 20 if tally.splits["validation"] else -1
    return f"""\
# A run of verl 0.9 on the rows beside this file, with the hyperparameters that GoLongRL
# published. Start it with train.sh; any key can be overridden on its command line.

defaults:
  - ppo_trainer
  - _self_

hydra:
  searchpath:
    - pkg://verl.trainer.config

# This folder; train.sh fills it in.
export_dir: .

data:
  train_files: ${{export_dir}}/train.parquet
  val_files: ${{export_dir}}/{held_out}.parquet
  # {said[0].upper()}{said[1:]}. verl cuts what is longer on the left, which can take away the
  # evidence: with a model of another tokenizer turn on the filter.
  max_prompt_length: {longest}
  filter_overlong_prompts: {str(bool(tally.unmeasured)).lower()}
  filter_overlong_prompts_workers: 8
  max_response_length: {RESPONSE}
  train_batch_size: 128
  shuffle: true

reward:
  custom_reward_function:
    path: ${{export_dir}}/golong_reward.py
    name: compute_score
    reward_kwargs:
      # A response that was cut off while thinking holds no answer. Where the chat template
      # opens the thinking (Qwen3-*-Thinking-2507), only the template tells: it is read from
      # the model's folder, with the settings that prompts are rendered with.
      model: ${{actor_rollout_ref.model.path}}
      template: ${{data.apply_chat_template_kwargs}}
      # true or false says it where the folder is on no node that scores.
      thinking: null

algorithm:
  # golong_NAME for any estimator of golong_data.train.advantages; grpo is verl's own.
  adv_estimator: golong_tmn_reweight
  golong:
    # What a task is: reward_type as published, or task, or another field of extra_info.
    task_by: reward_type
    gamma: 1.0
    alpha: 0.8
    epsilon: 1.0e-6
  # Prompts whose responses all earn the same are replaced by others: 512 prompts, four train
  # batches, are generated at once until 128 are left.
  filter_groups:
    enable: true
    metric: reward
    max_inflight_gen_batches: 4
  use_kl_in_reward: false
  # Tokens whose probability differs between rollout and training by a factor outside of
  # [0.5, 5] get the weight 0.
  rollout_correction:
    rollout_is: token
    rollout_is_threshold: "0.5_5.0"

actor_rollout_ref:
  model:
    path: ???
    use_remove_padding: true
    enable_gradient_checkpointing: true
  actor:
    ppo_mini_batch_size: 128
    ppo_micro_batch_size_per_gpu: 1
    ppo_epochs: 1
    clip_ratio_low: 0.2
    clip_ratio_high: 0.28
    # Dual clip: bound on the ratio where the advantage is negative.
    clip_ratio_c: 3.0
    loss_agg_mode: token-mean
    use_kl_loss: false
    entropy_coeff: 0
    grad_clip: 1.0
    optim:
      lr: 2.0e-6
      lr_warmup_steps: 5
      weight_decay: 0.1
    # Parallelism and offloading are a starting point, to be fitted to the machines.
    ulysses_sequence_parallel_size: 8
    fsdp_config:
      param_offload: true
      optimizer_offload: true
  rollout:
    name: vllm
    n: 16
    temperature: 1.0
    top_p: 1.0
    calculate_log_probs: true
    # Prompt and response together.
    max_model_len: {longest + RESPONSE}
    tensor_model_parallel_size: 8
    log_prob_micro_batch_size_per_gpu: 1
    val_kwargs:
      do_sample: true
      temperature: 0.6
      top_p: 0.95
      n: 1

critic:
  enable: false

trainer:
  v1:
    # verl's synchronous trainer, which tells the estimator the task of each prompt.
    trainer_mode: golong
  project_name: golong
  experiment_name: tmn-reweight
  logger: [console, tensorboard]
  nnodes: 1
  n_gpus_per_node: 8
  total_epochs: 10
  save_freq: 5
  val_before_train: false
  test_freq: {validate}

ray_kwargs:
  ray_init:
    runtime_env:
      env_vars:
        # Where the estimators and the trainer above are registered, in every process.
        VERL_USE_EXTERNAL_MODULES: golong_data.train.verl
"""


def launcher() -> str:
    """The shell script that starts a run."""
    return f"""\
#!/usr/bin/env bash
# bash train.sh MODEL [HYDRA OVERRIDE]...
#   bash train.sh /models/Qwen3-4B trainer.nnodes=16
# Needs verl 0.9 with a rollout engine, and golong-data, in the Python of every node.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
model="${{1:?usage: bash train.sh MODEL [HYDRA OVERRIDE]...}}"
shift
export VERL_USE_EXTERNAL_MODULES=golong_data.train.verl
exec python3 -m verl.trainer.main_ppo \\
  --config-path "$here" --config-name {CONFIG.removesuffix(".yaml")} \\
  export_dir="$here" actor_rollout_ref.model.path="$model" "$@"
"""
