"""Build graphs that no memory holds: the same functions on one machine's disk, or on a cluster.

In: documents, and the name of an engine. Out: a folder of N-Quads in shards, the same quads as a build in memory.
"""
