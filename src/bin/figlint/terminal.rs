//! What the terminal can do, found out in one place.

use std::io::IsTerminal;

use crate::arguments::Color;

/// How wide text for people is where no terminal says so.
const DEFAULT_WIDTH: usize = 100;

/// The columns of standard output: `COLUMNS`, or the terminal's.
pub fn width() -> usize {
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    let measured = || terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    told.or_else(measured).filter(|&width| width > 0).unwrap_or(DEFAULT_WIDTH)
}

/// Whether standard output is coloured.
pub fn color(choice: Color) -> bool {
    decide(choice, std::io::stdout().is_terminal(), |name| std::env::var(name).ok())
}

/// Whether standard output is looked at by somebody.
pub fn is_shown() -> bool {
    std::io::stdout().is_terminal()
}

/// `--color` before NO_COLOR before CLICOLOR_FORCE before CLICOLOR before what the terminal is.
fn decide(choice: Color, terminal: bool, variable: impl Fn(&str) -> Option<String>) -> bool {
    let set = |name| variable(name).is_some_and(|value| !value.is_empty() && value != "0");
    match choice {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if variable("NO_COLOR").is_some_and(|value| !value.is_empty()) => false,
        Color::Auto if set("CLICOLOR_FORCE") => true,
        Color::Auto if variable("CLICOLOR").is_some_and(|value| value == "0") => false,
        Color::Auto => terminal && variable("TERM").is_none_or(|value| value != "dumb"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_the_conventions() {
        type Variables = &'static [(&'static str, &'static str)];
        let cases: [(Color, bool, Variables, bool); 9] = [
            (Color::Auto, true, &[], true),
            (Color::Auto, false, &[], false),
            (Color::Auto, true, &[("NO_COLOR", "1")], false),
            (Color::Auto, true, &[("NO_COLOR", "")], true),
            (Color::Auto, true, &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")], false),
            (Color::Auto, false, &[("CLICOLOR_FORCE", "1")], true),
            (Color::Auto, true, &[("CLICOLOR", "0")], false),
            (Color::Auto, true, &[("TERM", "dumb")], false),
            (Color::Always, false, &[("NO_COLOR", "1")], true),
        ];
        for (choice, terminal, variables, expected) in cases {
            let variable =
                |name: &str| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_string());
            assert_eq!(decide(choice, terminal, variable), expected, "{variables:?}");
        }
    }
}
