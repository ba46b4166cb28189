"""Numbers: numeral grammar, bounds, units, what is counted, and the ledger of every number."""
