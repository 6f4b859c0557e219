"""Measuring: a generator of synthetic archives, and a driver of the reader in a terminal."""
