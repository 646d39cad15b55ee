"""Solvers, a module a generator: they know prompts and words to look for, no maker."""
