//! The load generator: many participants in one process, each a real peer with ICE, DTLS and SRTP,
//! who publish or subscribe through a media server's public endpoints. It knows nothing of the
//! server's insides, so the same load can be put on any server that speaks LiveKit's signalling.
//!
//! Publishers send synthetic RTP in which every packet carries its number and the time it was
//! sent; subscribers count what arrives and how late. What the load costs the server is read from
//! `/proc` when its process id is given.
//!
//! [`events`] and [`passport`] are other benches: what years of events, and a register of tens of
//! thousands of documents, cost the pages that show them. [`bench`] is their frame.
//!
//! The program is [`scenario::Scenario`] with arguments around it. Tests take the parts, to build
//! clients that do what no honest one does.

pub mod bench;
pub mod events;
pub mod participant;
pub mod passport;
pub mod peer;
pub mod process;
pub mod report;
pub mod scenario;
pub mod signalling;
pub mod source;
pub mod tally;
