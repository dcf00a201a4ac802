//! What the application knows. Only events change it.
