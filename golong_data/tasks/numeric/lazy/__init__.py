"""What could be an answer, and what readers state who do not want to compute.

A module a generator, with its `candidates` and its `READERS`. They parse what a prompt prints,
as solvers do, and then leave out a step.

The answers of all but `count` are computed (sums, means, shares, changes, balances) and stand in
no context: their candidates are the numbers that the tables asked about print, which is what
a reader sees who does not compute, and the gold is not among them but by chance. Those of
`count` are all counts that are possible, so the gold is.
"""
