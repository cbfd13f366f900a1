//! Paths and URIs. Clients write the same file in several ways (`报告` raw or percent-encoded, `c:` or `c%3A`); all give the
//! same path here, and what the client wrote is given back to it.

use std::path::{Path, PathBuf};

use figlint::output;

/// The path of a `file:` URI; `None`: it is of another kind, or no URI.
pub fn path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let rest = rest.split(['?', '#']).next().unwrap_or_default();
    let (host, path) = rest.split_at(rest.find('/')?);
    let path = decoded(path)?;
    if cfg!(windows) {
        let path = path.replace('/', "\\");
        let drive = path.strip_prefix('\\').filter(|path| path.as_bytes().get(1) == Some(&b':'));
        let share = || format!("\\\\{host}{path}");
        return Some(drive.map_or_else(|| PathBuf::from(share()), PathBuf::from));
    }
    matches!(host, "" | "localhost").then(|| PathBuf::from(path))
}

/// The URI of a path, made absolute first.
pub fn of_path(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    output::uri(&path.to_string_lossy())
}

/// The last part of a URI that names no file, for what it is called: `Untitled-1` of `untitled:Untitled-1`.
pub fn name(uri: &str) -> String {
    let last = uri.rsplit(['/', ':']).next().unwrap_or_default();
    decoded(last).filter(|name| !name.is_empty()).unwrap_or_else(|| "untitled".to_owned())
}

/// Percent signs decoded; `None`: what they stand for is no UTF-8.
fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let digits = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        let digits = digits.filter(|digits| byte == b'%' && digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        let code = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok());
        bytes.push(code.unwrap_or(byte));
        rest = if code.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).ok()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn paths_are_found_however_they_are_written() {
        let cases = [
            ("file:///reports/%E6%8A%A5%E5%91%8A.md", Some("/reports/报告.md")),
            ("file:///reports/报告.md", Some("/reports/报告.md")),
            ("file://localhost/a%20b%", Some("/a b%")),
            ("file:///a%zz%4", Some("/a%zz%4")),
            ("file:///a%ff", None),
            ("file://elsewhere/a", None),
            ("untitled:Untitled-1", None),
            ("", None),
            ("file://", None),
        ];
        for (uri, expected) in cases {
            assert_eq!(path(uri), expected.map(PathBuf::from), "{uri}");
        }
        assert_eq!([name("untitled:Untitled-1"), name("x:/"), name("")], ["Untitled-1", "untitled", "untitled"]);
    }

    proptest::proptest! {
        #[test]
        fn a_path_comes_back(name in "[^/\\x00]{1,20}") {
            let absolute = Path::new("/").join(&name);
            proptest::prop_assume!(name != "." && name != "..");
            proptest::prop_assert_eq!(path(&of_path(&absolute)), Some(absolute));
        }
    }
}
