"""Reads the TOML of a codebook, checks all of it, and says where it is wrong.

A codebook is data: nothing in it is executed, its size and what its terms may stand for are bounded.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from typing import Any

from framing.categories import CUE_CLASSES, NEGATION, Codebook, Rule, Target, Theme
from framing.errors import CodebookError, bad_value, unknown_name
from framing.state_guards import state_guards
from framing.terms import check
from framing.wordlists import states

MAX_BYTES = 8_000_000
MAX_TERMS = 250_000
MAX_PHRASES = 500_000
MAX_DEPTH = 12
MAX_WEIGHT = 100
_HEAD = ("name", "version", "language", "licence", "authors", "description", "sources", "notes")
_THEME = (
    "label", "definition", "include", "exclude", "examples", "counter_examples", "scope", "threshold", "negated",
    "terms", "not", "rules",
)  # fmt: skip
_TERM = ("term", "weight", "negated")
_RULE = ("name", "all", "none", "within", "inherit", "inherit_unless", "weight")
_TARGET = ("label", "definition", "kind", "state", "aliases", "relation", "not", "theme", "cues")
# The time of the standard library's reader grows with the square of the parts of a key.
_LONG_KEY = re.compile(r"""(?:\.[ \t]*+(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+){50}""")


def read_codebook(raw: bytes, where: str) -> Codebook:
    """Read the bytes of a codebook.

    Parameters
    ----------
    raw
        The bytes of a TOML file.
    where
        What the messages call it.

    Raises
    ------
    CodebookError
        If it cannot be read or says something that has no meaning; the message names the place.
    """
    if len(raw) > MAX_BYTES:
        raise CodebookError(too_large(where, len(raw)))
    try:
        text = raw.decode("utf-8-sig")
        if _LONG_KEY.search(text):
            raise CodebookError(f"{where}: holds a key of more than 50 parts joined by dots; no codebook needs that.")
        table = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise CodebookError(f"{where}: not UTF-8 (position {error.start}); save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(f"{where}: not valid TOML: {error}.") from error
    except RecursionError as error:
        raise CodebookError(f"{where}: brackets or tables are nested too deeply to be read.") from error
    return _Reader(where, table, text).codebook(hashlib.sha256(raw).hexdigest())


def too_large(where: str, size: int) -> str:
    """Word the message for a file that is too large."""
    return (
        f"{where}: {size:,} bytes; a codebook has at most {MAX_BYTES:,}. Is this the right file? "
        "A long list may be split into several codebooks."
    )


class _Reader:
    """Turns the table of a TOML file into a `Codebook`; every message names the place."""

    def __init__(self, where: str, table: dict[str, Any], text: str):
        self.where = where
        self.table = table
        self.text = text
        self.lists: dict[str, Any] = {}
        self.known: dict[str, int] = {}  # terms that were checked, with the number of their phrases
        self.references: dict[str, tuple[str, ...]] = {}
        self.n_terms = self.n_phrases = 0

    def fail(self, message: str) -> CodebookError:
        return CodebookError(f"{self.where}: {message}")

    def keys(self, place: str, table: Any, known: tuple[str, ...]) -> dict[str, Any]:
        if not isinstance(table, dict):
            raise self.fail(bad_value(f"[{place}]", "a table", table))
        for key in table:
            if key not in known:
                raise self.fail(f"in [{place}]: " + unknown_name("key", key, known))
        return table

    def codebook(self, sha256: str) -> Codebook:
        top = self.keys("top level", self.table, ("codebook", "lists", "themes", "targets", "cues"))
        head = self.keys("codebook", top.get("codebook", {}), _HEAD)
        for key in ("name", "version", "language"):
            if not isinstance(head.get(key), str):
                raise self.fail(bad_value(f"{key} in [codebook]", "text in quotes", head.get(key)))
        self.lists = self.section("lists")
        targets = {name: self.target(name, t) for name, t in self.section("targets").items()}
        themes = {name: self.theme(name, t) for name, t in self.section("themes").items()}
        for name in targets:
            for part in ("author", "quoted", "paraphrased", "directed", "portrayal", "n"):
                if f"{name}_{part}" in targets:
                    raise self.fail(f"the target {name}_{part!s} would hide a column of the target {name}; rename it.")
        if not themes and not targets:
            raise self.fail("holds no theme and no target; add a [themes.NAME] or a [targets.NAME].")
        return Codebook(
            name=head["name"], version=head["version"], language=head["language"],
            licence=self.words("codebook.licence", head.get("licence", "")),
            authors=self.strings("codebook.authors", head.get("authors", [])),
            description=self.words("codebook.description", head.get("description", "")),
            sources=self.strings("codebook.sources", head.get("sources", [])),
            themes=themes, targets=targets, cues=self.cues("cues", top.get("cues", {})),
            sha256=sha256, text=self.text,
        )  # fmt: skip

    def section(self, name: str) -> dict[str, Any]:
        section = self.table.get(name, {})
        if not isinstance(section, dict):
            raise self.fail(bad_value(f"[{name}]", "a table of tables", section))
        for key in section:
            if not key.replace("_", "").isalnum() or "__" in key:
                raise self.fail(bad_value(f"the name in [{name}.{key}]", "letters, digits and single _", key))
        return section

    def words(self, place: str, value: Any) -> str:
        if not isinstance(value, str):
            raise self.fail(bad_value(place, "text in quotes", value))
        return " ".join(value.split())

    def strings(self, place: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
            raise self.fail(bad_value(place, "a list of texts in quotes", value))
        return tuple(value)

    def terms(self, place: str, value: Any, seen: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Read a list of terms; ``@lists.NAME`` and its like (targets, themes, states) stand for others."""
        found: list[str] = []
        if value == [] and not place.endswith((".not", "relation", "aliases", "inherit_unless", ".none")):
            raise self.fail(f"{place} is an empty list; it can never match.")
        for term in self.strings(place, value):
            if not term.strip():
                raise self.fail(f"{place} holds an empty term; remove it.")
            found += self.reference(place, term[1:], seen) if term.startswith("@") else [self.checked(place, term)]
        self.n_terms += len(found)
        if self.n_terms > MAX_TERMS:
            raise self.fail(
                f"{place}: more than {MAX_TERMS:,} terms, references written out; split the codebook into several."
            )
        return tuple(dict.fromkeys(found))

    def checked(self, place: str, term: str) -> str:
        if term not in self.known:
            try:
                self.known[term] = check(term)
            except CodebookError as error:
                raise self.fail(f"{place}{self.line(term)}: {error}") from error
            self.n_phrases += self.known[term]
            if self.n_phrases > MAX_PHRASES:
                raise self.fail(
                    f"{place}: the alternatives of the terms stand for more than {MAX_PHRASES:,} phrases; "
                    "write fewer brackets, or * in place of endings."
                )
        return term

    def line(self, term: str) -> str:
        """Say on which line a term stands."""
        at = self.text.find(term)
        return f" (line {self.text.count(chr(10), 0, at) + 1})" if at >= 0 else ""

    def reference(self, place: str, name: str, seen: tuple[str, ...]) -> tuple[str, ...]:
        if name in seen:
            raise self.fail(f"{place}: the reference @{name} leads back to itself: {' -> '.join([*seen, name])}.")
        if len(seen) > MAX_DEPTH:
            raise self.fail(f"{place}: references lead on more than {MAX_DEPTH} times: {' -> '.join(seen[:4])} -> ...")
        if name not in self.references:
            self.references[name] = self._reference(place, name, seen)
        return self.references[name]

    def _reference(self, place: str, name: str, seen: tuple[str, ...]) -> tuple[str, ...]:
        section, _, key = name.partition(".")
        if section == "states":
            if key == "*":
                return tuple(dict.fromkeys(term for terms in states().values() for term in terms))
            if key not in states():
                raise self.fail(f"{place}: " + unknown_name("state", key, states()))
            return states()[key]
        table = self.section(section) if section in ("lists", "themes", "targets") else {}
        if key not in table:
            known = [f"{s}.{k}" for s in ("lists", "themes", "targets") for k in self.section(s)]
            raise self.fail(f"{place}: " + unknown_name("reference", name, known))
        seen = (*seen, name)
        if section == "lists":
            return self.terms(f"lists.{key}", table[key], seen)
        if section == "targets":
            return self.target_aliases(key, table[key], seen)
        return tuple(
            t
            for sub, entries in self.subs(key, table[key]).items()
            for t in self.terms(f"themes.{key}.terms.{sub}", [e["term"] for e in entries], seen)
        )

    def subs(self, name: str, table: Any) -> dict[str, list[dict[str, Any]]]:
        """Return the terms of a theme by sub-indicator; a plain list is one sub-indicator of the theme's name."""
        subs = self.keys(f"themes.{name}", table, _THEME).get("terms", {})
        subs = {name: subs} if isinstance(subs, list) else subs
        return dict(self.nested(f"themes.{name}.terms", subs, ()))

    def nested(self, place: str, table: Any, path: tuple[str, ...]) -> Iterator[tuple[str, list[dict[str, Any]]]]:
        if not isinstance(table, dict) or len(path) > MAX_DEPTH:
            raise self.fail(bad_value(place, f"a list of terms or a table of such lists, {MAX_DEPTH} deep", table))
        for key, value in table.items():
            if isinstance(value, dict):
                yield from self.nested(f"{place}.{key}", value, (*path, key))
            elif isinstance(value, list):
                yield "/".join((*path, key)), [self.entry(f"{place}.{key}", v) for v in value]
            else:
                raise self.fail(bad_value(f"{place}.{key}", "a list of terms or a table of such lists", value))

    def entry(self, place: str, value: Any) -> dict[str, Any]:
        """Read a term: text, or a table with ``term``, ``weight``, ``negated``."""
        if isinstance(value, str):
            return {"term": value}
        if not isinstance(value, dict) or not isinstance(value.get("term"), str):
            raise self.fail(bad_value(place, "a list of texts in quotes, or of tables { term = ... }", value))
        self.keys(place, value, _TERM)
        if "weight" in value:
            self.weight(f"{place}: the weight of {value['term']!r}", value["weight"])
        if "negated" in value:
            self.choice(f"{place}: negated of {value['term']!r}", value["negated"], NEGATION)
        return value

    def weight(self, place: str, value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= MAX_WEIGHT:
            raise self.fail(bad_value(place, f"a number above 0, up to {MAX_WEIGHT}", value))
        return float(value)

    def choice(self, place: str, value: Any, known: tuple[str, ...]) -> str:
        if value not in known:
            raise self.fail(
                bad_value(place, " or ".join(filter(None, [", ".join(map(repr, known[:-1])), repr(known[-1])])), value)
            )
        return value

    def marked(self, place: str, subs: dict[str, list[dict[str, Any]]], key: str) -> dict[str, Any]:
        """Return what a key says of single terms, references written out; a term has one value in a theme."""
        found: dict[str, Any] = {}
        for entry in (e for entries in subs.values() for e in entries if key in e):
            for term in self.terms(place, [entry["term"]]):
                if found.setdefault(term, entry[key]) != entry[key]:
                    raise self.fail(f"{place}: {term!r} has two values of {key}: {found[term]!r} and {entry[key]!r}.")
        return found

    def theme(self, name: str, table: Any) -> Theme:
        place = f"themes.{name}"
        table = self.keys(place, table, _THEME)
        subs = self.subs(name, table)
        rules = table.get("rules", [])
        if not isinstance(rules, list):
            raise self.fail(bad_value(f"{place}.rules", "a list of tables ([[...]])", rules))
        if not subs and not rules:
            raise self.fail(f"{place} has neither terms nor rules; it can never match.")
        return Theme(
            name=name, label=self.words(f"{place}.label", table.get("label", name.replace("_", " "))),
            scope=self.choice(f"{place}.scope", table.get("scope", "any"), ("any", "parties")),
            **{k: self.words(f"{place}.{k}", table.get(k, "")) for k in ("definition", "include", "exclude")},
            examples=self.strings(f"{place}.examples", table.get("examples", [])),
            counter_examples=self.strings(f"{place}.counter_examples", table.get("counter_examples", [])),
            terms={sub: self.terms(f"{place}.terms.{sub}", [e["term"] for e in v]) for sub, v in subs.items()},
            guards=self.terms(f"{place}.not", table.get("not", [])),
            rules=tuple(self.rule(f"{place}.rules", i, r) for i, r in enumerate(rules)),
            threshold=self.weight(f"{place}.threshold", table.get("threshold", 1.0)),
            negated=self.choice(f"{place}.negated", table.get("negated", "count"), NEGATION),
            weights={t: float(w) for t, w in self.marked(place, subs, "weight").items()},
            negations=self.marked(place, subs, "negated"),
        )  # fmt: skip

    def rule(self, place: str, number: int, table: Any) -> Rule:
        table = self.keys(place, table, _RULE)
        groups = table.get("all")
        if not isinstance(groups, list) or not groups:
            raise self.fail(bad_value(f"{place}.all", "a list of term lists", groups))
        within = self.choice(f"{place}.within", table.get("within", "sentence"), ("sentence", "clause"))
        inherit = table.get("inherit", 0)
        if isinstance(inherit, bool) or not isinstance(inherit, int) or not 0 <= inherit <= 3:
            raise self.fail(bad_value(f"{place}.inherit", "a whole number from 0 to 3", inherit))
        return Rule(
            self.words(f"{place}.name", table.get("name", f"rule {number + 1}")),
            tuple(self.terms(f"{place}.all", g) for g in groups), within, inherit,
            self.terms(f"{place}.inherit_unless", table.get("inherit_unless", [])),
            self.terms(f"{place}.none", table.get("none", [])),
            self.weight(f"{place}.weight", table.get("weight", 1.0)),
        )  # fmt: skip

    def target_aliases(self, name: str, table: Any, seen: tuple[str, ...] = ()) -> tuple[str, ...]:
        place = f"targets.{name}"
        table = self.keys(place, table, _TARGET)
        aliases = self.terms(f"{place}.aliases", table.get("aliases", []), seen)
        if "state" in table:
            aliases += self.reference(place, f"states.{table['state']}", ())
        if "theme" in table:
            aliases += self.reference(place, f"themes.{table['theme']}", seen)
        return tuple(dict.fromkeys(aliases))

    def target_guards(self, place: str, table: dict[str, Any]) -> tuple[str, ...]:
        """A target that is a theme's policy keeps the theme's guards, one that is a state those of its names."""
        own = self.terms(f"{place}.not", table.get("not", []))
        if "state" in table:
            own += state_guards(table["state"], self.terms(f"{place}.aliases", table.get("aliases", [])))
        if "theme" not in table:
            return own
        theme = self.section("themes")[table["theme"]]
        return own + self.terms(f"themes.{table['theme']}.not", theme.get("not", []))

    def target(self, name: str, table: Any) -> Target:
        place = f"targets.{name}"
        aliases = self.target_aliases(name, table)
        if not aliases:
            raise self.fail(f"{place} has no aliases; give 'aliases', 'state' or 'theme'.")
        kind = self.choice(f"{place}.kind", table.get("kind", "actor"), ("actor", "relation", "policy"))
        return Target(
            name=name, label=self.words(f"{place}.label", table.get("label", name.replace("_", " "))),
            definition=self.words(f"{place}.definition", table.get("definition", "")), kind=kind, aliases=aliases,
            relation=self.terms(f"{place}.relation", table.get("relation", [])),
            guards=self.target_guards(place, table),
            cues=self.cues(f"{place}.cues", table.get("cues", {})),
        )  # fmt: skip

    def cues(self, place: str, table: Any) -> dict[str, dict[str, tuple[str, ...]]]:
        table = self.keys(place, table, CUE_CLASSES)
        return {
            cls: {
                sign: self.terms(f"{place}.{cls}.{sign}", terms)
                for sign, terms in self.keys(f"{place}.{cls}", signs, ("positive", "negative")).items()
            }
            for cls, signs in table.items()
        }
