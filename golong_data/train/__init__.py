"""Training on rows: advantage estimators, and TRL's GRPO with per-task statistics."""
