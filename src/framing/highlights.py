"""Articles with their highlights, for notebooks and for plain text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from framing.analysis import Analysis
from framing.errors import FramingError, bad_value, unknown_name
from framing.labels import label
from framing.marks import voice_runs
from framing.markup import escaped
from framing.voice import VOICES

COLOURS = ("#cfe6f5", "#fbe3b3", "#c3ead9", "#f3d9e7", "#dcdcdc", "#f8d3bd", "#e3d5f5", "#d9e0c0")
_CELL = (
    "text-align:left;vertical-align:top;white-space:pre-wrap;overflow-wrap:anywhere;line-height:1.8;max-width:46em;"
    "padding-right:1em"
)
_LINES = {"quoted": "2px solid", "paraphrased": "2px dashed"}
_SIGNS = {1: ("+", "for"), 0: ("0", "named without judgement"), -1: ("−", "against")}
_LEGEND = (
    "Solid underline: quoted, dashed: paraphrased, none: the author. In brackets the stance toward a target: + for, "
    "− against, 0 named without judgement."
)


@dataclass(frozen=True)
class Part:
    """A piece of a text that one set of highlights covers."""

    text: str
    voice: str
    themes: tuple[str, ...]
    stances: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Highlighted:
    """One article, or several side by side, with highlights.

    A notebook shows it as HTML, in which all that came with a text is escaped; `str` gives plain text, with themes in
    square brackets.

    Attributes
    ----------
    titles
        The title, or else the id, of each article.
    parts
        Each article, piece by piece; its pieces put together are its text.
    labels
        Words for the measures that are shown.
    """

    titles: tuple[str, ...]
    parts: tuple[tuple[Part, ...], ...]
    labels: dict[str, str]

    def __str__(self) -> str:
        return "\n\n".join(
            f"{title}\n{''.join(self._plain(p) for p in parts)}"
            for title, parts in zip(self.titles, self.parts, strict=True)
        )

    def __repr__(self) -> str:
        return f"<Highlighted: {len(self.titles)} article{'s' if len(self.titles) != 1 else ''}>"

    def _repr_html_(self) -> str:
        heads = "".join(f'<th style="text-align:left">{escaped(title)}</th>' for title in self.titles)
        texts = "".join(
            f'<td style="{_CELL}" dir="auto">{"".join(map(self._html, parts)).strip()}</td>' for parts in self.parts
        )
        themes = " ".join(
            f'<b style="background:{self._colour(m)}">{self._letter(m)} {escaped(name)}</b>'
            for m, name in self.labels.items()
            if m.startswith("themes__")
        )
        targets = ", ".join(
            f"{self._letter(m)} {escaped(name)}" for m, name in self.labels.items() if m.startswith("stance__")
        )
        keys = f"Themes: {themes or '–'}. Targets: {targets or '–'}."
        return (
            f"<table><thead><tr>{heads}</tr></thead><tbody><tr>{texts}</tr></tbody></table>"
            f"<p>{keys}</p><p>{_LEGEND}</p>"
        )

    def _place(self, measure: str) -> int:
        family = measure.partition("__")[0]
        return [m for m in self.labels if m.startswith(family)].index(measure)

    def _colour(self, theme: str) -> str:
        return COLOURS[self._place(theme) % len(COLOURS)]

    def _letter(self, measure: str) -> str:
        """Return a short sign for a measure: capitals for themes, small letters for targets."""
        round_, place = divmod(self._place(measure), 26)
        return chr(ord("A" if measure.startswith("themes__") else "a") + place) + (str(round_) if round_ else "")

    def _html(self, part: Part) -> str:
        text = escape(part.text)
        if part.voice in _LINES:
            text = f'<u style="text-decoration:underline {_LINES[part.voice]};text-underline-offset:.2em">{text}</u>'
        if part.themes:
            names = escape(", ".join(self.labels[m] for m in part.themes)[:400])
            text = (
                f'<b style="background:{self._colour(part.themes[0])};font-weight:inherit" title="{names}">{text}</b>'
            )
            text += f"<sup>{' '.join(map(self._letter, part.themes))}</sup>"
        return text + "".join(map(self._stance, part.stances))

    def _stance(self, stance: tuple[str, int]) -> str:
        measure, side = stance
        sign, words = _SIGNS[side]
        return f'<sub title="{escape(f"{words}: {self.labels[measure]}"[:400])}">[{sign}{self._letter(measure)}]</sub>'

    def _plain(self, part: Part) -> str:
        text = part.text
        if part.themes:
            text = f"[{', '.join(self.labels[m] for m in part.themes)}: {text}]"
        return text + "".join(f" ({_SIGNS[side][0]} {self.labels[m]})" for m, side in part.stances)


def highlighted(source: Any, articles: str | Sequence[str], measures: Sequence[str] | None = None) -> Highlighted:
    """Return one article, or several side by side, with the highlights of themes, stance and voice.

    Parameters
    ----------
    source
        What `framing.analyse` or `framing.compare` returned.
    articles
        The id of an article, or ids.
    measures
        Full names of theme shares and overall stances; all of them when not given.

    Returns
    -------
    Highlighted

    Raises
    ------
    FramingError
        If `source` is neither, or an article or a measure is unknown.
    """
    analysis = getattr(source, "analysis", source)
    if not isinstance(analysis, Analysis):
        raise FramingError(bad_value("source", "what analyse or compare returned", type(source).__name__))
    shown = _measures(analysis, measures)
    ids = [articles] if isinstance(articles, str) else list(articles)
    number = {a.id: i for i, a in enumerate(analysis.corpus)}
    for name in ids:
        if name not in number:
            raise FramingError(unknown_name("article", name, number))
    runs = voice_runs(analysis.tokens)
    evidence = analysis.evidence
    evidence = evidence[evidence["measure"].isin(shown) & evidence["start"].notna() & evidence["article"].isin(ids)]
    found = []
    for name in ids:
        own = evidence[evidence["article"] == name]
        places = (own["start"].astype(int), own["end"].astype(int), own["measure"], own["contribution"])
        spans = list(zip(*places, strict=True))
        found.append(_parts(analysis.corpus[name].text, runs[number[name]], spans))
    titles = tuple(analysis.corpus[name].title or name for name in ids)
    return Highlighted(titles, tuple(found), {m: label(m, analysis.codebook) for m in shown})


def _measures(analysis: Analysis, measures: Sequence[str] | None) -> list[str]:
    known = [m for m in analysis.measures if m.startswith("themes__") or f"{m}_n" in analysis.measures]
    for name in measures or ():
        if name not in known:
            raise FramingError(unknown_name("theme share or overall stance", name, known))
    return known if measures is None else [m for m in known if m in measures]


def _parts(
    text: str, runs: Sequence[tuple[int, int, int]], spans: Sequence[tuple[int, int, str, float]]
) -> tuple[Part, ...]:
    """Cut a text at every place where a highlight begins or ends; a stance stands behind its span."""
    cuts = {0, len(text)} | {p for s, e, *_ in [*runs, *spans] for p in (s, e)}
    places = sorted(cuts)
    at = {p: i for i, p in enumerate(places)}
    voice = ["author"] * len(places)
    themes: list[list[str]] = [[] for _ in places]
    stances: list[list[tuple[str, int]]] = [[] for _ in places]
    for start, end, which in runs:
        voice[at[start] : at[end]] = [VOICES[which]] * (at[end] - at[start])
    for start, end, measure, contribution in spans:
        if end <= start:
            continue
        if measure.startswith("stance__"):
            side = 0 if contribution != contribution else int((contribution > 0) - (contribution < 0))
            stances[at[end] - 1].append((measure, side))
        else:
            for i in range(at[start], at[end]):
                if measure not in themes[i]:
                    themes[i].append(measure)
    pieces = zip(places, places[1:], strict=False)
    return tuple(Part(text[s:e], voice[i], tuple(themes[i]), tuple(stances[i])) for i, (s, e) in enumerate(pieces))
