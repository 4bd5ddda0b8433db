"""Words that tell kinds apart: counts, keyness, divergences, shifts."""
