//! Exchanges in virtual time, byte for byte.
