"""Compare how kinds of texts frame the same event."""
