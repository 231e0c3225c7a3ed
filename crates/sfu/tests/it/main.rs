//! Meetings in virtual time: str0m clients on an invented network, against the whole engine.

mod access;
mod fuzz;
mod layers;
mod lifetime;
mod meeting;
mod resume;
mod support;
