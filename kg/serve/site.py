"""What all addresses of one server share: the store's contents, the workers, the settings.

In: what `server` starts with. Out: the record that each request finds by `site_of`.
The trap: pages have workers of their own, so that two slow queries of users do not stop everybody from reading.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request

from kg.serve.pool import Pool
from kg.serve.settings import Settings
from kg.serve.store import Contents


@dataclass(frozen=True, slots=True)
class Site:
    """One server."""

    output: Path
    """The output folder, or the one file that is served."""
    contents: Contents
    settings: Settings
    queries: Pool
    """Answers what users ask at /sparql."""
    pages: Pool
    """Answers what our own pages need."""

    @property
    def explorer(self) -> Path | None:
        """The explorer's page beside the graph; None where there is none."""
        page = self.output / "graph.html" if self.output.is_dir() else self.output.with_suffix(".html")
        return page if page.is_file() else None


def site_of(request: Request) -> Site:
    """Return the site that a request came to."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site
