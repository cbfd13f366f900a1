//! Labels of numbers that only name or number something.

use super::label::clean_label;

/// Whether a header names a column that only numbers the rows or gives their codes.
pub(super) fn names_index(header: &str) -> bool {
    const NAMES: [&str; 25] = [
        "序号",
        "编号",
        "行次",
        "编码",
        "代码",
        "科目编码",
        "科目代码",
        "功能科目编码",
        "项目代码",
        "类",
        "款",
        "项",
        "栏次",
        "no.",
        "no",
        "#",
        "code",
        "id",
        "page",
        "pageno.",
        "pagenumber",
        "页码",
        "exhibit",
        "exhibitno.",
        "exhibitnumber",
    ];
    let key = clean_label(header);
    NAMES.contains(&key.as_str()) || ["编码", "代码", "pageno.", "pagenumber"].iter().any(|end| key.ends_with(end))
}

/// Whether a header names a column that tells the rows' notes by their numbers.
pub(super) fn names_notes(header: &str) -> bool {
    const NAMES: [&str; 16] = [
        "note",
        "notes",
        "note(s)",
        "noteref",
        "noteref.",
        "ref",
        "ref.",
        "refs",
        "footnote",
        "footnotes",
        "†",
        "‡",
        "附注",
        "附注号",
        "附注编号",
        "注释",
    ];
    NAMES.contains(&clean_label(header).as_str())
}

/// Whether a row's label says that what stands beside it is the number by which something is known: Order ID, sentence id, 合同编号. ID
/// alone is a state, and "no." how many there are.
pub(super) fn names_identifier(label: &str) -> bool {
    const CHINESE: [&str; 7] = ["编号", "序号", "编码", "代码", "文号", "账号", "邮编"];
    const THINGS: [&str; 18] = [
        "account",
        "case",
        "contract",
        "device",
        "document",
        "file",
        "invoice",
        "item",
        "order",
        "policy",
        "product",
        "project",
        "record",
        "registration",
        "sentence",
        "serial",
        "tax",
        "transaction",
    ];
    const PEOPLE: [&str; 5] = ["customer", "employee", "patient", "student", "user"];
    let bare = label.trim_end().trim_end_matches([':', '：']).trim_end();
    if CHINESE.iter().any(|word| bare.ends_with(word)) {
        return true;
    }
    let mut last = bare.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (Some(word), before) = (last.next(), last.next()) else { return false };
    let is_of = |kinds: &[&str]| before.is_some_and(|before| kinds.contains(&before.to_lowercase().as_str()));
    let has_colon = bare.len() < label.trim_end().len();
    match word {
        "id" | "Id" => has_colon || before.is_some(),
        "ID" => has_colon || is_of(&THINGS) || is_of(&PEOPLE),
        // "Student no." may be how many there are.
        _ => bare.ends_with('.') && word.eq_ignore_ascii_case("no") && is_of(&THINGS),
    }
}
