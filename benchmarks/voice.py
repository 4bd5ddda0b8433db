"""Measure voices and holders against articles in which attributions were marked by hand.

Usage: ``python benchmarks/voice.py TEXT ATTRIBUTIONS``

TEXT: JSON lines with ``doc`` and ``text``; ATTRIBUTIONS: JSON lines with ``doc`` and ``attributions``, each with
``source``, ``cue`` and ``content`` as ``[start, end]`` offsets (PolNeAR, networkdynamics/PolNeAR). Of each article the
first annotator counts. Files may be gzipped. Prints one JSON line:

token_f1, token_precision, token_recall
    Of all words of the texts, those in some content span against those that are quoted or paraphrased.
quotes_token_f1
    The same with quotation marks alone.
share_r
    Pearson correlation over articles of the attributed share of words with ``voice__attributed_share``, an expected
    share; share_r_counted: with the share of the words that are quoted or paraphrased.
sentence_f1
    Sentences (as the package splits them) that hold an attributed word.
holder_accuracy
    Of the marked attributions with a source whose content was matched (an attribution found whose words overlap its
    words by at least half of the words of both together), those whose source has the same head word.
holder_matched
    Share of the marked attributions with a source that were matched.
source_precision
    Of the words found as heads of sources, those that stand in a marked source of the article.
"""

import argparse
import gzip
import json
import re
from pathlib import Path

import numpy as np

from framing.corpus import Corpus
from framing.tokens import tokenize
from framing.voice import attributed_chance, quoted_words, voices
from framing.voice.heads import head_of
from framing.voice.sources import attributions

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_BATCH = 200


def rows(path):
    """Yield the objects of a JSON lines file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def f1(found, true):
    """Return F1, precision and recall of two masks."""
    both = np.sum(found & true)
    return tuple(
        float(x)
        for x in (2 * both / max(1, found.sum() + true.sum()), both / max(1, found.sum()), both / max(1, true.sum()))
    )


def mask(text, spans):
    """Mark the characters of spans."""
    marked = np.zeros(len(text) + 1, bool)
    for start, end in spans:
        marked[start:end] = True
    return marked


def measure(texts, marks):
    """Return the figures."""
    words = {"found": [], "quoted": [], "true": []}
    shares, sentences, holders, heads = [], [], [], []
    for begin in range(0, len(texts), _BATCH):
        ids = list(texts)[begin : begin + _BATCH]
        tokens = tokenize(Corpus.from_texts([texts[i] for i in ids], ids=ids))
        voice, quoted, found = voices(tokens), quoted_words(tokens), attributions(tokens)
        firsts = np.searchsorted(tokens.article, np.arange(len(ids) + 1))
        rows_of = np.searchsorted([tokens.article[r.first] for r in found], np.arange(len(ids) + 1))
        for number, doc in enumerate(ids):
            text, first, last = texts[doc], firsts[number], firsts[number + 1]
            places = np.array([m.start() for m in _WORD.finditer(text)], int)
            n_words = last - first
            spans = np.stack([tokens.start[first:last], tokens.end[first:last]], axis=1)
            true = mask(text, [tuple(span) for mark in marks[doc] for span in mark.get("content") or []])
            here = mask(text, spans[voice[first:last] > 0])[places]
            words["found"].append(here)
            words["quoted"].append(mask(text, spans[quoted[first:last]])[places])
            words["true"].append(true[places])
            chance = np.where(quoted[first:last], 1.0, attributed_chance(tokens)[first:last])
            shares.append((chance.mean() if n_words else 0.0, here.mean(), true[places].mean()))
            own = tokens.sentence[first:last] - tokens.sentence[first] if last > first else np.zeros(0, int)
            n = int(own[-1]) + 1 if last > first else 0
            gold = true[spans[:, 0]]
            sentences.append((np.bincount(own, voice[first:last] > 0, n) > 0, np.bincount(own, gold, n) > 0))
            sources = mask(text, [tuple(span) for mark in marks[doc] for span in mark.get("source") or []])
            in_article = found[rows_of[number] : rows_of[number + 1]]
            heads += [sources[tokens.start[row.source]] for row in in_article if row.source >= 0 and not row.carried]
            holders += judge(tokens, first, spans, marks[doc], in_article)
    both = {name: np.concatenate(values) for name, values in words.items()}
    f, precision, recall = f1(both["found"], both["true"])
    matched = [right for right in holders if right is not None]
    return {
        "token_f1": f,
        "token_precision": precision,
        "token_recall": recall,
        "quotes_token_f1": f1(both["quoted"], both["true"])[0],
        "share_r": float(np.corrcoef(np.array(shares).T)[0, 2]),
        "share_r_counted": float(np.corrcoef(np.array(shares).T)[1, 2]),
        "sentence_f1": f1(*(np.concatenate(part) for part in zip(*sentences, strict=True)))[0],
        "holder_accuracy": float(np.mean(matched)) if matched else None,
        "holder_matched": len(matched) / max(1, len(holders)),
        "source_precision": float(np.mean(heads)) if heads else None,
        "n_articles": len(texts),
        "n_words": len(both["true"]),
        "n_attributions": len(holders),
    }


def judge(tokens, first, spans, marks, found):
    """Yield, for each marked attribution with a source, None where it is not matched, else whether the head fits."""

    def inside(parts):
        held = [np.flatnonzero((spans[:, 0] >= s) & (spans[:, 0] < e)) for s, e in parts or []]
        return np.unique(np.concatenate([np.zeros(0, int), *held])) + first

    own = {}
    for row in found:  # content on both sides of a cue, or that goes on, is one attribution
        place = row.cue if row.cue >= 0 else -row.first
        own.setdefault(place, (set(), row))[0].update(range(row.first, row.last + 1))
    for mark in marks:
        content, source = set(inside(mark.get("content")).tolist()), inside(mark.get("source"))
        if not content or not len(source):
            continue
        best, match = 0.5, None
        for held, row in own.values():
            overlap = len(held & content) / len(held | content)
            if overlap >= best:
                best, match = overlap, row
        if match is None:
            yield None
        else:
            head = tokens.norm(head_of(tokens, source))
            yield match.source >= 0 and tokens.norm(match.source) == head


def main():
    """Read the files, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("texts", type=Path)
    parser.add_argument("attributions", type=Path)
    arguments = parser.parse_args()
    texts = {row["doc"]: row["text"] for row in rows(arguments.texts)}
    marks = {}
    for row in rows(arguments.attributions):
        marks.setdefault(row["doc"], row["attributions"])
    figures = measure(texts, {doc: marks.get(doc, []) for doc in texts})
    print(json.dumps({k: round(v, 4) if isinstance(v, float) else v for k, v in figures.items()}))


if __name__ == "__main__":
    main()
