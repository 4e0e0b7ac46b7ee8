"""Attacks on a running add-on from outside, and how many of them get through."""
