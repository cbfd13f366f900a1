//! What an element is to a reader.

/// What an element does to the text in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// Its text is not shown.
    Hidden,
    /// A style sheet; its text is not shown.
    Style,
    /// A line break.
    Break,
    /// A block: text before, in and after it does not belong together.
    Block,
    /// A paragraph: any block ends it.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// A list, in which items end each other.
    List,
    /// An item of a list.
    Item,
    /// A table.
    Table,
    /// Rows that belong together; those of the head are headers, and those of the foot stand below all others.
    RowGroup { head: bool, foot: bool },
    /// A row of a table.
    Row,
    /// A cell of a table.
    Cell { header: bool },
    /// The caption of a table.
    Caption,
    /// Bold text.
    Bold,
    /// Superscript.
    Raised,
    /// Subscript.
    Lowered,
    /// Text whose line breaks count.
    Preformatted,
    /// Code: inside preformatted text its figures are not read.
    Code,
    /// It has neither text nor an end tag.
    Void,
    /// A rule between blocks, without an end tag.
    Rule,
    /// Nothing.
    Inline,
}

impl Tag {
    /// What the element called `name` (in lower case) is.
    pub fn of(name: &[u8]) -> Tag {
        match name {
            b"td" => Tag::Cell { header: false },
            b"th" => Tag::Cell { header: true },
            b"tr" => Tag::Row,
            b"span" | b"a" | b"font" => Tag::Inline,
            b"div" => Tag::Block,
            b"br" => Tag::Break,
            b"p" => Tag::Paragraph,
            b"table" => Tag::Table,
            b"thead" => Tag::RowGroup { head: true, foot: false },
            b"tbody" => Tag::RowGroup { head: false, foot: false },
            b"tfoot" => Tag::RowGroup { head: false, foot: true },
            b"caption" => Tag::Caption,
            b"ul" | b"ol" | b"dl" | b"menu" | b"select" | b"datalist" => Tag::List,
            b"li" | b"dt" | b"dd" | b"option" => Tag::Item,
            b"b" | b"strong" => Tag::Bold,
            b"sup" => Tag::Raised,
            b"sub" => Tag::Lowered,
            b"pre" | b"xmp" | b"listing" | b"plaintext" => Tag::Preformatted,
            b"code" => Tag::Code,
            [b'h', level @ b'1'..=b'6'] => Tag::Heading(level - b'0'),
            b"style" => Tag::Style,
            b"script" | b"template" | b"noscript" | b"iframe" | b"noembed" | b"noframes" | b"object" | b"ix:header"
            | b"ix:hidden" | b"ix:references" | b"ix:resources" => Tag::Hidden,
            b"img" | b"input" | b"meta" | b"link" | b"base" | b"col" | b"colgroup" | b"wbr" | b"embed" | b"area"
            | b"source" | b"track" | b"param" => Tag::Void,
            b"hr" => Tag::Rule,
            _ if BLOCKS.contains(&name) => Tag::Block,
            _ => Tag::Inline,
        }
    }

    /// Whether the end tags of elements outside of it have no effect inside.
    pub fn is_barrier(self) -> bool {
        matches!(self, Tag::Table | Tag::Cell { .. } | Tag::Caption)
    }

    /// Whether text before, in and after it does not belong together.
    pub fn is_block(self) -> bool {
        use Tag::*;
        matches!(self, Block | Paragraph | Heading(_) | List | Item | Table | RowGroup { .. } | Row | Cell { .. })
            || matches!(self, Caption | Preformatted | Rule)
    }
}

const BLOCKS: &[&[u8]] = &[
    b"address",
    b"article",
    b"aside",
    b"blockquote",
    b"body",
    b"button",
    b"center",
    b"details",
    b"dialog",
    b"fieldset",
    b"figcaption",
    b"figure",
    b"footer",
    b"form",
    b"frameset",
    b"head",
    b"header",
    b"hgroup",
    b"html",
    b"legend",
    b"main",
    b"nav",
    b"optgroup",
    b"search",
    b"section",
    b"summary",
    b"textarea",
    b"title",
];
