"""What can go wrong, as exceptions that carry fields and say what to do.

KgError
├── InputError            a file or path that cannot be read as asked (path, place, remedy)
│   ├── MissingInputError
│   ├── EmptyInputError
│   ├── EmptyFolderError
│   ├── BinaryInputError
│   ├── EncodingError
│   ├── EncodingDoubt     a warning: the text may be in another encoding
│   ├── LongLineError
│   ├── TooLargeError
│   ├── DamagedError      a file that is not what its name or first bytes say
│   ├── UnsupportedError  a format that there is no reader for
│   ├── HostileError      an archive or file that would harm whoever opens it
│   ├── ReaderLimitError  a reader that took too long, too much memory, or died
│   ├── ReaderMissingError  a reader whose library is not installed
│   ├── ConfigurationError  a kg.toml that is broken
│   ├── SidecarError
│   ├── NoArticleError
│   ├── WorkerDiedError   a document that ended each process that worked on it
│   └── GoldError         a gold annotation that cannot be compared
├── UnprovenError         a rule stated what stands in no words of the article
├── OutputError           the output folder cannot be written or replaced
│   └── OutputBusyError   another process is building into it
├── CacheError            a warning: what earlier builds found cannot be used
├── ExportError           a graph that a format cannot hold, or a file that cannot be written
├── MissingLibraryError   a library that the program itself does not need
├── LicenceError          a licence that is not named by its IRI
├── EngineError           an engine that is not installed or not running
├── BaseIriError          the base IRI of an export is no absolute IRI
├── AddressError          an address that a server cannot listen at (host, port)
├── GraphFileError        a Turtle file that cannot be read
├── EndpointError         a SPARQL endpoint that cannot be asked
├── QueryError            a SPARQL query that is wrong (line, column), or a parameter that is
├── UnknownNameError      a name that is not known, with the known ones
└── VocabularyError       a shipped data file is damaged
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any


class KgError(Exception):
    """Base of all errors that the program raises on purpose; its text is fit to show to a user."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the fields; Python would call the class with the message in place of its arguments."""
        return _revived, (type(self), self.args), self.__dict__


def _revived(kind: type[KgError], arguments: tuple[Any, ...]) -> KgError:
    return kind.__new__(kind, *arguments)


class InputError(KgError):
    """A path that cannot be read as a document."""

    problem = "cannot be read"
    remedy = "check the file"

    def __init__(self, path: str, detail: str = "", place: str = "") -> None:
        self.path, self.detail, self.place = path, detail, place
        where = f"{path}{': ' + place if place else ''}"
        what = f"{self.problem}{' (' + detail + ')' if detail else ''}"
        super().__init__(f"{where}: {what}; {self.remedy}")


class MissingInputError(InputError):
    """A path that is not there."""

    problem = "no such file or folder"
    remedy = "check the spelling, or the folder that the command runs in"


class EmptyInputError(InputError):
    """A file without content."""

    problem = "is empty"
    remedy = "remove it, or export the text again"


class EmptyFolderError(InputError):
    """A folder without a text."""

    problem = "nothing to read"
    remedy = "put text files into it, or name another folder"


class BinaryInputError(InputError):
    """A file that holds no text."""

    problem = "is not a text file"
    remedy = "save it as plain text (.txt, UTF-8 or GB18030) first"


class EncodingError(InputError):
    """Text in an encoding that could not be determined."""

    problem = "is neither UTF-8, UTF-16, GB18030 nor Big5 text"
    remedy = "save it again as UTF-8"


class EncodingDoubt(InputError):
    """Text whose encoding two guesses fit; a warning, since the better one is taken."""

    problem = "its encoding is in doubt"
    remedy = "look at its article; where it is garbled, save the text again as UTF-8"


class LongLineError(InputError):
    """Text with a line that is longer than any paragraph."""

    problem = "a line is too long to be a paragraph"
    remedy = "break it into paragraphs, or leave the file out"


class TooLargeError(InputError):
    """A file that is larger than what is read at once."""

    problem = "is too large"
    remedy = "split it into smaller files"


class DamagedError(InputError):
    """A file that its reader cannot make sense of."""

    problem = "is damaged, or not what its name says"
    remedy = "open it with the program that made it, and save it again"


class UnsupportedError(InputError):
    """A file in a format that there is no reader for."""

    problem = "there is no reader for it"
    remedy = "save it as plain text, HTML, PDF or DOCX"


class HostileError(InputError):
    """A file that would harm whoever unpacks it."""

    problem = "is refused"
    remedy = "unpack it by hand if you trust it, and name the folder"


class ReaderLimitError(InputError):
    """A file whose reader took more time or memory than a file may, or died of it."""

    problem = "its reader was stopped"
    remedy = "the file may be damaged or made to do harm: split it, or save it in another format"


class ReaderMissingError(InputError):
    """A file whose reader needs a library that is not installed."""

    problem = "a library is missing"
    remedy = "install it"


class ConfigurationError(InputError):
    """A `kg.toml` that is broken."""

    problem = "the settings are broken"
    remedy = 'see docs/sources.md; a pattern reads paths = "{newspaper}/{published}/{*}.txt"'


class SidecarError(InputError):
    """A `.meta.toml` beside a text that is broken."""

    problem = "the sidecar file is broken"
    remedy = 'it may hold published = "2022-07", newspaper = "…" and home = "嘉兴市", each optional'


class UnknownHomeError(InputError):
    """A sidecar whose `home` names no division of the gazetteer; a warning, since the text is read without it."""

    problem = "the sidecar's home is no division down to counties that is known, or one of several of that name"
    remedy = 'write its full name, with the one above it where there are several, as home = "北京市朝阳区"'


class NoArticleError(InputError):
    """A text in which no article could be found."""

    problem = "no article found in it"
    remedy = "a text needs at least one paragraph that ends a sentence"


class WorkerDiedError(InputError):
    """A document that ended each process that worked on it."""

    problem = "the process that worked on it ended, and so did a second one"
    remedy = "give it more memory or --workers 1; if that does not help, leave the file out and report it"


class GoldError(InputError):
    """A file, or a folder, that holds no gold annotation."""

    problem = "is no gold annotation"
    remedy = "give a folder of annotation files, one JSON object with entities and facts for each article"


class UnprovenError(KgError):
    """An extraction rule stated what stands in no words of the article: a mistake in the rule."""

    def __init__(self, path: str, rule: str) -> None:
        self.path, self.rule = path, rule
        super().__init__(f"{path}: {rule} found something whose words are not in the text; please report it")


class OutputError(KgError):
    """The output folder cannot be written."""

    def __init__(self, path: str, detail: str) -> None:
        self.path, self.detail = path, detail
        super().__init__(f"{path}: cannot write the output ({detail}); choose another folder with -o")


class OutputBusyError(OutputError):
    """The output folder is held by another build."""

    def __init__(self, path: str, process: int, computer: str, since: str) -> None:
        self.path, self.process, self.computer, self.since = path, process, computer, since
        self.detail = f"process {process}" if process else "another process"
        where = f"{' on ' + computer if computer else ''}{', since ' + since if since else ''}"
        KgError.__init__(
            self,
            f"{path}: {self.detail} is building into it{where}; wait for it, or choose another folder with -o",
        )


class CacheError(KgError):
    """What earlier builds found cannot be used; a warning, since the build goes on without it."""

    def __init__(self, path: str, detail: str) -> None:
        self.path, self.detail = path, detail
        super().__init__(f"{path}: what earlier builds found cannot be used ({detail}); everything is read anew")


class ExportError(KgError):
    """A graph that a format cannot hold, or a file that cannot be written."""

    def __init__(self, path: str, detail: str) -> None:
        self.path, self.detail = path, detail
        super().__init__(f"{path}: cannot be exported ({detail})")


class MissingLibraryError(KgError):
    """A library that the program itself does not need."""

    def __init__(self, library: str) -> None:
        self.library = library
        super().__init__(f"{library} is not installed; `pip install {library}` installs it")


class EngineError(KgError):
    """An engine that a build cannot run on."""

    def __init__(self, engine: str, detail: str) -> None:
        self.engine, self.detail = engine, detail
        super().__init__(f"cannot build with the engine {engine}: {detail}")


class BaseIriError(KgError):
    """A base IRI that identifiers cannot be appended to."""

    def __init__(self, base: str) -> None:
        self.base = base
        super().__init__(f"{base!r} is no base IRI; it must be absolute and end in / or #, https://example.org/id/")


class LicenceError(KgError):
    """A licence that is not named by its IRI."""

    def __init__(self, licence: str) -> None:
        self.licence = licence
        super().__init__(
            f"{licence!r} is no IRI of a licence; give one such as https://creativecommons.org/licenses/by/4.0/"
        )


class AddressError(KgError):
    """An address that a server cannot listen at."""

    def __init__(self, host: str, port: int, detail: str) -> None:
        self.host, self.port, self.detail = host, port, detail
        super().__init__(f"{host}, port {port}: cannot listen there ({detail}); choose another with --port or --host")


class GraphFileError(KgError):
    """A Turtle file that is missing or broken."""

    def __init__(self, path: str, detail: str) -> None:
        self.path, self.detail = path, detail
        super().__init__(f"{path}: cannot be read as a graph ({detail}); build it with `kg build`")


class EndpointError(KgError):
    """A SPARQL endpoint that gives no answer, or one that cannot be read."""

    def __init__(self, address: str, detail: str) -> None:
        self.address, self.detail = address, detail
        super().__init__(f"{address}: cannot be asked ({detail}); is it the address of a running SPARQL endpoint?")


class QueryError(KgError):
    """A SPARQL query, or a parameter of one, that is wrong."""

    def __init__(self, detail: str, path: str = "", line: int = 0, column: int = 0, quote: str = "") -> None:
        self.detail, self.path, self.line, self.column, self.quote = detail, path, line, column, quote
        where = (path or "query") + f":{line}:{column}" if line else path
        # A Chinese character is as wide as two blanks: the mark stands below the place in a terminal.
        before = "".join("\u3000" if ord(c) > 0x2E7F else c if c == "\t" else " " for c in quote[: max(column - 1, 0)])
        shown = f"\n  {quote}\n  {before}^" if quote else ""
        super().__init__((f"{where}: {detail}" if where else detail) + shown)


class UnknownNameError(KgError):
    """A name that is not known where it is used."""

    def __init__(self, what: str, name: str, known: Iterable[str] = ()) -> None:
        self.what, self.name, self.known = what, name, tuple(known)
        tail = f"; known: {', '.join(self.known)}" if self.known else ""
        super().__init__(f"unknown {what}: {name}{tail}")


class VocabularyError(KgError):
    """A data file of the package that is missing or damaged."""

    def __init__(self, path: str, detail: str) -> None:
        self.path, self.detail = path, detail
        super().__init__(f"{path}: {detail}; install the package again")
