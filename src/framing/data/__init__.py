"""Data files made by scripts of the project; each file's source and licence stands beside it."""
