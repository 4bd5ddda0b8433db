"""What came in, source by source: faults of a text's form that would otherwise be reported as framing.

Sources differ in their quotation marks, and pages in how they were extracted. A source whose marks the parser does not
know seems never to quote anybody; the audit says so before a comparison does.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from framing.corpus import Article
from framing.errors import counted
from framing.extractors.base import debris, scorable
from framing.extractors.readability import MIN_WORDS
from framing.inputs import as_corpus, is_path
from framing.layout import paragraphs
from framing.readers import iter_drafts, passed_over
from framing.single_marks import single_speech, with_double_marks
from framing.tokens import Tokens, tokenize
from framing.voice import quoted_spans

NO_SOURCE = "(none)"
"""Stands for the source of articles without one."""
AUDIT_COLUMNS = (
    "source", "articles", "words", "style", "marks", "quoted_share", "without_marks", "single_marks", "unread",
    "unbalanced", "html", "garbled", "no_kind", "no_event", "duplicates", "short", "unscorable", "flags",
)  # fmt: skip

SINGLE = "single"
"""The style of texts whose speech stands in single marks."""
_STYLES = {"curly": "[“”]", "straight": '"', "doubled": "``|''", "angled": "[«»]", "low": "„"}
_MARK = re.compile("|".join(f"(?P<{name}>{pattern})" for name, pattern in _STYLES.items()))
_OPENERS, _CLOSERS = ("“", "„", "«", "``"), ("”", "»", "''")
# "SECRETARY RUBIO:", "Q:", "Anwar Ibrahim:" at the beginning of a line.
_SPEAKER = re.compile(r"^[ \t]*([A-Z][\w.’'-]*(?: [A-Z(][\w.’')-]*){0,5})[ \t]*:(?=\s)", re.MULTILINE)
_MIN_TURNS = 3
_HALVED = re.compile(r"[^\W\d_]-\r?\n[^\W\d_A-Z]")
_MIN_WORDS_TO_JUDGE = 50
_LABEL_MARKS = re.compile(r"[\s_-]+")
_BATCH = 200
_NAMED = 3  # ids named in a flag


def check_corpus(corpus: Any) -> pd.DataFrame:
    """Check a corpus source by source for what the parsers could get wrong.

    Parameters
    ----------
    corpus
        A path, a `framing.Corpus`, strings, or a data frame with a column ``text``.

    Returns
    -------
    pandas.DataFrame
        One row a source, in the order of first sight: ``articles`` and ``words``; ``style``, its most
        common quotation marks, and ``marks``, all of them with counts; ``quoted_share``, the share of words
        in them; the numbers of articles ``without_marks``, whose marks are ``unread`` (no quotation is
        found in spite of them), with ``unbalanced`` marks, with ``html`` tags, with ``garbled`` characters (entities,
        a wrong encoding), with ``no_kind`` or ``no_event``, that are ``duplicates`` of an earlier text, ``short``
        (under 30 words) or ``unscorable``; ``single_marks``, how often single marks seem to hold speech; and
        ``flags``, what should be looked at, parted by ``"; "``. ``attrs["passed_over"]`` says which files of a folder
        are not read.

    Examples
    --------
    >>> from framing import Corpus, check_corpus
    >>> texts = ["“It rained,” she said.", "''It rained,'' she said."]
    >>> check_corpus(Corpus.from_texts(texts, source=["Post", "Times"]))["marks"].tolist()
    ['curly 2', 'doubled 2']
    """
    sources: dict[str, _Source] = {}
    texts: dict[str, str] = {}
    for batch in _batches(corpus):
        tokens = tokenize(batch)
        quoted = _quoted(tokens)
        _, problems = scorable(tokens)
        for index, article in enumerate(tokens.articles):
            source = sources.setdefault(article.source or NO_SOURCE, _Source())
            source.add(article, int(tokens.n_words[index]), int(quoted[index]), problems[index])
            if not article.text.strip():
                continue  # nothing in it to be a copy of
            first = texts.setdefault(article.sha256, article.id)
            if first != article.id:
                source.found["duplicates"].append(f"{article.id} = {first}")
    styles = {name: source.style for name, source in sources.items()}
    spelt = _spelt_otherwise(sum((source.kinds for source in sources.values()), Counter()))
    also = _spelt_otherwise(Counter({name: source.articles for name, source in sources.items()}))
    rows = [source.row(name, _others(styles, name), spelt, also.get(name, "")) for name, source in sources.items()]
    # text columns hold None where there is nothing, as `problem` does in the features
    as_text = ("source", "style", "marks", "flags")
    columns = {c: pd.Series([r[c] for r in rows], dtype=object if c in as_text else None) for c in AUDIT_COLUMNS}
    table = pd.DataFrame(columns)
    table.attrs["passed_over"] = passed_over(corpus) if is_path(corpus) else ""
    return table


def _spelt_otherwise(labels: Counter[str]) -> dict[str, str]:
    """Return the most common spelling of each label that is spelt in several ways: "Wire" and "wire"."""
    most: dict[str, str] = {}
    for label, _ in labels.most_common():
        most.setdefault(_plain_label(label), label)
    return {label: most[_plain_label(label)] for label in labels if most[_plain_label(label)] != label}


def _plain_label(label: str) -> str:
    return _LABEL_MARKS.sub("-", label.casefold())


def _batches(corpus: Any) -> Iterator[list[Article]]:
    articles = (draft.article() for draft in iter_drafts(corpus)) if is_path(corpus) else iter(as_corpus(corpus))
    while batch := list(islice(articles, _BATCH)):
        yield batch


def _quoted(tokens: Tokens) -> NDArray[np.int64]:
    """Count the words of each article that stand in quotation marks, a hyphenated word once as in ``n_words``."""
    found = np.zeros(len(tokens), np.int64)
    bounds = tokens.sentence_bounds[tokens.article_bounds]
    for index, article in enumerate(tokens.articles):
        own = slice(bounds[index], bounds[index + 1])
        starts = tokens.start[own][~tokens.glued[own]]
        for start, end in quoted_spans(with_double_marks(article.body)):
            found[index] += np.searchsorted(starts, end) - np.searchsorted(starts, start)
    return found


def _others(styles: dict[str, str], name: str) -> str:
    """Return the style that most other sources use, or nothing where none uses marks."""
    counts = Counter(style for other, style in styles.items() if other != name and style)
    return counts.most_common(1)[0][0] if counts else ""


@dataclass
class _Source:
    """What was found in the articles of one source; `found` names articles by finding."""

    articles: int = 0
    words: int = 0
    quoted: int = 0
    single_marks: int = 0
    unread_single: int = 0
    marks: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    found: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in _FINDINGS})

    def add(self, article: Article, words: int, quoted: int, problem: str) -> None:
        """Look at an article."""
        written = article.body
        body, in_single = with_double_marks(written), single_speech(written)
        marks = Counter(match.lastgroup or "" for match in _MARK.finditer(written if body == written else ""))
        if body != written:
            marks[SINGLE] = sum(a in "‘’'" and b in "“”" for a, b in zip(written, body, strict=True))
        self.articles += 1
        self.words += words
        self.quoted += quoted
        self.marks += marks
        self.single_marks += in_single
        self.unread_single += in_single if body == written else 0
        self.kinds.update([article.kind] if article.kind else [])
        self.reasons.update([problem.replace(";", ",")] if problem else [])
        left = debris(article.text)
        holds = {
            "without_marks": not marks and not quoted,
            "unread": marks.total() > 1 and not quoted,
            "unbalanced": unbalanced(body),
            "html": bool(left.tags),
            "garbled": bool(left.entities or left.garbled or left.replaced),
            "transcript": max(Counter(_SPEAKER.findall(article.text)).values(), default=0) >= _MIN_TURNS,
            "halved": _HALVED.search(article.text) is not None,
            "no_kind": article.kind is None,
            "no_event": article.event is None,
            "short": words < MIN_WORDS,
            "unscorable": bool(problem),
        }
        for name in (name for name, held in holds.items() if held):
            self.found[name].append(article.id)

    @property
    def style(self) -> str:
        """The most common marks, or nothing."""
        return self.marks.most_common(1)[0][0] if self.marks else ""

    def row(self, name: str, style_of_others: str, spelt: dict[str, str], elsewhere: str) -> dict[str, Any]:
        """Return the row of the table."""
        return {
            "source": name,
            "articles": self.articles,
            "words": self.words,
            "style": self.style or None,
            "marks": ", ".join(f"{style} {n}" for style, n in self.marks.most_common()) or None,
            "quoted_share": self.quoted / self.words if self.words else np.nan,
            "single_marks": self.single_marks,
            **{finding: len(ids) for finding, ids in self.found.items()},
            "flags": "; ".join(
                ([f"the source is {elsewhere!r} elsewhere: two sources"] if elsewhere else [])
                + list(self._flags(style_of_others, spelt))
            )
            or None,
        }

    def _flags(self, style_of_others: str, spelt: dict[str, str]) -> Iterator[str]:
        if len(self.found["without_marks"]) == self.articles:
            if self.words >= _MIN_WORDS_TO_JUDGE:
                yield "no quotation marks"
        elif style_of_others and self.style != style_of_others:
            yield f"marks differ from the other sources ({self.style}, not {style_of_others})"
        if self.unread_single > sum(self.marks.values()) / 4 > 0:  # half as often as double ones, which come in pairs
            yield (
                f"single marks seem to hold speech ({counted(self.unread_single, 'time')}) in texts in which "
                "double ones do: they are not read as quotation marks"
            )
        for kind, n in self.kinds.items():
            if kind in spelt:
                of = counted(self.articles, "article")
                yield f"the kind {kind!r} ({n} of {of}) is {spelt[kind]!r} elsewhere: two kinds"
        for finding, words in _FINDINGS.items():
            if words and (ids := self.found[finding]):
                named = ", ".join(ids[:_NAMED]) + (", …" if len(ids) > _NAMED else "")
                why = f" ({self._why()})" if finding == "unscorable" else ""
                yield f"{words} in {len(ids)} of {counted(self.articles, 'article')}: {named}{why}"

    def _why(self) -> str:
        """Return why articles cannot be scored, the most common reasons first."""
        most = self.reasons.most_common(_NAMED)
        rest = self.reasons.total() - sum(n for _, n in most)
        return ", ".join(f"{n} × {reason}" for reason, n in most) + (f", {rest} more" if rest else "")


# What is counted by article, and how a flag words it; no words, no flag.
_FINDINGS = {
    "without_marks": "",
    "unread": "QUOTATION MARKS THAT ARE NOT READ as such",
    "unbalanced": "unbalanced marks",
    "html": "HTML tags",
    "garbled": "HTML entities (&amp;), or characters garbled or lost in a wrong encoding (â€œ),",
    "transcript": "looks like a transcript: speakers before colons are not read as sources,",
    "halved": "words parted by a hyphen at a line end (govern-ment), in which no list finds the whole word,",
    "no_kind": "no kind",
    "no_event": "no event",
    "duplicates": "the text of another article",
    "short": f"under {MIN_WORDS} words",
    "unscorable": "nothing that can be scored",
}


def unbalanced(body: str) -> bool:
    r"""Tell whether a paragraph opens other than it closes; one that the next goes on from need not close.

    Examples
    --------
    >>> unbalanced("“One.\n\n“Two.”"), unbalanced("“One.\n\nTwo.")
    (False, True)
    """
    blocks = [body[start:end] for start, end in paragraphs(body)]
    closers = _CLOSERS if "``" in body else _CLOSERS[:-1]  # without an opener of its own, '' both opens and closes
    for block, following in zip(blocks, [*blocks[1:], ""], strict=False):
        marks = [match.group() for match in _MARK.finditer(block)]
        opened, closed = sum(m in _OPENERS for m in marks), sum(m in closers for m in marks)
        left = opened - closed + (len(marks) - opened - closed) % 2
        if left != 0 and not (left == 1 and _reopened(following, closers)):
            return True
    return False


def _reopened(block: str, closers: tuple[str, ...]) -> bool:
    mark = _MARK.match(block)
    return bool(mark) and mark.group() not in closers
