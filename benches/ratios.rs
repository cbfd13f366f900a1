//! What checking costs, as ratios to ripgrep counting the lines with digits in the same files, in one run on one machine.
//!
//! `cargo bench --bench ratios` needs `rg` (`cargo install ripgrep`). It writes about 250 MB under target/tmp. Each pair of
//! commands runs in turn; the ratio is of the medians. docs/architecture.md holds what was measured.

mod support;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const RUNS: usize = 7;
const RULES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/examples/jingzhou-2020.toml");

fn main() {
    if Command::new("rg").arg("--version").stdout(Stdio::null()).status().is_err() {
        println!("skipped: ripgrep (`rg`) is not installed");
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("ratios");
    let (many, one, part) = write_reports(&folder);
    let single = many.join("report-0001.txt");
    row("6,000 reports of 17 KB", figlint(&[&many], Some(RULES)), ripgrep(&many), 3.0);
    row("one file of 100 MB", figlint(&[&one], Some(RULES)), ripgrep(&one), 4.0);
    row("one report of 17 KB", figlint(&[&single], Some(RULES)), ripgrep(&single), 2.5);
    let (ten, thousand) = (write_rules(&folder, 10), write_rules(&folder, 1000));
    row("1,000 rules against 10 on 20 MB", figlint(&[&part], Some(&thousand)), figlint(&[&part], Some(&ten)), 2.0);
    memory(&one);
}

/// 6,000 reports, the same as one file, and the first 1,200 of them (20 MB) in a folder.
fn write_reports(folder: &Path) -> (PathBuf, PathBuf, PathBuf) {
    let (many, part, one) = (folder.join("many"), folder.join("part"), folder.join("one.txt"));
    if !one.exists() {
        fs::create_dir_all(&many).expect("the folder can be made");
        fs::create_dir_all(&part).expect("the folder can be made");
        let mut all = String::new();
        for seed in 1..=6000 {
            let report = support::report(seed, 17_000);
            fs::write(many.join(format!("report-{seed:04}.txt")), &report).expect("the report can be written");
            if seed <= 1200 {
                fs::write(part.join(format!("report-{seed:04}.txt")), &report).expect("the report can be written");
            }
            all.push_str(&report);
            all.push('\n');
        }
        fs::write(&one, all).expect("the file can be written");
    }
    (many, one, part)
}

/// A rule file with this many distinct rules, of which a few are found in the reports.
fn write_rules(folder: &Path, count: usize) -> String {
    let mut rules = String::new();
    for number in 0..count {
        let words = ["受理", "办结", "培训", "发放资料", "接受咨询", "节约成本", "落实奖补"][number % 7];
        rules.push_str(&format!(
            "[[rule]]\nid = \"r{number}\"\nfind = \"第{number}项{words}{{a}}余,其中{{b}}\"\ncheck = \"b <= a\"\nexpect = \"any\"\n"
        ));
    }
    let path = folder.join(format!("rules-{count}.toml"));
    fs::write(&path, rules).expect("the rule file can be written");
    path.display().to_string()
}

fn figlint(paths: &[&Path], rules: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_figlint"));
    command.args(["check", "--select", "none", "--format", "json", "--no-config", "--fail-on", "never"]);
    command.args(rules.into_iter().flat_map(|rules| ["--rules", rules]));
    command.args(paths).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

fn ripgrep(path: &Path) -> Command {
    let mut command = Command::new("rg");
    command.args(["-c", "[0-9]+"]).arg(path).stdout(Stdio::null());
    command
}

fn row(name: &str, mut ours: Command, mut theirs: Command, bar: f64) {
    let mut times = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        let pair = (time(&mut ours), time(&mut theirs));
        if run > 0 {
            times.0.push(pair.0);
            times.1.push(pair.1);
        }
    }
    let (ours, theirs) = (median(times.0), median(times.1));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("{name:<36} {ours:>10.1?} {theirs:>10.1?}   ratio {ratio:.2} (bar {bar})");
}

fn time(command: &mut Command) -> Duration {
    let start = Instant::now();
    let status = command.status().expect("the command runs");
    let elapsed = start.elapsed();
    assert!(status.code().is_some(), "{command:?}: {status}");
    elapsed
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Peak memory on one large file, as GNU time tells it.
fn memory(one: &Path) {
    let size = fs::metadata(one).expect("the file is there").len();
    let inner = figlint(&[one], Some(RULES));
    let mut command = Command::new("/usr/bin/time");
    command.args(["-f", "%M"]).arg(inner.get_program()).args(inner.get_args()).stdout(Stdio::null());
    let Ok(output) = command.output() else {
        println!("peak memory: skipped, GNU time is not installed");
        return;
    };
    let told = String::from_utf8_lossy(&output.stderr);
    let kilobytes: u64 = told.split_whitespace().last().and_then(|word| word.parse().ok()).unwrap_or(0);
    let ratio = (kilobytes * 1024) as f64 / size as f64;
    println!(
        "{:<36} {:>7} MB {:>7} MB   ratio {ratio:.2} (bar 4)",
        "peak memory on that file",
        kilobytes / 1024,
        size >> 20
    );
}
