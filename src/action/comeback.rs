//! What may be asked about coming back to a lost session.

/// What may be asked about coming back to a lost session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComebackAction {
    /// Come back, or try at once where a pause is waited for.
    Agree,
    /// Come back, and without a question from now on.
    Always,
    /// Try nothing more.
    Stop,
}
