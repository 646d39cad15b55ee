"""Solvers of numeric questions, each written apart from the generator of its name."""
