"""Quality: library functions that judge rows and return results; the command line prints."""
