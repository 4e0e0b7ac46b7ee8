"""``make mutants``: would the tests of the pure libraries notice a fault in them?"""
