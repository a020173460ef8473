"""A text that is put together line by line, with the headlines that its source marks as such."""

from __future__ import annotations

from dataclasses import dataclass, field

from kg.model import Span

_ROLES = ("记者", "通讯员", "作者", "文/", "摄", "图/", "编辑")


@dataclass(slots=True)
class Page:
    """Lines written so far, and where the headlines among them stand."""

    _lines: list[str] = field(default_factory=list)
    _titles: list[Span] = field(default_factory=list)
    _length: int = 0

    def add(self, text: str) -> Span:
        """Append text on lines of its own; return where it stands."""
        span = Span(self._length, self._length + len(text))
        self._lines.append(text)
        self._length = span.end + 1
        return span

    def add_title(self, text: str) -> None:
        """Append a headline on one line."""
        text = " ".join(text.split())
        if text:
            self._titles.append(self.add(text))

    def add_author(self, text: str) -> None:
        """Append a byline; bare names get the word that makes them one, 作者 for an author."""
        text = " ".join(text.split())
        if text:
            self.add(text if any(role in text for role in _ROLES) else f"作者 {text}")

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self._lines)

    @property
    def titles(self) -> tuple[Span, ...]:
        """Where its headlines stand."""
        return tuple(self._titles)
