//! The timed record of the bytes both ways: its entries, its text form, what it hides, and who writes it.
//!
//! It does not know what the bytes mean. Secrets never reach it in clear: what is sent says itself which of its bytes
//! are secret, and what comes back is searched for the same bytes.

mod entry;
mod positions;
mod recorder;
mod redaction;
mod text;

pub use entry::{Direction, Entry, Header, Trace};
pub use recorder::Recorder;
pub use redaction::{Redactor, identifiers, unnamed, unnamed_bytes};
pub use text::{TraceError, TraceFlaw, write_entry, write_header};
