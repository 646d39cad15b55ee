"""What readers choose among the options who do not want to read the sessions.

They know how sessions look and what a question says, as a solver's `reads` does. None of them
finds anything by the solver of its own generator.
"""
