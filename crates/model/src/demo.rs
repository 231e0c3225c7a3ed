//! The demo city's accounts: one per role, named by it. `kafedra serve` never makes them.

/// The one password of every demo account.
pub const PASSWORD: &str = "kafedra-demo";

/// Logins in the order in which the sign-in page lists them, each with the role it shows.
pub const ACCOUNTS: [(&str, &str); 7] = [
    ("admin", "administrator"),
    ("methodist", "methodologist"),
    ("coordinator", "coordinator"),
    ("director", "director"),
    ("teacher", "teacher"),
    ("teacher2", "teacher"),
    ("official", "official"),
];
