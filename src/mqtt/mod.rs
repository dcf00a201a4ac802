//! The MQTT 3.1.1 vocabulary that every room shares: quality of service, topics, filters, messages, drafts.
//!
//! No packets here: the modem speaks MQTT itself, and the broker stands on a protocol crate.

mod draft;
mod message;
mod password;
mod topic;

pub use draft::{Draft, DraftError};
pub use message::{Message, Qos};
pub use password::Password;
pub use topic::{Filter, Topic, TopicError};
