//! Rules that are held against a second implementation, too slow to serve and too plain to be wrong.
//! The database's own are held against the same by the tests of `store`.

#![expect(clippy::expect_used, reason = "a test that cannot be set up must fail")]

mod city;
mod indicators;
mod slow;
