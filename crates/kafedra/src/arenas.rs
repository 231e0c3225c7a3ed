//! How many heaps the allocator keeps.
//!
//! glibc gives threads heaps of their own, up to eight for each core, and what was freed in one is of no
//! use to the others: after an import of 40,000 rows a server held 274 MiB at its peak, with two heaps 195.
//! One for each core is enough for threads that run at once. glibc reads the number only from the
//! environment and only when a program starts, so the program starts itself once more, as the same
//! process.

use std::{env, os::unix::process::CommandExt, process::Command, thread::available_parallelism};

const ARENAS: &str = "MALLOC_ARENA_MAX";
/// glibc takes the other away from a program with capabilities of its own: this one stays.
const TOLD: &str = "_KAFEDRA_ARENAS_TOLD";

/// Starts the program anew unless somebody, this function too, has said the number. Returns where that
/// is not possible: nothing but memory is lost.
pub fn one_a_core() {
    let told = |name| env::var_os(name).is_some();
    if cfg!(not(target_env = "gnu")) || told(ARENAS) || told(TOLD) {
        return;
    }
    let (Ok(program), Ok(cores)) = (env::current_exe(), available_parallelism()) else {
        return;
    };
    let mut given = env::args_os();
    let mut again = Command::new(program);
    if let Some(name) = given.next() {
        again.arg0(name);
    }
    // Comes back only with an error.
    let _ = again
        .args(given)
        .env(ARENAS, cores.to_string())
        .env(TOLD, "1")
        .exec();
}
