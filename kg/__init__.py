"""Build a knowledge graph of local governance from Chinese newspaper pages."""
