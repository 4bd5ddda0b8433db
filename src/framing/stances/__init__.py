"""Who is for or against whom: targets, cues, and the polarity of the clauses that name a target.

From the text to a score: `mentions` finds where a target is named, `cues` the words that may carry an
attitude, `bearing` decides by the grammar of each class of cues whether a cue bears on a mention,
`negation` turns signs round, `polarity` gives each clause its sign, `inherited` carries a target over
to the next sentence, and `tone` is the wider reading of whole sentences.
"""
