"""Who is for or against whom: targets, cues, and the polarity of the clauses that name a target.

From the text to a score: `mentions` finds where a target is named, `cues` the words that may carry an attitude and
what negates them. `bearing` decides by the grammar of each class of cues whether a cue bears on a mention, with
`objects` (who is praised or blamed), `doers` (whose act it is) and `noun_phrases` (what only happens to a name).
`polarity` gives each clause its sign, `inherited` carries a target over to the next sentence, and `tone` is the wider
reading of whole sentences. `between` and `attitudes` read what one sentence says of two parties; `training` learns
a `trained` reading from `labelled` texts of your own.
"""
