"""What could be quoted, and what is quoted by readers who do not want to read.

They know the printed form of records, notes and conversations, and what a question says, as a
solver's `reads` does. None of them finds anything by the solver of its own generator.
"""
