"""What could be an element of an answer, and what readers name who do not want to read.

A module a generator, with its `candidates` and its `READERS`. They parse what a prompt prints,
as solvers do, and then do not do the work: they leave out a step, or go by words or looks alone.
"""
