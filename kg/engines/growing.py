"""Bring a graph in shards up to date with documents that came and went, touching no more than they change.

In: an engine whose store holds the rows of all documents, and the numbers of those that are new or gone. Out: shards
that are, byte for byte, those of a build from scratch. Each step runs again on the groups whose rows changed; where its
own rows come out as they were, nothing follows. The trap: a step must run again for whatever its query joins, not only
for its own rows; so an article is stated anew when a name that it uses means another entity than before, or one of
another kind.
"""

from __future__ import annotations

from collections.abc import Set

from kg.engines.disk import EVERYTHING, DiskEngine
from kg.engines.plan import DESCRIBED, ENTITIES, KEYS_OF_TOUCHED, STATED, WRITINGS, ancestors, of_entity, roots
from kg.engines.store import Changes


def build_all(engine: DiskEngine, gone: Set[int]) -> None:
    """Make everything of the rows of all documents but those that are gone."""
    engine.store.remove_documents(gone)
    engine.store.forget_made()
    engine.layout.forget()
    resolve_all(engine)
    engine.run(STATED, EVERYTHING)
    for writing in WRITINGS:
        engine.write(writing, EVERYTHING)
    engine.write_terms()


def resolve_all(engine: DiskEngine) -> None:
    """Make the entities of all documents' rows, where nothing is made of them yet."""
    engine.store.set_roots(dict(roots(engine.store.rows).changed()))
    engine.run(DESCRIBED, EVERYTHING)
    engine.run(ENTITIES, EVERYTHING)
    _add_ancestors(engine, Changes())


def build_changes(engine: DiskEngine, new: Set[int], gone: Set[int]) -> None:
    """Make anew what documents change that are new, or gone; the rows of those that are gone are dropped."""
    store, both = engine.store, new | gone
    keys = store.ids_of(both, "told")
    documents, articles = store.ids_of(both, "document"), store.ids_of(both, "article")
    store.remove_documents(gone)
    moved = store.set_roots(dict(roots(store.rows).changed()))
    described = engine.run(DESCRIBED, _roots_of(engine, keys | moved.keys()) | set(moved.values()))
    entities = engine.run(ENTITIES, described.others("described"))
    if entities.ids("place"):
        _add_ancestors(engine, entities)
    renamed = described.moved("described") | store.texts(
        "SELECT id FROM described WHERE other IN (SELECT id FROM touched)", entities.moved("entity")
    )
    keys = store.texts(KEYS_OF_TOUCHED, renamed) | moved.keys()
    articles |= store.texts("SELECT id FROM cluster WHERE other IN (SELECT id FROM touched)", keys)
    stated = engine.run(STATED, articles)
    touched = {
        "documents": documents,
        "articles": stated.ids("said"),
        "entities": entities.ids("entity") | stated.ids("official"),
        "statements": entities.others("statement") | stated.others("statement"),
    }
    for writing in WRITINGS:
        engine.write(writing, touched[writing.name])
    engine.write_terms()


def _roots_of(engine: DiskEngine, keys: Set[str]) -> set[str]:
    """Return the keys that stand for keys."""
    sql = "SELECT coalesce(root.other, touched.id) FROM touched LEFT JOIN root ON root.id = touched.id"
    return engine.store.texts(sql, keys)


def _add_ancestors(engine: DiskEngine, changes: Changes) -> None:
    """Make the divisions above those that the articles name, and no others; add to the changes what differs."""
    store = engine.store
    of_articles = "IN (SELECT other FROM described)"
    named = store.texts(f"SELECT id FROM place WHERE owner {of_articles}")
    wanted = {made.id: made for made in ancestors(named)}
    for id_ in store.texts(f"SELECT owner FROM place WHERE owner NOT {of_articles}") - wanted.keys():
        store.replace(id_, (), ENTITIES.makes, changes)
    for id_, made in wanted.items():
        store.replace(id_, of_entity(made, id_), ENTITIES.makes, changes)
