//! What presign is for, shown on a real server: an embedded S3 server on loopback, the real binary
//! linked as `aws` and as `s3cmd`, and the links that they print, fetched.
//!
//! `cargo run --release --example demo`. Exits non-zero if anything is not as it should be.

use anyhow::{Context, Result, bail, ensure};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::S3ServiceBuilder;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

const ACCESS_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const IMAGE: &[u8] = b"\xff\xd8\xff\xe0 not much of a picture, but ours\n";

fn main() -> Result<()> {
    let binary = build()?;
    let folder = tempfile::tempdir()?;
    let data = folder.path().join("data");
    std::fs::create_dir_all(data.join("example-bucket"))?;
    std::fs::write(data.join("example-bucket/image.jpg"), IMAGE)?;
    let port = serve(&data)?;
    println!("An S3 server is on 127.0.0.1:{port}, with the private object s3://example-bucket/image.jpg.\n");

    let user = User::new(folder.path().join("home"), &binary, port)?;
    println!("~/.aws and ~/.s3cfg have its keys and its address; `aws` and `s3cmd` are links to presign.\n");

    let endpoint = format!("http://localhost:{port}");
    for line in [
        vec!["aws", "s3", "presign", "s3://example-bucket/image.jpg", "--expires-in", "3600"],
        vec![
            "aws",
            "presign",
            "s3://example-bucket/image.jpg",
            "--expires",
            "in",
            "60480",
            "--endpoint-url",
            &endpoint,
        ],
        vec!["s3cmd", "signurl", "s3://example-bucket/image.jpg", "+3600"],
        vec!["s3cmd", "--signature-v4", "signurl", "s3://example-bucket/image.jpg", "+604800"],
    ] {
        let link = user.link(&line)?;
        expect("the link", fetch(&link)?, &[200], Some(IMAGE))?;
        let other = link.replacen("image.jpg", "image.jpeg", 1);
        expect("the same link for another key", fetch(&other)?, &[403], None)?;
        expect("the link with another signature", fetch(&another_signature(&link)?)?, &[403], None)?;
        println!();
    }

    println!("A link ends with its life:");
    let lines = [
        vec!["aws", "s3", "presign", "s3://example-bucket/image.jpg", "--expires-in", "2"],
        vec!["s3cmd", "signurl", "s3://example-bucket/image.jpg", "+2"],
    ];
    let links: Vec<String> = lines.iter().map(|line| user.link(line)).collect::<Result<_>>()?;
    for link in &links {
        expect("the link at once", fetch(link)?, &[200], Some(IMAGE))?;
    }
    std::thread::sleep(Duration::from_secs(4));
    for link in &links {
        let (status, body) = fetch(link)?;
        ensure!(
            body.windows(12).any(|word| word == b"AccessDenied"),
            "no AccessDenied: {}",
            String::from_utf8_lossy(&body)
        );
        expect("the link after its life", (status, body), &[403], None)?;
    }

    println!("\nWhat cannot be a link is an error, as the real programs word it:");
    user.error(&["aws", "s3", "presign", "s3://example-bucket/"], 252)?;
    user.error(&["s3cmd", "signurl", "s3://example-bucket/image.jpg", "tomorrow"], 64)?;
    println!("\nAll is as it should be.");
    Ok(())
}

/// Builds the program as its users get it.
fn build() -> Result<PathBuf> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let status = Command::new(cargo)
        .args(["build", "--release", "--quiet", "--bin", "presign"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .status()
        .context("cargo")?;
    ensure!(status.success(), "the build failed");
    // This example is target/release/examples/demo; the program lies beside that folder.
    let own = std::env::current_exe()?;
    let target = own.ancestors().nth(3).context("no target folder")?;
    Ok(target.join("release").join(format!("presign{}", std::env::consts::EXE_SUFFIX)))
}

/// Serves a folder as S3, on a free port of loopback, for as long as the demo runs.
fn serve(data: &Path) -> Result<u16> {
    let mut builder =
        S3ServiceBuilder::new(s3s_fs::FileSystem::new(data).map_err(|error| anyhow::anyhow!("the folder: {error:?}"))?);
    builder.set_auth(SimpleAuth::from_single(ACCESS_KEY, SECRET_KEY));
    let service = builder.build();
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0))?;
    listener.set_nonblocking(true)?;
    let port = listener.local_addr()?.port();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
            while let Ok((stream, _)) = listener.accept().await {
                let service = service.clone();
                tokio::spawn(async move {
                    // A client that breaks off is no matter.
                    let _ = Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await;
                });
            }
        });
    });
    Ok(port)
}

/// Somebody with a home folder, settings files, and presign linked as `aws` and `s3cmd`.
struct User {
    home: PathBuf,
    bin: PathBuf,
}

impl User {
    fn new(home: PathBuf, binary: &Path, port: u16) -> Result<Self> {
        let bin = home.join("bin");
        std::fs::create_dir_all(&bin)?;
        std::fs::create_dir_all(home.join(".aws"))?;
        for name in ["aws", "s3cmd"] {
            #[cfg(unix)]
            std::os::unix::fs::symlink(binary, bin.join(name))?;
            #[cfg(not(unix))]
            std::fs::hard_link(binary, bin.join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))?;
        }
        std::fs::write(
            home.join(".aws/config"),
            format!("[default]\nregion = us-east-1\nendpoint_url = http://localhost:{port}\n"),
        )?;
        std::fs::write(
            home.join(".aws/credentials"),
            format!("[default]\naws_access_key_id = {ACCESS_KEY}\naws_secret_access_key = {SECRET_KEY}\n"),
        )?;
        std::fs::write(
            home.join(".s3cfg"),
            format!(
                "[default]\naccess_key = {ACCESS_KEY}\nsecret_key = {SECRET_KEY}\nhost_base = localhost:{port}\n\
                 host_bucket = localhost:{port}\n"
            ),
        )?;
        Ok(Self { home, bin })
    }

    /// Runs a line and gives what it printed.
    fn run(&self, line: &[&str]) -> Result<std::process::Output> {
        println!("$ {}", line.join(" "));
        let program = self.bin.join(format!("{}{}", line[0], std::env::consts::EXE_SUFFIX));
        let mut command = Command::new(&program);
        command.args(&line[1..]).env_clear().env("HOME", &self.home).env("PATH", &self.bin);
        command.output().with_context(|| program.display().to_string())
    }

    /// Runs a line that prints a link.
    fn link(&self, line: &[&str]) -> Result<String> {
        let output = self.run(line)?;
        let (out, err) = (String::from_utf8(output.stdout)?, String::from_utf8_lossy(&output.stderr).into_owned());
        ensure!(output.status.success() && err.is_empty(), "{} and {err:?} instead of a link", output.status);
        print!("{out}");
        let Some(link) = out.strip_suffix('\n').filter(|link| !link.contains('\n')) else {
            bail!("no single line: {out:?}")
        };
        Ok(link.to_owned())
    }

    /// Runs a line that must fail with this exit code and print nothing but its error.
    fn error(&self, line: &[&str], code: i32) -> Result<()> {
        let output = self.run(line)?;
        let err = String::from_utf8_lossy(&output.stderr);
        ensure!(
            output.status.code() == Some(code) && output.stdout.is_empty(),
            "{} instead of {code}: {err}",
            output.status
        );
        println!("{}\n[exit {code}]", err.trim());
        Ok(())
    }
}

/// The status and the body that a link leads to.
fn fetch(link: &str) -> Result<(u16, Vec<u8>)> {
    let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
    let mut response = agent.get(link).call().context("the server does not answer")?;
    Ok((response.status().as_u16(), response.body_mut().read_to_vec()?))
}

fn expect(what: &str, (status, body): (u16, Vec<u8>), statuses: &[u16], content: Option<&[u8]>) -> Result<()> {
    let shown = String::from_utf8_lossy(&body);
    ensure!(statuses.contains(&status), "{what}: {status}, not {statuses:?}: {shown}");
    if let Some(content) = content {
        ensure!(body == content, "{what}: other bytes than the object's: {shown}");
    }
    let code = shown.split("<Code>").nth(1).and_then(|rest| rest.split("</Code>").next());
    println!("  {what}: {status} {}", code.map_or(format!("({} bytes, the object's)", body.len()), str::to_owned));
    Ok(())
}

/// The link with the first character of its signature changed.
fn another_signature(link: &str) -> Result<String> {
    let at = link.find("Signature=").context("no signature")? + "Signature=".len();
    let changed = if link[at..].starts_with('a') { "b" } else { "a" };
    let length = if link[at..].starts_with('%') { 3 } else { 1 };
    Ok(format!("{}{changed}{}", &link[..at], &link[at + length..]))
}
