//! Writing suggestions into reports: byte for byte, only where nothing has changed since they were made.

use std::io::Write;
use std::path::Path;

use encoding_rs::Encoding;

use crate::diagnostic::Suggestion;
use crate::error::{Error, Result};

/// A file with suggestions applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fixed {
    /// The new content; the bytes outside of suggestions are those of the old.
    pub bytes: Vec<u8>,
    /// How many suggestions were applied; the same one made twice counts once.
    pub applied: usize,
    /// Suggestions that were not: they overlap, lie outside of the file, or cannot be written in its encoding.
    pub refused: Vec<Suggestion>,
}

/// Applies suggestions to a file's bytes. `encoding` is the WHATWG name of the file's encoding, in which they are written.
/// Of suggestions that overlap none is applied. Those without bytes (in containers) are refused.
pub fn apply(bytes: &[u8], encoding: &str, suggestions: &[Suggestion]) -> Fixed {
    let mut fixed = Fixed::default();
    let mut edits = Vec::new();
    for suggestion in suggestions {
        match edit(bytes, encoding, suggestion) {
            Some(edit) => edits.push(edit),
            None => fixed.refused.push(suggestion.clone()),
        }
    }
    edits.sort_by(|a, b| (a.start, a.end, &a.new).cmp(&(b.start, b.end, &b.new)));
    edits.dedup_by(|a, b| (a.start, a.end, &a.new) == (b.start, b.end, &b.new));
    let mut copied = 0;
    for (edit, overlaps) in edits.iter().zip(overlapping(&edits)) {
        if overlaps {
            fixed.refused.push(edit.suggestion.clone());
            continue;
        }
        fixed.bytes.extend_from_slice(&bytes[copied..edit.start]);
        fixed.bytes.extend_from_slice(&edit.new);
        copied = edit.end;
        fixed.applied += 1;
    }
    fixed.bytes.extend_from_slice(&bytes[copied..]);
    fixed
}

/// Writes `new` in place of a file that still holds `old`: beside it first, then renamed, so that a reader sees either.
/// Permission bits are kept, and a symbolic link goes on pointing at the file.
///
/// # Errors
/// The file cannot be read or written, or no longer holds `old`; it is left as it is then.
pub fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<()> {
    replace_file(path, old, new).map_err(|error| error.on(path))
}

/// A unified diff of two contents of a text file, decoded. `name` is what the file is called in its header.
pub fn unified_diff(name: &str, encoding: &str, old: &[u8], new: &[u8]) -> String {
    let encoding = Encoding::for_label(encoding.as_bytes()).unwrap_or(encoding_rs::UTF_8);
    let (old, new) = (encoding.decode(old).0, encoding.decode(new).0);
    let diff = similar::TextDiff::from_lines(&*old, &*new);
    diff.unified_diff().context_radius(1).header(&format!("a/{name}"), &format!("b/{name}")).to_string()
}

/// A suggestion in bytes.
struct Edit<'a> {
    start: usize,
    end: usize,
    new: Vec<u8>,
    suggestion: &'a Suggestion,
}

fn edit<'a>(bytes: &[u8], encoding: &str, suggestion: &'a Suggestion) -> Option<Edit<'a>> {
    let (start, end) = suggestion.bytes?;
    let (start, end) = (usize::try_from(start).ok()?, usize::try_from(end).ok()?);
    let inside = start <= end && end <= bytes.len();
    inside.then_some(Edit { start, end, new: encoded(&suggestion.text, encoding)?, suggestion })
}

/// A text in an encoding; `None`: the encoding is unknown or lacks a character.
fn encoded(text: &str, encoding: &str) -> Option<Vec<u8>> {
    let encoding = Encoding::for_label(encoding.as_bytes())?;
    // The Encoding Standard decodes UTF-16 but encodes none.
    if encoding == encoding_rs::UTF_16LE {
        return Some(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
    }
    if encoding == encoding_rs::UTF_16BE {
        return Some(text.encode_utf16().flat_map(u16::to_be_bytes).collect());
    }
    let (bytes, _, unmappable) = encoding.encode(text);
    (!unmappable).then(|| bytes.into_owned())
}

/// For each of the sorted edits, whether another one reaches into it. Two insertions at one place do overlap.
fn overlapping(edits: &[Edit]) -> Vec<bool> {
    let mut overlaps = vec![false; edits.len()];
    let Some(mut widest) = edits.first().map(|_| 0) else { return overlaps };
    for i in 1..edits.len() {
        let same_place = edits[i].start == edits[widest].start;
        if edits[i].start < edits[widest].end || same_place {
            overlaps[i] = true;
            overlaps[widest] = true;
        }
        if edits[i].end >= edits[widest].end {
            widest = i;
        }
    }
    overlaps
}

fn replace_file(path: &Path, old: &[u8], new: &[u8]) -> Result<()> {
    let target = path.canonicalize()?;
    let folder = target.parent().unwrap_or(Path::new("."));
    let permissions = target.metadata()?.permissions();
    if permissions.readonly() {
        return Err(Error::message("is read-only; nothing was written", "为只读文件，未作改动"));
    }
    let mut beside = tempfile::NamedTempFile::new_in(folder)?;
    beside.write_all(new)?;
    beside.as_file().set_permissions(permissions)?;
    beside.as_file().sync_all()?;
    if std::fs::read(&target)? != old {
        return Err(Error::message(
            "has changed since it was checked; nothing was written",
            "检查后文件已有改动，未作改动",
        ));
    }
    beside.persist(&target).map_err(|error| error.error)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suggestion(start: u64, end: u64, text: &str) -> Suggestion {
        Suggestion { bytes: Some((start, end)), text: text.into(), ..Suggestion::default() }
    }

    #[test]
    fn only_the_figures_change() {
        let cases: [(&str, &[Suggestion], &str, usize, usize); 6] = [
            ("rate 96.5%, n 5\r\n", &[suggestion(5, 10, "96.6%")], "rate 96.6%, n 5\r\n", 1, 0),
            ("1 2 3", &[suggestion(4, 5, "30"), suggestion(0, 1, "10")], "10 2 30", 2, 0),
            ("1 2 3", &[suggestion(0, 3, "x"), suggestion(2, 5, "y"), suggestion(4, 5, "z")], "1 2 3", 0, 3),
            ("1 2 3", &[suggestion(0, 1, "9"), suggestion(0, 1, "9")], "9 2 3", 1, 0),
            ("1 2 3", &[suggestion(0, 1, "9"), suggestion(0, 1, "8")], "1 2 3", 0, 2),
            ("1", &[suggestion(0, 2, "9"), Suggestion { text: "9".into(), ..Suggestion::default() }], "1", 0, 2),
        ];
        for (old, suggestions, new, applied, refused) in cases {
            let fixed = apply(old.as_bytes(), "UTF-8", suggestions);
            assert_eq!(String::from_utf8(fixed.bytes).unwrap(), new);
            assert_eq!((fixed.applied, fixed.refused.len()), (applied, refused), "{old}");
        }
    }

    #[test]
    fn the_file_keeps_its_encoding() {
        let text = "受理38件。";
        for (name, encoded) in [
            ("GB18030", encoding_rs::GB18030.encode(text).0.into_owned()),
            ("UTF-16LE", text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            ("UTF-16BE", text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ] {
            let wide = if name == "GB18030" { 1 } else { 2 };
            let fixed = apply(&encoded, name, &[suggestion(4, 4 + 2 * wide, "三十九")]);
            let decoded = Encoding::for_label(name.as_bytes()).unwrap().decode(&fixed.bytes).0.into_owned();
            assert_eq!(decoded, "受理三十九件。");
        }
        assert_eq!(apply(b"38", "windows-1252", &[suggestion(0, 2, "三")]).refused.len(), 1);
        assert_eq!(apply(b"38", "no such", &[suggestion(0, 2, "3")]).refused.len(), 1);
    }

    #[test]
    fn a_file_that_changed_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("r.txt");
        std::fs::write(&path, "new words").unwrap();
        assert!(replace(&path, b"old words", b"x").unwrap_err().to_string().contains("changed"));
        assert_eq!(std::fs::read(&path).unwrap(), b"new words");
        replace(&path, b"new words", b"x").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"x");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is left beside it");
    }

    #[cfg(unix)]
    #[test]
    fn links_and_permissions_are_kept() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let (path, link) = (folder.path().join("r.txt"), folder.path().join("link.txt"));
        std::fs::write(&path, "1").unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o640)).unwrap();
        std::os::unix::fs::symlink(&path, &link).unwrap();
        replace(&link, b"1", b"2").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"2");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o440)).unwrap();
        assert!(replace(&link, b"2", b"3").unwrap_err().to_string().contains("read-only"));
    }

    #[test]
    fn diffs_are_unified() {
        insta::assert_snapshot!(unified_diff("r.txt", "UTF-8", b"a\nrate 96.5%\nb\nc\n", b"a\nrate 96.6%\nb\nc\n"), @r"
        --- a/r.txt
        +++ b/r.txt
        @@ -1,3 +1,3 @@
         a
        -rate 96.5%
        +rate 96.6%
         b
        ");
    }

    proptest::proptest! {
        #[test]
        fn bytes_outside_stay(bytes in proptest::collection::vec(0u8.., 0..60), edits in proptest::collection::vec((0u64..60, 0u64..6), 0..5)) {
            let suggestions: Vec<_> = edits.iter().map(|&(start, len)| suggestion(start, start + len, "7")).collect();
            let fixed = apply(&bytes, "UTF-8", &suggestions);
            proptest::prop_assert!(fixed.applied + fixed.refused.len() <= suggestions.len());
            if fixed.applied == 0 {
                proptest::prop_assert_eq!(fixed.bytes, bytes);
            }
        }
    }
}
