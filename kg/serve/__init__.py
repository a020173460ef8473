"""Serve a built graph over HTTP on this machine: SPARQL, pages for people, data for programs."""
