"""The command that answers over HTTP: `kg serve`."""

from __future__ import annotations

import ipaddress
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.options import GraphArgument

if TYPE_CHECKING:
    from kg.serve.site import Site

_ALL_ADDRESSES = "0.0.0.0"
_LOOPBACK = "127.0.0.1"


def serve(
    output: GraphArgument = Path("output"),
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen at; 0 for any that is free.")] = 8000,
    host: Annotated[str, typer.Option(help="Address to listen at.")] = _LOOPBACK,
    public: Annotated[bool, typer.Option("--public", help="Answer other machines too, at all addresses.")] = False,
    timeout: Annotated[
        float, typer.Option(min=0.1, max=3600, help="Seconds that a query may run before it is stopped.")
    ] = 30.0,
    cors: Annotated[
        str, typer.Option(metavar="ORIGIN", help="Origin whose web pages may ask; * for any, '' for none but ours.")
    ] = "*",
) -> None:
    """Serve a built graph: SPARQL, a page for queries, and an address for each entity."""
    from kg import terminal
    from kg.serve import server
    from kg.serve.settings import Limits, Settings

    if public and host == _LOOPBACK:
        host = _ALL_ADDRESSES
    if not _is_loopback(host):
        terminal.print_warning(
            f"{host} lets every machine that reaches this one read the whole graph, articles included, and run "
            f"queries of up to {timeout:g} s; nobody is asked for a password"
        )

    loading = ExitStack()
    progress = loading.enter_context(terminal.progress_bar(True))

    def ready(address: str, site: Site) -> None:
        loading.close()
        out = terminal.stderr()
        out.print(terminal.plain(f"{output}: {site.contents.triples:,} triples at {address} (SPARQL: {address}sparql)"))
        out.print("Ctrl-C ends it.")

    with loading:
        server.run(output, host, port, Settings(Limits(seconds=timeout), cors), ready, progress)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:  # a name
        return host == "localhost"
