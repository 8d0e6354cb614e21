"""String tools for values that people and OCR write: one job a file, the standard library alone.

folding     Unicode forms, quotes, hyphens, white space, case
numbers     numbers with separators of either convention; what is ambiguous is said
amounts     numbers with a currency
dates       dates in digits and with names of months
companies   legal forms: Ltd, GmbH, A/S, SDN BHD
distance    Levenshtein's distance, its ratio, fuzzy equality
filtering   what is no text

Every function takes any text and raises nothing; what cannot be read is None.
"""
