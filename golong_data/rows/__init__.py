"""Rows: one way in and one way out for them, whatever they are made or read by."""
