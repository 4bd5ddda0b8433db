"""Comparison of kinds: the design that the data carry, the statistics it allows, and what is claimed."""
