//! What a panel may ask for.
