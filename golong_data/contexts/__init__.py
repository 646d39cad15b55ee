"""Contexts: real documents put together to an exact length, with evidence in known places."""
