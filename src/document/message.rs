//! What is told to people, in both languages: who reads a report need not know how it is to be shown.

use std::borrow::Cow;

use super::Language;

/// A message in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    /// In English.
    pub english: Cow<'static, str>,
    /// In Chinese.
    pub chinese: Cow<'static, str>,
}

impl Message {
    /// The same message in English and in Chinese.
    pub fn new(english: impl Into<Cow<'static, str>>, chinese: impl Into<Cow<'static, str>>) -> Self {
        let message = Self { english: english.into(), chinese: chinese.into() };
        debug_assert!(
            !message.english.is_empty() && !message.chinese.is_ascii(),
            "{message:?} is not in both languages"
        );
        message
    }

    /// A name, or what another program or a library says, which is the same in both languages.
    pub fn verbatim(text: impl Into<Cow<'static, str>>) -> Self {
        let text = text.into();
        Self { english: text.clone(), chinese: text }
    }

    /// What keeps a file from being read or written.
    pub fn of_io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        match error.kind() {
            ErrorKind::NotFound => Self::new("there is no such file or folder", "没有这个文件或文件夹"),
            ErrorKind::PermissionDenied => Self::new("its permissions do not allow it", "没有访问它的权限"),
            ErrorKind::IsADirectory => Self::new("is a folder, not a file", "是文件夹，不是文件"),
            ErrorKind::NotADirectory => Self::new("a part of its path is no folder", "路径中有一部分不是文件夹"),
            _ => Self::verbatim(error.to_string()),
        }
    }

    /// The message in a language.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::English => &self.english,
            Language::Chinese => &self.chinese,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_chosen() {
        let message = Message::new("a row", "一行");
        assert_eq!(message.in_language(Language::English), "a row");
        assert_eq!(message.in_language(Language::Chinese), "一行");
        assert_eq!(Message::verbatim("zip").in_language(Language::Chinese), "zip");
    }

    #[test]
    fn errors_of_the_system_are_told_in_words() {
        let missing = std::fs::read("no-such-folder/file").unwrap_err();
        assert_eq!(Message::of_io(&missing).english, "there is no such file or folder");
        let folder = std::fs::read(".").unwrap_err();
        assert_eq!(Message::of_io(&folder).chinese, "是文件夹，不是文件");
    }

    #[test]
    #[cfg(debug_assertions)]
    fn messages_without_chinese_are_found() {
        for chinese in ["", "a row"] {
            assert!(std::panic::catch_unwind(|| Message::new("a row", chinese)).is_err(), "{chinese}");
        }
    }
}
