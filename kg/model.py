"""The records that travel from stage to stage: frozen, slotted, without I/O.

Offsets are half-open and count Unicode characters of `Article.text`. The trap: a mention must be found in
the text, so `article.text[m.start:m.end] == m.text` holds for every mention, and a fact points at mentions
and at a passage; words that are not in the text cannot be stated.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from kg.record import Record


class EntityType(StrEnum):
    """Top classes of the ontology; values are their local names."""

    PLACE = "Place"
    FACILITY = "Facility"
    ORGANIZATION = "Organization"
    PERSON = "Person"
    PROGRAMME = "Programme"
    PLATFORM = "Platform"
    PROJECT = "Project"
    PRODUCT = "Product"
    POLICY = "Policy"
    HONOUR = "Honour"
    GROUP = "Group"

    __hash__ = str.__hash__  # Enum's own is a call in Python for each look at a set of types


@dataclass(frozen=True, slots=True, order=True)
class Span(Record):
    """A stretch of a text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Return the characters that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span | Mention) -> bool:
        """Tell whether the other lies inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Metadata(Record):
    """What a sidecar file tells about a text."""

    published: str = ""
    """ISO date as precise as known: `2022`, `2022-07` or `2022-07-16`."""
    newspaper: str = ""
    home: str = ""
    """Name of the newspaper's home place as written in the sidecar, `嘉兴市`."""


@dataclass(frozen=True, slots=True)
class Document(Record):
    """One input file as text."""

    source: str
    """Path below the folder that the user named, POSIX separators; `/` a member of an archive, `#` a row of a table."""
    text: str
    sha256: str
    """Of the bytes that the text was read from: the file, the member of an archive, the row of a table."""
    metadata: Metadata = field(default_factory=Metadata)
    titles: tuple[Span, ...] = ()
    """Lines that the source itself calls headlines (an HTML title, a heading, a large font); empty where it is mute."""
    is_wrapped: bool = True
    """False where the format tells paragraphs apart: each line is a whole one, and none is put together again."""


@dataclass(frozen=True, slots=True)
class Article(Record):
    """One article; all spans count characters of `text`."""

    source: str
    """`Document.source` of the document that it stands in."""
    number: int
    """Position in the document, from 1."""
    text: str
    """Title, byline, paragraphs (rejoined) and captions, one a line."""
    title: Span | None = None
    authors: tuple[Span, ...] = ()
    photographers: tuple[Span, ...] = ()
    paragraphs: tuple[Span, ...] = ()
    captions: tuple[Span, ...] = ()
    metadata: Metadata = field(default_factory=Metadata)

    def bodies(self) -> Iterator[Span]:
        """Yield what is read for content: title, paragraphs, captions; not the byline."""
        if self.title:
            yield self.title
        yield from self.paragraphs
        yield from self.captions


@dataclass(frozen=True, slots=True)
class Mention(Record):
    """A stretch of an article's text that names, or points back to, an entity."""

    start: int
    end: int
    text: str
    """The words as printed: `article.text[start:end]`."""
    type: EntityType
    rule: str
    """Name of the rule that found it, `place.gazetteer`."""
    name: str = ""
    """Name to use for the entity where it differs from `text` (quotation marks dropped, `县委` filled up to
    `修武县委`); empty: the text itself."""
    kind: str = ""
    """Local name of the most specific class, `Township`, `Bank`; empty: the top class."""
    code: str = ""
    """NBS code of a division, once resolved."""
    anaphor: bool = False
    """True for 该镇, 全市, 该行: points back, and gives its entity no name."""
    antecedent: tuple[int, int] | None = None
    """Start and end of the mention that this one means the same as (short form, anaphor)."""
    confidence: float = 0.9

    def __hash__(self) -> int:
        """Hash by place: of all fields the hash would take ten times as long, and few mentions share a place."""
        return hash((self.start, self.end))

    @property
    def label(self) -> str:
        """The entity's name as this mention gives it."""
        return self.name or self.text

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact(Record):
    """Something that a passage of one article states; never made without the passage."""

    evidence: Span
    """The passage that states it, within one article."""
    rule: str
    """Name of the rule that found it, `relation.verb_frame`."""
    confidence: float = 0.8


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation(Fact):
    """A binary statement between two mentions; `serves` has a Group as its object."""

    subject: Mention
    predicate: str
    """Local name: within locatedIn memberOf implements operates offers issues participatesIn partOf
    cooperatesWith inspects serves recognizedAs mentors."""
    object: Mention
    status: str = ""
    """`aim` for an honour that is only striven for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated(Fact):
    """A date of an entity: started founded opened completed planned joined."""

    subject: Mention
    predicate: str
    value: str
    """ISO year, month or day: `2016`, `2021-05`, `2024-02-18`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Position(Fact):
    """A person holds a role at a body, or at none that the text names."""

    person: Mention
    body: Mention | None
    role: str
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funding(Fact):
    """Someone lends, donates or invests money."""

    funder: Mention
    recipient: Mention
    amount: Decimal | None
    """Yuan."""
    product: Mention | None = None
    time: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation(Fact):
    """A number that is stated about an entity."""

    about: Mention
    indicator: str
    value: Decimal
    unit: str = ""
    qualifier: str = ""
    time: str = ""
    """ISO date or interval `2022-01/2022-06`."""


@dataclass(frozen=True, slots=True)
class Quantity(Record):
    """A number with its unit as a text prints it, multiplied out; not yet about anything."""

    start: int
    end: int
    """End of the unit (and of a qualifier behind it)."""
    value: Decimal
    unit: str
    """Measure word or unit, `元` where the text has 亿元; empty where there is none."""
    qualifier: str = ""
    """约 余 多 近 超 以上 不少于 …; 下限 and 上限 for the two ends of a range."""


@dataclass(frozen=True, slots=True)
class TimeExpression(Record):
    """A date or span of time as a text prints it, resolved by the publication date."""

    start: int
    end: int
    value: str
    """ISO year, month, day or interval; empty where it could not be resolved."""


@dataclass(frozen=True, slots=True)
class Findings(Record):
    """What the extractors have found so far in one article; each extractor adds to it."""

    mentions: tuple[Mention, ...] = ()
    facts: tuple[Fact, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeExpression, ...] = ()

    def of_type(self, *types: EntityType) -> tuple[Mention, ...]:
        """Return the mentions of the given types, in text order."""
        return tuple(m for m in self.mentions if m.type in types)

    def within(self, span: Span) -> tuple[Mention, ...]:
        """Return the mentions that lie inside the span, in text order."""
        return tuple(m for m in self.mentions if span.covers(m))
