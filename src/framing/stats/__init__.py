"""Statistics on plain arrays: effect sizes, intervals, permutations, multiplicity. Only numpy and scipy here."""
