"""Solving: what independent solvers read prompts with. Knows nothing of how they were made."""
