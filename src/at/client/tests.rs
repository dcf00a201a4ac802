//! Sorting lines: whose they are, what they end, what is late.
