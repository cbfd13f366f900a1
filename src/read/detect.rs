//! What a file is: its first bytes tell before its name does.

use std::path::Path;

use super::html;
use super::package::Package;
use crate::document::Format;
use crate::error::{Error, Result};

/// Whether a file met while walking a folder is a report, by its extension.
pub fn supports(path: &Path) -> bool {
    let extension = extension(path);
    is_workbook(&extension)
        || matches!(extension.as_str(), "txt" | "text" | "md" | "markdown" | "csv" | "tsv" | "tab" | "docx" | "docm")
        || matches!(extension.as_str(), "html" | "htm" | "xhtml" | "pdf")
}

/// The format of a file.
///
/// # Errors
/// It is of a format that cannot be read; the message says what to do.
pub(super) fn format(path: &Path, bytes: &[u8]) -> Result<Format> {
    if let Some(format) = container(path, bytes)? {
        return Ok(format);
    }
    Ok(match extension(path).as_str() {
        "md" | "markdown" => Format::Markdown,
        "csv" => Format::Csv,
        "tsv" | "tab" => Format::Tsv,
        "html" | "htm" | "xhtml" => Format::Html,
        _ if html::looks_like(bytes) => Format::Html,
        extension if is_workbook(extension) && bytes.is_empty() => {
            return Err(Error::message("is empty", "文件是空的"));
        }
        // Programs export tables with tabs under the name of an old workbook.
        "xls" if bytes.contains(&b'\t') => Format::Csv,
        extension if is_workbook(extension) => {
            return Err(Error::message(
                format!("is no .{extension}: it is damaged, or named wrongly; a text is to be called .csv or .txt"),
                format!("不是 .{extension} 文件：已损坏，或扩展名有误；纯文本请改名为 .csv 或 .txt"),
            ));
        }
        _ => Format::Text,
    })
}

fn extension(path: &Path) -> String {
    path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
}

fn is_workbook(extension: &str) -> bool {
    matches!(extension, "xlsx" | "xlsm" | "xltx" | "xltm" | "xls" | "xlsb" | "ods" | "et")
}

/// The format of a file that is no plain text, by its first bytes and what is in it; `None`: its name tells.
fn container(path: &Path, bytes: &[u8]) -> Result<Option<Format>> {
    if is_zip(bytes) {
        let archive = || {
            Err(Error::message(
                "is an archive of files; name it on the command line, or unpack it",
                "是压缩包；请在命令行中直接写出它，或先行解压",
            ))
        };
        return in_zip(bytes)?.map_or_else(archive, |format| Ok(Some(format)));
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
        return in_compound_file(path, bytes).map(Some);
    }
    let extension = extension(path);
    match extension.as_str() {
        _ if is_pdf(bytes) => Ok(Some(Format::Pdf)),
        "pdf" => Err(Error::message(
            "it is no PDF, though it is called one: it does not start with %PDF-",
            "扩展名是 .pdf，内容却不是 PDF：不以 %PDF- 开头",
        )),
        "docx" | "docm" | "dotx" | "dotm" => {
            Err(Error::message("is no .docx: it is damaged, or named wrongly", "不是 .docx 文件：已损坏，或扩展名有误"))
        }
        "doc" | "pptx" | "odt" | "rtf" | "wps" => Err(unread(&extension)),
        _ => Ok(None),
    }
}

/// Whether a file is a PDF: some start with other bytes (headers of mails and printers).
fn is_pdf(bytes: &[u8]) -> bool {
    const JUNK: usize = 1024;
    let start = &bytes[..bytes.len().min(JUNK)];
    start.starts_with(b"%PDF-") || memchr::memmem::find(start, b"\n%PDF-").is_some()
}

/// Whether the bytes start as a zip archive does.
pub(super) fn is_zip(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The document that a zip archive holds, by the names of its parts; `None`: files that are documents themselves.
///
/// # Errors
/// It is damaged, or a document that cannot be read.
pub(super) fn in_zip(bytes: &[u8]) -> Result<Option<Format>> {
    let mut package = Package::open(bytes, MOST_OF_A_LABEL)?;
    let has = |package: &Package, start: &str| package.names().any(|name| name.starts_with(start));
    if has(&package, "[content_types].xml") || has(&package, "_rels/.rels") {
        return match () {
            () if has(&package, "xl/") => Ok(Some(Format::Workbook)),
            () if has(&package, "ppt/") => Err(unread("pptx")),
            // Parts may have any name; then the list of their types tells.
            () if !has(&package, "word/") && lists_workbook(&mut package) => Ok(Some(Format::Workbook)),
            () => Ok(Some(Format::Word)),
        };
    }
    match () {
        () if has(&package, "word/document") => Ok(Some(Format::Word)),
        () if !has(&package, "content.xml") => Ok(None),
        () if is_sheet(&mut package) => Ok(Some(Format::Workbook)),
        () if has(&package, "mimetype") || has(&package, "meta-inf/manifest.xml") => Err(unread("odt")),
        () => Ok(None),
    }
}

/// How much is unpacked, in bytes, to see what a package is.
const MOST_OF_A_LABEL: u64 = 1 << 20;

/// Whether the list of a package's types says that its main part is a workbook. Those of parts put into it are listed too.
fn lists_workbook(package: &mut Package) -> bool {
    let types = package.part("[content_types].xml").map(|part| part.bytes).unwrap_or_default();
    ["spreadsheetml.sheet.main", "spreadsheetml.template.main", "ms-excel.sheet", "ms-excel.template"]
        .into_iter()
        .any(|kind| memchr::memmem::find(&types, kind.as_bytes()).is_some())
}

/// Whether an OpenDocument package holds a spreadsheet: its type says so, otherwise its content does.
fn is_sheet(package: &mut Package) -> bool {
    let mut says = |part: &str, what: &str| {
        let part = package.part(part).filter(|part| !part.bytes.is_empty());
        part.map(|part| memchr::memmem::find(&part.bytes, what.as_bytes()).is_some())
    };
    says("mimetype", "opendocument.spreadsheet").or_else(|| says("content.xml", "office:spreadsheet")) == Some(true)
}

/// What a compound file (the container of Word 97) holds. Its folder has names in UTF-16.
fn in_compound_file(path: &Path, bytes: &[u8]) -> Result<Format> {
    let has = |name: &str| {
        let wide: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(bytes, &wide).is_some()
    };
    if has("EncryptedPackage") {
        return Err(encrypted());
    }
    if has("Workbook") && is_workbook(&extension(path)) {
        return Ok(Format::Workbook);
    }
    if has("WordDocument") || extension(path) == "doc" {
        return Err(Error::message(
            "the doc format of Word 97 cannot be read; save it as .docx (or: soffice --headless --convert-to docx FILE)",
            "无法读取 Word 97 的 doc 格式；请另存为 .docx（或运行 soffice --headless --convert-to docx 文件）",
        ));
    }
    if ["Workbook", "WORKBOOK", "Book", "BOOK"].into_iter().any(has) {
        return Ok(Format::Workbook);
    }
    if has("PowerPoint Document") {
        return Err(unread("ppt"));
    }
    Err(Error::message(
        "holds no report that can be read; save what it shows as plain text (UTF-8) and check that",
        "其中没有可以读取的报告；请将所示内容另存为纯文本（UTF-8）再检查",
    ))
}

/// A file that only its password opens.
pub(super) fn encrypted() -> Error {
    Error::message(
        "is encrypted; open it with its password and save it without",
        "已加密；请用密码打开，取消密码后另存",
    )
}

/// A format that cannot be read, with what to do.
fn unread(kind: &str) -> Error {
    let (advice, advice_in_chinese) = match kind {
        "ppt" | "pptx" => ("save it as plain text (UTF-8) and check that", "请另存为纯文本（UTF-8）再检查"),
        _ => ("save it as .docx and check that", "请另存为 .docx 再检查"),
    };
    Error::message(
        format!("the {kind} format cannot be read; {advice}"),
        format!("无法读取 {kind} 格式；{advice_in_chinese}"),
    )
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::write::SimpleFileOptions;

    use super::*;

    /// What a package of these parts is, all of them compressed.
    fn told(parts: &[(&str, &str)]) -> String {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        for (name, content) in parts {
            zip.start_file(*name, options).unwrap();
            zip.write_all(content.as_bytes()).unwrap();
        }
        match in_zip(&zip.finish().unwrap().into_inner()) {
            Ok(format) => format!("{format:?}"),
            Err(error) => error.to_string().split(' ').nth(1).unwrap_or_default().to_owned(),
        }
    }

    #[test]
    fn packages_are_known_by_what_they_hold() {
        let sheet = ("content.xml", "<office:body><office:spreadsheet/></office:body>");
        let text = ("content.xml", "<office:body><office:text>5</office:text></office:body>");
        let of_sheet = ("mimetype", "application/vnd.oasis.opendocument.spreadsheet");
        let of_text = ("mimetype", "application/vnd.oasis.opendocument.text");
        let manifest = ("META-INF/manifest.xml", "");
        assert_eq!(told(&[of_sheet, sheet, manifest]), "Some(Workbook)");
        assert_eq!(told(&[manifest, sheet, of_sheet]), "Some(Workbook)");
        assert_eq!(told(&[sheet, manifest]), "Some(Workbook)");
        assert_eq!(told(&[of_text, text, manifest]), "odt");
        // A text may hold a sheet; its own type counts.
        assert_eq!(told(&[("Object 1/content.xml", sheet.1), of_text, sheet]), "odt");
        assert_eq!(told(&[text, manifest]), "odt");
        assert_eq!(told(&[text, ("a.csv", "5")]), "None");
    }

    #[test]
    fn parts_of_a_workbook_may_have_any_names() {
        let types = |kind: &str| {
            format!("<Types><Override PartName=\"/main.xml\" ContentType=\"application/{kind}\"/></Types>")
        };
        let sheet = types("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml");
        let words = types("vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml");
        assert_eq!(told(&[("main.xml", ""), ("[Content_Types].xml", &sheet)]), "Some(Workbook)");
        assert_eq!(told(&[("main.xml", ""), ("[Content_Types].xml", &words)]), "Some(Word)");
        assert_eq!(told(&[("xl/workbook.xml", ""), ("[Content_Types].xml", &words)]), "Some(Workbook)");
    }
}
