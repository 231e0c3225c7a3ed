//! What another process has used so far, as Linux counts it.

use std::fs;
use std::time::Duration;

use anyhow::Context;

/// Clock ticks a second in `/proc/<pid>/stat`. It is 100 on every Linux that Rust runs on
/// (`USER_HZ`); the kernel's own tick may differ.
const TICKS_PER_SECOND: u64 = 100;

/// CPU time and memory of a process at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Usage {
    /// User and system time of all threads.
    pub cpu: Duration,
    /// Resident memory, in bytes.
    pub memory: u64,
    /// The most that it ever was.
    pub peak: u64,
}

/// # Errors
///
/// There is no such process, or this is not Linux.
pub fn usage(pid: u32) -> anyhow::Result<Usage> {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat"))
        .with_context(|| format!("reading the CPU time of process {pid}"))?;
    let status = fs::read_to_string(format!("/proc/{pid}/status"))
        .with_context(|| format!("reading the memory of process {pid}"))?;
    Ok(Usage {
        cpu: cpu(&stat).context("an unexpected /proc/<pid>/stat")?,
        memory: bytes(&status, "VmRSS:").context("an unexpected /proc/<pid>/status")?,
        peak: bytes(&status, "VmHWM:").context("an unexpected /proc/<pid>/status")?,
    })
}

fn cpu(stat: &str) -> Option<Duration> {
    // The second field is the program's name in parentheses and may hold anything, so count from
    // the last parenthesis: utime and stime are fields 14 and 15.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let user: u64 = fields.get(11)?.parse().ok()?;
    let system: u64 = fields.get(12)?.parse().ok()?;
    let millis = (user + system) * 1000 / TICKS_PER_SECOND;
    Some(Duration::from_millis(millis))
}

fn bytes(status: &str, field: &str) -> Option<u64> {
    let line = status.lines().find(|line| line.starts_with(field))?;
    let kibibytes: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kibibytes * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_spaces_and_parentheses_do_not_shift_the_fields() {
        let stat = "42 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 150 50 0 0 20 0";
        assert_eq!(cpu(stat), Some(Duration::from_secs(2)));
    }

    #[test]
    fn resident_memory_is_read_in_bytes() {
        let status = "Name:\tx\nVmHWM:\t  13 kB\nVmRSS:\t  12 kB\n";
        let read = ["VmRSS:", "VmHWM:"].map(|field| bytes(status, field));
        assert_eq!(read, [Some(12 * 1024), Some(13 * 1024)]);
    }

    #[test]
    fn this_process_has_used_something() {
        let usage = usage(std::process::id()).unwrap();
        assert!(usage.memory > 100_000 && usage.peak >= usage.memory);
    }
}
