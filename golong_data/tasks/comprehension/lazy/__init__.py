"""What readers choose among the options who do not want to read.

They know how notes, registers and logs look, and what a question says, as a solver's `reads`
does. None of them finds anything by the solver of its own generator.
"""
