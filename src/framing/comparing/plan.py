"""A plan before the data: what will be compared, written down and hashed, and whether a run keeps to it."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from numbers import Integral, Real
from pathlib import Path
from textwrap import fill
from typing import Any

from framing.analysis import Analysis, extractors_for
from framing.arguments import check_column, checked_seed, names_of, text_of, whole_number
from framing.codebook import Codebook, codebook_names, load_codebook
from framing.comparing.claims import Claims
from framing.comparing.design import Design, ordered_kinds
from framing.corpus import Corpus
from framing.errors import DesignError, bad_value, listed, unknown_name
from framing.stats.power import events_needed, power_of_t
from framing.version import __version__

EFFECT, POWER = 0.5, 0.8
EFFECTS = (0.3, 0.5, 0.8)
_REMEDY = "Write one with: framing plan CORPUS -o FILE."


@dataclass(frozen=True)
class Plan:
    """What a comparison is going to be.

    Attributes
    ----------
    by, event, kinds
        Columns of labels and events, and the labels that will be compared.
    reference, method, weights, primary, bounds
        As in `framing.compare`.
    exclude
        For a column, the values whose articles are left out.
    rules
        Rules of exclusion in words, for what a program cannot check.
    targets
        The targets of stance.
    codebook, codebook_version, codebook_sha256
        The codebook.
    framing
        Version of this package.
    extractors
        Names of the extractors; empty where the plan says nothing of them.
    inherited, counts, seed
        As in `framing.compare`.
    n_articles, texts_sha256
        Number of articles that are not excluded and hash of their texts, where the corpus was there when the plan was
        written.

    Raises
    ------
    DesignError
        If a value is of another type than these.
    """

    kinds: tuple[str, ...]
    by: str = "kind"
    event: str = "event"
    reference: str | None = None
    method: str | None = None
    weights: str = "equal"
    primary: tuple[str, ...] = ()
    bounds: Mapping[str, float] = field(default_factory=dict)
    exclude: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    rules: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    codebook: str = ""
    codebook_version: str = ""
    codebook_sha256: str = ""
    framing: str = __version__
    extractors: tuple[str, ...] = ()
    inherited: bool = True
    counts: str = "framing"
    seed: int = 0
    n_articles: int | None = None
    texts_sha256: str | None = None

    def __post_init__(self):
        object.__setattr__(self, "kinds", _labels("kinds", self.kinds))
        for name in ("primary", "rules", "targets", "extractors"):
            object.__setattr__(self, name, names_of(name, getattr(self, name)))
        for name in ("bounds", "exclude"):
            if not isinstance(getattr(self, name), Mapping):
                raise DesignError(bad_value(name, "a table of names with a value each", getattr(self, name)))
        exclude = {column: _labels(f"exclude, {column}", values) for column, values in self.exclude.items()}
        object.__setattr__(self, "exclude", exclude)
        for name in ("by", "event", "weights", "codebook", "codebook_version", "codebook_sha256", "framing"):
            _check_text(name, getattr(self, name))
        for name in ("reference", "method", "texts_sha256"):
            if getattr(self, name) is not None:
                _check_text(name, getattr(self, name))
        if not isinstance(self.inherited, bool):
            raise DesignError(bad_value("inherited", "true or false", self.inherited))
        if self.counts not in ("framing", "textstat"):
            raise DesignError(bad_value("counts", "'framing' or 'textstat'", self.counts))
        for name, bound in self.bounds.items():
            if isinstance(bound, bool) or not isinstance(bound, Real):
                raise DesignError(bad_value(f"the bound of {name}", "a number above 0", bound))
        object.__setattr__(self, "seed", checked_seed(self.seed))
        if self.n_articles is not None:
            object.__setattr__(self, "n_articles", whole_number("n_articles", self.n_articles, 0))

    @classmethod
    def of(
        cls, corpus: Corpus, book: Codebook, claims: Claims, by: str = "kind", event: str = "event", **options: Any
    ) -> Plan:
        """Plan a comparison of a corpus whose scores nobody has seen.

        Raises
        ------
        DesignError
            If `by` has fewer than two labels, an option is of another type than in `Plan`, or no article has a value
            that is to be excluded.
        """
        excluding = cls((), exclude=options.get("exclude", {}))
        kept = excluding.keep(corpus)
        for column, values in excluding.exclude.items():
            known = dict.fromkeys(filter(None, (text_of(article.value(column)) for article in corpus)))
            for value in values:
                if value not in known:
                    raise DesignError(unknown_name(f"{column} to exclude", value, known))
        options = {"extractors": tuple(extractors_for(book))} | options
        return cls(
            Design.read(kept, by, event).kinds, by, event, claims.reference, claims.method, claims.weights,
            claims.primary, claims.bounds, targets=tuple(book.targets), codebook=book.name,
            codebook_version=book.version, codebook_sha256=book.sha256, n_articles=len(kept),
            texts_sha256=texts_hash(kept), **options,
        )  # fmt: skip

    @staticmethod
    def n_events_of(corpus: Corpus, by: str, event: str) -> int:
        """Return the number of events that hold texts of every kind."""
        design = Design.read(corpus, by, event)
        found = zip(design.events.tolist(), design.groups.tolist(), strict=True)
        kinds: dict[str, set[str]] = {}
        for name, kind in found:
            if name is not None and kind is not None:
                kinds.setdefault(name, set()).add(kind)
        return sum(len(own) == len(design.kinds) for own in kinds.values())

    @property
    def claims(self) -> Claims:
        """What the plan asks of a comparison."""
        return Claims(self.primary, self.bounds, self.reference, self.method, self.weights)

    def keep(self, corpus: Corpus) -> Corpus:
        """Return the articles that the plan does not exclude.

        Raises
        ------
        DesignError
            If no article has a value in a column of the exclusions, which would then exclude nothing.
        """
        for column in self.exclude:
            check_column("column of the plan's exclusions", column, corpus)
        return Corpus(a for a in corpus if not any(text_of(a.value(c)) in v for c, v in self.exclude.items()))

    def book(self) -> Codebook | None:
        """Return the codebook of the plan, found by its name; ``None`` where the plan names none.

        Raises
        ------
        DesignError
            If it does not ship with this version of the package.
        """
        if not self.codebook:
            return None
        planned = " ".join(filter(None, [repr(self.codebook), self.codebook_version, self.codebook_sha256[:12]]))
        if self.codebook not in codebook_names():
            raise DesignError(f"the plan's codebook {planned} is none of those that ship: give its file as codebook.")
        found = load_codebook(self.codebook)
        if self.codebook_sha256 not in ("", found.sha256):
            raise DesignError(
                f"the plan's codebook {planned} is not the one of that name that ships with framing {__version__}, "
                f"{found.version} {found.sha256[:12]}: give its file, or {self.codebook!r} to deviate, as codebook."
            )
        return found

    def text(self) -> str:
        """Return the plan as TOML."""
        lines = ["# A plan of a comparison, written before its scores were seen.", "", "[plan]"]
        tables = []
        for name in (f.name for f in fields(self)):
            value = getattr(self, name)
            if isinstance(value, Mapping):
                rows = [f"{json.dumps(str(k))} = {_toml(v)}" for k, v in value.items()]
                tables += ["", f"[plan.{name}]", *rows] if rows else []
            elif value is not None:
                lines.append(f"{name} = {_toml(value)}")
        return "\n".join([*lines, *tables]) + "\n"

    @property
    def sha256(self) -> str:
        """Hash of the plan as written."""
        return hashlib.sha256(self.text().encode()).hexdigest()

    def power(self, n_pairs: int, n_events: int | None = None) -> str:
        """Say how many events the plan needs.

        Parameters
        ----------
        n_pairs
            Number of pairs of kinds.
        n_events
            Number of events with all kinds, where the corpus is there.
        """
        n = max(1, len(self.primary) * n_pairs)
        lines = [f"Events needed to find a difference with {POWER:.0%} chance, in sd of the event differences:", ""]
        lines.append(f"{'true difference':<18}{'1 contrast':>12}" + (f"{f'hardest of {n}':>20}" if n > 1 else ""))
        for effect in EFFECTS:
            cells = [events_needed(effect, POWER), *([events_needed(effect, POWER, 0.05 / n)] if n > 1 else [])]
            lines.append(f"{f'{effect} sd':<18}{cells[0]:>12}" + "".join(f"{c:>20}" for c in cells[1:]))
        lines.append("")
        alone, strict = events_needed(EFFECT, POWER), events_needed(EFFECT, POWER, 0.05 / n)
        text = f"{alone} events find a difference of {EFFECT} sd of the event differences with {POWER:.0%} chance"
        text += f", {strict} events where it is the hardest of {n} primary contrasts (Holm)." if n > 1 else "."
        if n_events:
            chance = power_of_t(n_events, EFFECT, 0.05 / n)
            text += f" With the {n_events} events of this corpus the chance is {chance:.0%}."
        return "\n".join([*lines, fill(text, 80, subsequent_indent="  ")])

    def deviations(self, analysis: Analysis, design: Design, claims: Claims, seed: int) -> tuple[list[str], list[str]]:
        """Return what is as planned, and what deviates."""
        book = analysis.codebook
        asked = {
            "kinds": (ordered_kinds(self.kinds), design.kinds),
            "by": (self.by, design.by), "event": (self.event, design.event),
            "reference": (self.reference, claims.reference), "method": (self.method, claims.method),
            "weights": (self.weights, claims.weights),
            "primary": tuple(tuple(sorted(names)) for names in (self.primary, claims.primary)),
            "bounds": (dict(self.bounds), dict(claims.bounds)), "framing": (self.framing, __version__),
            "inherited": (self.inherited, analysis.inherited), "counts": (self.counts, analysis.counts),
            "seed": (self.seed, seed),
        }  # fmt: skip
        if self.codebook_sha256:
            asked["targets"] = (self.targets, tuple(book.targets))
            asked["codebook"] = (self.codebook_sha256[:12], book.sha256[:12])
        if self.extractors:
            asked["extractors"] = (tuple(sorted(self.extractors)), tuple(sorted(analysis.found)))
        if self.n_articles is not None:
            asked["number of articles"] = (self.n_articles, len(design.corpus))
        if self.texts_sha256 is not None:
            asked["texts"] = (self.texts_sha256[:12], texts_hash(design.corpus)[:12])
        kept = [name for name, (plan, run) in asked.items() if plan == run]
        broken = [f"{n}: planned {_word(p)}, is {_word(r)}" for n, (p, r) in asked.items() if p != r]
        return kept, broken


def read_plan(path: str | Path) -> Plan:
    """Read a plan.

    Raises
    ------
    DesignError
        If the file cannot be read or holds something else.
    """
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise DesignError(
            f"{path}: not a plan in TOML: {error}. Write one with: framing plan CORPUS -o FILE."
        ) from error
    except OSError as error:
        raise DesignError(
            f"{path}: {error.strerror or error}. Write a plan with: framing plan CORPUS -o FILE."
        ) from error
    own = table.get("plan")
    if not isinstance(own, dict):
        raise DesignError(f"{path}: has no [plan]. {_REMEDY}")
    known = {f.name: f for f in fields(Plan)}
    for name in own:
        if name not in known:
            raise DesignError(f"{path}: " + unknown_name("key in [plan]", name, known))
    if not isinstance(own.get("kinds"), list) or len(own["kinds"]) < 2:
        raise DesignError(f"{path}: " + bad_value("kinds", "a list of two labels or more", own.get("kinds")))
    try:
        return Plan(**own)
    except DesignError as error:
        raise DesignError(f"{path}: {error}") from error


def texts_hash(corpus: Corpus) -> str:
    """Return a hash of all texts, whatever their order."""
    return hashlib.sha256("".join(sorted(a.sha256 for a in corpus)).encode()).hexdigest()


def _labels(argument: str, value: Any) -> tuple[str, ...]:
    """Return labels as texts: a year may stand in a file as a number."""
    values = [value] if isinstance(value, str | Real) else value
    if not isinstance(values, Sequence) or not all(isinstance(v, str | Real) for v in values):
        raise DesignError(bad_value(argument, "a label or a list of them", value))
    return tuple(map(str, values))


def _check_text(argument: str, value: Any) -> None:
    if not isinstance(value, str):
        raise DesignError(bad_value(argument, "a text", value))


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Integral):
        return str(int(value))
    if isinstance(value, Real):
        return repr(float(value))
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    assert isinstance(value, Sequence)
    return "[" + ", ".join(map(_toml, value)) + "]"


def _word(value: Any) -> str:
    if isinstance(value, tuple):
        return listed(value)
    return "none" if value is None or value == {} else str(value)
