"""Building: samples as pure functions of (recipe, corpus, index), written as shards."""
