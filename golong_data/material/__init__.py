"""Material: what a corpus offers to be asked about, and what can be made up. Knows no task."""
