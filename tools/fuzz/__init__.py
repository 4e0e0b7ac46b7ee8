"""Garbage for the parser and for a running server."""
