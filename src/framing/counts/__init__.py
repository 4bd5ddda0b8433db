"""What readability formulas count in each sentence: by our own words and sentences, or as textstat counts."""

from framing.counts.like_textstat import textstat_counts
from framing.counts.published import published_counts

__all__ = ["published_counts", "textstat_counts"]
