//! What is kept between runs: profiles and preferences, never secrets in clear.
