"""Solvers of retrieval questions: each reads the prompt alone and knows no maker."""
