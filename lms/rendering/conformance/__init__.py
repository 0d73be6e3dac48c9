"""Conformance records for people and programs: words, EARL and SARIF, from the same facts."""
