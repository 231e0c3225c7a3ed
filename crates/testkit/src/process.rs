//! The real program as a process of its own: started on free loopback ports over a data folder of
//! its own, ended by its pid.

use std::{
    fs::File,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Output, Stdio},
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;

/// How long a busy machine may take to start the program.
const START: Duration = Duration::from_secs(60);
/// How long the program may take to end.
const STOP: Duration = Duration::from_secs(30);

/// What to start, and how. Clones share the folder, so that a second start finds the first's data.
#[derive(Clone)]
pub struct Launch {
    binary: PathBuf,
    folder: Arc<TempDir>,
    variables: Vec<(String, String)>,
}

/// A server that answers. Killed when dropped, unless it was stopped.
pub struct Running {
    child: Child,
    /// `http://127.0.0.1:PORT`, or with `https`.
    pub url: String,
    /// What it printed on standard output until it answered, and after.
    said: mpsc::Receiver<String>,
    pub announcement: Vec<String>,
    log: PathBuf,
    /// The data lives as long as the server, though its launch may be forgotten.
    _folder: Arc<TempDir>,
}

impl Launch {
    /// `binary` is `env!("CARGO_BIN_EXE_kafedra")` of the tests that ask.
    pub fn new(binary: impl Into<PathBuf>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("data");
        Self {
            binary: binary.into(),
            folder: Arc::new(folder),
            variables: Vec::new(),
        }
        .with("KAFEDRA_SERVER__LISTEN", "127.0.0.1:0")
        .with("KAFEDRA_SERVER__DATA", data.display())
        .with("KAFEDRA_SERVER__SHUTDOWN_SECONDS", 5)
        .with("KAFEDRA_MEDIA__UDP", "127.0.0.1:0")
        .with("KAFEDRA_LANG", "en")
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl ToString) -> Self {
        self.variables.retain(|(known, _)| known != name);
        self.variables.push((name.to_owned(), value.to_string()));
        self
    }

    /// Where the process runs.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    pub fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("KAFEDRA_CONFIG")
            .envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Runs a command that ends by itself.
    pub fn run(&self, arguments: &[&str]) -> Output {
        self.run_with_input(arguments, "")
    }

    /// The same, with something on standard input.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Output {
        use std::io::Write;
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        if let Some(mut stdin) = child.stdin.take() {
            // A program that does not read its input may have closed it.
            let _ = stdin.write_all(input.as_bytes());
        }
        let pid = child.id();
        let (done, waiting) = mpsc::channel();
        thread::spawn(move || {
            let _ = done.send(child.wait_with_output());
        });
        match waiting.recv_timeout(START) {
            Ok(output) => output.expect("the program's output"),
            Err(_) => {
                signal(pid, "KILL");
                panic!("`kafedra {}` does not end", arguments.join(" "));
            }
        }
    }

    /// Runs a command that must fail and gives what it said on standard error.
    pub fn fails(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success(),
            "`kafedra {}` did not fail: {said}",
            arguments.join(" ")
        );
        said
    }

    /// Runs a command that must succeed and gives what it said on standard output.
    pub fn succeeds(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "`kafedra {}` failed: {}",
            arguments.join(" "),
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).into_owned()
    }

    /// Starts `serve` or `demo` and waits until it says that it answers.
    pub fn start(&self, command: &str) -> Running {
        let mut running = self.start_unready(command);
        let deadline = Instant::now() + START;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match running.said.recv_timeout(left) {
                Ok(line) => {
                    if let Some(url) = line.strip_prefix("Kafedra runs: ") {
                        running.url = url.replace("localhost", "127.0.0.1");
                        running.announcement.push(line);
                        return running;
                    }
                    running.announcement.push(line);
                }
                Err(_) => panic!("`kafedra {command}` did not start:\n{}", running.log()),
            }
        }
    }

    /// Starts `serve` or `demo` without waiting; the URL is not known then.
    pub fn start_unready(&self, command: &str) -> Running {
        let log = self.folder.path().join("log");
        let file = File::options()
            .create(true)
            .append(true)
            .open(&log)
            .expect("a log");
        let mut child = self
            .command(&[command])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(file)
            .spawn()
            .expect("the program starts");
        let (say, said) = mpsc::channel();
        let stdout = child.stdout.take().expect("its standard output");
        thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                if say.send(line).is_err() {
                    break;
                }
            }
        });
        Running {
            child,
            url: String::new(),
            said,
            announcement: Vec::new(),
            log,
            _folder: Arc::clone(&self.folder),
        }
    }
}

impl Running {
    /// What it logged so far.
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// What it printed since, up to and including the line that holds `text`.
    pub fn says(&mut self, text: &str) -> Vec<String> {
        let mut lines = std::mem::take(&mut self.announcement);
        while !lines.iter().any(|line| line.contains(text)) {
            match self.said.recv_timeout(STOP) {
                Ok(line) => lines.push(line),
                Err(_) => panic!("«{text}» was not said: {lines:?}"),
            }
        }
        self.announcement.clone_from(&lines);
        lines
    }

    /// Of the process.
    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Sends a signal by name: `TERM`, `HUP`, …
    pub fn signal(&self, name: &str) {
        signal(self.child.id(), name);
    }

    /// Whether the process has ended, and how.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("the process's state")
    }

    /// Waits until the process has ended.
    pub fn wait(&mut self) -> ExitStatus {
        let deadline = Instant::now() + STOP;
        loop {
            if let Some(status) = self.ended() {
                return status;
            }
            assert!(
                Instant::now() < deadline,
                "the server does not end:\n{}",
                self.log()
            );
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends it as an operator does, and expects a clean end.
    pub fn stop(mut self) {
        self.signal("TERM");
        let status = self.wait();
        assert!(status.success(), "{status}:\n{}", self.log());
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn signal(pid: u32, name: &str) {
    // No crate for one system call: every Unix has the program.
    let _ = Command::new("kill")
        .args(["-s", name, &pid.to_string()])
        .status();
}
