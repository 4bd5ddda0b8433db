"""Articles and corpora: texts with the metadata that a comparison needs."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time
from functools import cached_property, lru_cache
from typing import Any, NamedTuple, overload

import pandas as pd

from framing.errors import CorpusError, listed, unknown_name
from framing.layout import Layout, blank, read_layout
from framing.markup import html_table, paragraphs

_EXACT = 2.0**53  # beyond it a float holds no whole number surely
_HALF = re.compile("[\ud800-\udfff]")
FIELDS = ("id", "kind", "event", "source", "date", "title", "text", "url", "language", "parties")
"""The fields of an article that the package knows; any other column is kept in ``extra``."""

_KNOWN = frozenset([*FIELDS, "file"])
KINDS = ("official-statement", "wire-report", "analysis-piece")
"""The kinds of the default design, in the order in which they are shown."""


@dataclass(frozen=True, slots=True, weakref_slot=True)
class Article:
    """One text with its metadata.

    Parameters
    ----------
    id
        Unique text; never read as a number.
    text
        The text as it came. Offsets in all results point into it.
    kind, event, source, date, title, url, language
        Metadata, ``None`` where unknown. `title`, `date` are filled from the text where the
        metadata leave them out and the text shows them.
    parties
        The states or bodies whose relation the event is about.
    extra
        All other columns of the metadata.
    problem
        Why the text cannot be scored, or ``None``.
    """

    id: str
    text: str
    kind: str | None = None
    event: str | None = None
    source: str | None = None
    date: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    parties: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=dict, hash=False)
    problem: str | None = None
    layout: Layout = field(default_factory=Layout, repr=False, hash=False)

    @classmethod
    def read(cls, id: str, text: str, **metadata: Any) -> Article:
        """Build an article and recognise what in its text is not body (see `framing.layout`)."""
        layout = read_layout(text, metadata.get("title"))
        for name in ("title", "date"):
            if not metadata.get(name):
                metadata[name] = layout.fields.get(name)
        return cls(id=id, text=text, layout=layout, **metadata)

    @property
    def body(self) -> str:
        """The text with title line, caption, debris, dateline and enumerators blanked; same length."""
        return blank(self.text, self.layout)

    @property
    def caption(self) -> str | None:
        """The caption that stands in the text, or ``None``."""
        return self.layout.fields.get("caption")

    @property
    def dateline(self) -> str | None:
        """The dateline that stands in the text, or ``None``."""
        return self.layout.fields.get("dateline")

    @property
    def sha256(self) -> str:
        """Hash of the text, to prove what was scored."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()

    def value(self, column: str) -> Any:
        """Return a field or an extra column by name."""
        return getattr(self, column) if column in FIELDS else self.extra.get(column)


class Corpus(Sequence[Article]):
    """A sequence of articles with unique ids.

    Parameters
    ----------
    articles
        The articles, in order.

    Raises
    ------
    CorpusError
        If an id stands twice.

    Examples
    --------
    >>> corpus = Corpus.from_texts(["It rained.", "It shone."], kind=["a", "b"])
    >>> len(corpus), corpus["1"].text
    (2, 'It rained.')
    """

    def __init__(self, articles: Iterable[Article]):
        self._articles = tuple(articles)
        seen: dict[str, int] = {}
        for article in self._articles:
            seen[article.id] = seen.get(article.id, 0) + 1
        twice = [i for i, n in seen.items() if n > 1]
        if twice:
            raise CorpusError(
                f"duplicate id: {listed(map(repr, twice[:5]))} stands more than once; "
                "every article needs an id of its own."
            )

    @classmethod
    def from_texts(cls, texts: Iterable[str], ids: Iterable[str] | None = None, **columns: Iterable[Any]) -> Corpus:
        """Build a corpus from plain texts; ids count from 1 unless given.

        Parameters
        ----------
        texts
            The texts.
        ids
            One id a text; ``id`` means the same.
        **columns
            Metadata, one value a text, e.g. ``kind=[...]``.

        Raises
        ------
        CorpusError
            If a text is no string or a column has another length than `texts`.
        """
        if isinstance(texts, str | Mapping | pd.DataFrame):
            raise CorpusError(
                f"texts must be a list of strings, got {type(texts).__name__}; write [text] for one, and pass a data "
                "frame or a mapping of id to text as it is to framing.features, framing.compare and the others."
            )
        if "id" in columns:
            if ids is not None:
                raise CorpusError("ids and id mean the same; give one of them.")
            ids = columns.pop("id")
        texts = list(texts)
        names = [str(i + 1) for i in range(len(texts))] if ids is None else [as_written(i) for i in ids]
        table = {name: list(values) for name, values in known_names(columns).items()}
        for name, values in {"ids": names, **table}.items():
            if len(values) != len(texts):
                raise CorpusError(f"{name} has {len(values)} values for {len(texts)} texts; give one a text.")
        for position, text in enumerate(texts):
            if not isinstance(text, str):
                raise CorpusError(f"text {position + 1} must be a string, got {type(text).__name__}.")
        rows = ({name: values[i] for name, values in table.items()} for i in range(len(texts)))
        return cls(article_from(names[i], texts[i], row) for i, row in enumerate(rows))

    @overload
    def __getitem__(self, key: int | str) -> Article: ...
    @overload
    def __getitem__(self, key: slice) -> Corpus: ...
    def __getitem__(self, key: int | str | slice) -> Article | Corpus:
        """Return one article by position or id, or a corpus by slice."""
        if isinstance(key, slice):
            return Corpus(self._articles[key])
        if isinstance(key, str):
            if key not in self._by_id:
                raise CorpusError(f"no article with id {key!r}; the corpus has {listed(list(self._by_id)[:10])}.")
            return self._by_id[key]
        return self._articles[key]

    def __len__(self) -> int:
        return len(self._articles)

    def __iter__(self) -> Iterator[Article]:
        return iter(self._articles)

    def __repr__(self) -> str:
        kinds = pd.Series([a.kind for a in self], dtype=object).value_counts(dropna=False, sort=False)
        counts = ", ".join(f"{n} {k or 'without kind'}" for k, n in kinds.items())
        return f"<Corpus of {len(self)} articles: {counts}>" if len(self) else "<Corpus of 0 articles>"

    def _repr_html_(self) -> str:
        heads = ("id", "kind", "event", "source", "date", "title", "problem")
        rows = [[getattr(article, name) for name in heads] for article in self[:20]]
        more = [f"and {len(self) - 20:,} more"] if len(self) > 20 else []
        return paragraphs([repr(self).strip("<>")]) + html_table(heads, rows, left=len(heads)) + paragraphs(more)

    @cached_property
    def _by_id(self) -> dict[str, Article]:
        return {a.id: a for a in self._articles}

    @property
    def metadata(self) -> pd.DataFrame:
        """One row an article: all metadata and the recognised title, caption and dateline."""
        rows = [
            {
                **{name: getattr(a, name) for name in FIELDS if name not in ("text", "parties")},
                "parties": "; ".join(a.parties) or None,
                "caption": a.caption,
                "dateline": a.dateline,
                **a.extra,
                "problem": a.problem,
            }
            for a in self
        ]
        return pd.DataFrame(rows, columns=None if rows else [*FIELDS, "caption", "dateline", "problem"])

    def where(self, **values: Any) -> Corpus:
        """Return the articles whose columns have the given values, e.g. ``where(kind="wire-report")``.

        Raises
        ------
        CorpusError
            If no article has such a column.
        """
        known = [*FIELDS, *dict.fromkeys(name for a in self for name in a.extra)]
        for name in values:
            if name not in known and len(self):
                raise CorpusError(unknown_name("column", name, known))
        return Corpus(a for a in self if all(a.value(k) == v for k, v in values.items()))

    def relabel(self, column: str, values: Mapping[str, Any]) -> Corpus:
        """Return a copy with one column, a field or any other, set from a mapping of id to value."""
        if column in FIELDS:
            return Corpus(replace(a, **{column: values.get(a.id, a.value(column))}) for a in self)
        return Corpus(replace(a, extra={**a.extra, column: values[a.id]}) if a.id in values else a for a in self)


_METADATA = frozenset(FIELDS) - {"id", "text", "parties"}


def article_from(id: str, text: str, row: Mapping[str, Any], problem: str | None = None) -> Article:
    """Build an article from a row of metadata as a reader found it: any types, any extra columns."""
    known: dict[str, Any] = {k: _as_text(v) for k, v in row.items() if k in _METADATA}
    if "parties" in row:
        known["parties"] = _as_parties(row["parties"])
    extra = {k: v for k, v in row.items() if k not in FIELDS and k != "file" and _as_text(v) is not None}
    extra = {k: _as_extra(v) for k, v in extra.items()}
    return Article.read(whole(id), whole(text), extra=extra, problem=problem, **known)


def known_heads(names: Iterable[str]) -> list[str]:
    """Return the names of columns, those that the package knows in small letters: "Kind" is ``kind``.

    Examples
    --------
    >>> known_heads(["ID", "Kind", "kind", "Desk"])
    ['id', 'Kind', 'kind', 'Desk']
    """
    names = list(names)
    taken = set(names)
    for place, name in enumerate(names):
        small = name.lower()
        if small in _KNOWN and small not in taken:
            taken.add(small)
            names[place] = small
    return names


def known_names(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a row under `known_heads`, the row itself where it has them."""
    names = tuple(row)
    heads = _known_heads(names)
    return dict(row) if heads == names else dict(zip(heads, row.values(), strict=True))


@lru_cache(maxsize=64)
def _known_heads(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(known_heads(names))  # the rows of a file mostly have the same columns


class Draft(NamedTuple):
    """An article as a reader found it: its layout is not yet read, so that it is cheap to make and to send."""

    id: str
    text: str
    row: Mapping[str, Any]
    problem: str | None = None

    def article(self) -> Article:
        """Build the article."""
        return article_from(*self)


def _as_text(value: Any) -> str | None:
    if type(value) is str:
        return whole(value.strip()) or None
    if missing(value):
        return None
    return whole(as_written(value).strip()) or None


def missing(value: Any) -> bool:
    """Tell whether a cell of a table holds nothing."""
    return value is None or value is pd.NA or value is pd.NaT or (isinstance(value, float) and value != value)


def as_written(value: Any) -> str:
    """Return a value of a table as text: a whole number without ``.0``, a day without its midnight.

    Columns with a gap hold their numbers as floats and their days as times.

    Examples
    --------
    >>> as_written(2024.0), as_written(7.5), as_written(pd.Timestamp("2025-01-02")), as_written("007")
    ('2024', '7.5', '2025-01-02', '007')
    """
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


def whole(text: str) -> str:
    """Replace halves of surrogate pairs, which no file can hold, by the replacement character; same length."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text)
    return text


def _as_extra(value: Any) -> Any:
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return int(value)
    return as_written(value) if isinstance(value, datetime) else value


def _as_parties(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = value.replace("|", ";").split(";") if ";" in value or "|" in value else value.split(",")
    if not isinstance(value, Iterable):
        return ()
    return tuple(p for p in (_as_text(v) for v in value) if p)
