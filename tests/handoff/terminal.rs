//! A terminal stays a terminal: calls in a pseudo-terminal, made by util-linux's `script`, which
//! every Debian has.

use super::stage::Stage;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};

/// Says what it sees of its terminal, and reads a line from it.
const LOOK: &str = "\
ulimit -c 0
for fd in 0 1 2; do [ -t $fd ] && echo \"$fd is a terminal\"; done
[ \"$(/usr/bin/tty)\" = \"$(/usr/bin/readlink /proc/$$/fd/0)\" ] && echo the same
set -- $(/bin/cat /proc/$$/stat)
[ \"$7\" != 0 ] && echo it controls us
[ \"$5\" = \"$8\" ] && echo in the foreground
[ \"$1\" = \"$6\" ] && echo leads the session
/bin/stty -a
echo ready
read line && echo \"read $line\"
exit 3";

/// A command in a pseudo-terminal of its own, with no signal ignored.
fn in_terminal(stage: &Stage, command: &str) -> Child {
    Command::new("/usr/bin/env")
        .args(["--default-signal", "script", "-qec", &stage.fill(&format!("exec {command}")), "/dev/null"])
        .env("PATH", stage.fill("{ROOT}/bin:/usr/bin:/bin"))
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("script (of bsdutils) runs")
}

/// Types the text once the stand-in is ready: all that the terminal shows, and `script`'s exit
/// code, which is the command's own or, as in a shell, 128 and the signal.
fn typed(stage: &Stage, command: &str, text: &[u8]) -> (String, Option<i32>) {
    let mut child = in_terminal(stage, command);
    let mut keyboard = child.stdin.take().expect("a pipe");
    let mut screen = BufReader::new(child.stdout.take().expect("a pipe"));
    let mut seen = String::new();
    while !seen.ends_with("ready\r\n") {
        let read = screen.read_line(&mut seen).expect("text");
        assert_ne!(read, 0, "{command} ended early: {seen}");
    }
    keyboard.write_all(text).expect("script reads");
    screen.read_to_string(&mut seen).expect("text");
    drop(keyboard);
    (seen, child.wait().expect("script ends").code())
}

#[test]
fn a_terminal_stays_a_terminal() {
    let stage = Stage::new().script("bin/aws", LOOK).script("bin/s3cmd", LOOK);
    for (program, args) in [("aws", "s3 ls"), ("s3cmd", "--configure")] {
        let ours = typed(&stage, &format!("{{ROOT}}/ours/{program} {args}"), b"a line\n");
        assert_eq!(ours, typed(&stage, &format!("{{ROOT}}/bin/{program} {args}"), b"a line\n"), "{program}");
        let (screen, code) = ours;
        for line in ["0 is a terminal", "1 is a terminal", "2 is a terminal", "it controls us", "in the foreground"] {
            assert!(screen.contains(line), "{line}: {screen}");
        }
        assert!(screen.contains("read a line") && code == Some(3), "{code:?}: {screen}");
    }
}

/// Ctrl-C at the keyboard kills the real program, Ctrl-D ends its input.
#[test]
fn keys() {
    let stage = Stage::new().script("bin/aws", LOOK);
    for (key, code) in [(b"\x03", 130), (b"\x1c", 131), (b"\x04", 3)] {
        let ours = typed(&stage, "{ROOT}/ours/aws s3 ls", key);
        assert_eq!(ours, typed(&stage, "{ROOT}/bin/aws s3 ls", key));
        assert_eq!(ours.1, Some(code), "{key:?}");
    }
}
