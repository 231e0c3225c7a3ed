//! Nothing but the tests of `kafedra-rtc` from outside. In its own package they would be optimised as it
//! is: three minutes of building, for tests that wait for sockets.
