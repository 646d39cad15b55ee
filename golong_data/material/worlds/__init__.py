"""Worlds: made-up state of things, how it is told, and what is true in it. Knows no task."""
