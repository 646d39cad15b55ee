"""Solvers of exhaustive questions: each reads the prompt alone and knows no maker."""
