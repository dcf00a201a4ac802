//! Any AT modem: cutting the byte stream, building lines, one dialogue at a time.
