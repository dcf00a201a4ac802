//! From facts to advice: what is wrong, why we think so, what to do next.
