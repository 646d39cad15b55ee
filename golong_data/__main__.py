"""`python -m golong_data` is the command line."""

from golong_data.cli import main

main()
