//! Reading and judging certificate files.
