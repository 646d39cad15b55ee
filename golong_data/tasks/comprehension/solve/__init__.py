"""Solvers of comprehension: from the prompt alone, and apart from what made it."""
