//! What the user may want of the modem.

use crate::mqtt::{Filter, Message, Password, Qos};

/// Names one request; later events refer to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(pub u64);

/// What the user wants of the modem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Request {
    /// Look at the modem from `AT` to an address, and say how far it gets.
    BringUp,
    /// Bring the modem up, then open a session with a broker and subscribe.
    ///
    /// An existing session is closed first.
    Connect(Box<Connection>),
    /// Ask for one more topic filter.
    Subscribe(Subscription),
    /// Stop asking for a topic filter.
    Unsubscribe(Filter),
    /// Send one message. At most one message above QoS 0 is in flight; later ones wait in order.
    Publish(Message),
    /// Close the session in order: `MDISCONNECT`, `MIPCLOSE`.
    Disconnect,
    /// Ask for the signal strength again.
    ReadSignal,
    /// Send one line typed by hand, without its carriage return.
    Raw(String),
    /// Give up what is still waiting or running for this request. A command on the wire is awaited first.
    Cancel(RequestId),
}

/// User name and password of a broker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Credentials {
    /// User name.
    pub user: String,
    /// Password.
    pub password: Password,
}

/// What the broker says for this client when the client is lost (reference, section 11.1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Will {
    /// The message; at most 1,360 bytes of payload, a topic of at most 256.
    pub message: Message,
}

/// One wanted subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// What is asked for.
    pub filter: Filter,
    /// Highest quality of service wanted.
    pub qos: Qos,
}

/// Everything needed to open a session with a broker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connection {
    /// Host name or numeric address.
    pub host: String,
    /// TCP port, 1 to 65535.
    pub port: u16,
    /// Client identifier, unique at the broker; at most 256 bytes.
    pub client_id: String,
    /// Login, when the broker wants one.
    pub credentials: Option<Credentials>,
    /// Keep alive in seconds; the vendor's tutorial advises 60 to 240.
    pub keep_alive: u16,
    /// Whether the broker shall forget the session when it ends.
    pub clean_session: bool,
    /// Last will.
    pub will: Option<Will>,
    /// Subscriptions made right after the login.
    pub subscriptions: Vec<Subscription>,
}
