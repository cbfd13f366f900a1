//! Text from reports on a page: escaped, and made harmless as it is for terminals.

use maud::Render;

use super::super::clean;

/// A text from a report, on one line.
pub struct Text<'a>(pub &'a str);

/// A text from a report in which line breaks that only wrap its lines are gone and others are kept.
pub struct Flowing<'a>(pub &'a str);

/// A text from a report with all its line breaks and blanks.
pub struct Verbatim<'a>(pub &'a str);

impl Render for Text<'_> {
    fn render_to(&self, out: &mut String) {
        self.0.chars().filter_map(clean::character).for_each(|c| push(c, out));
    }
}

impl Render for Verbatim<'_> {
    fn render_to(&self, out: &mut String) {
        for c in self.0.chars().filter_map(|c| if matches!(c, '\n' | '\t') { Some(c) } else { clean::character(c) }) {
            push(c, out);
        }
    }
}

impl Render for Flowing<'_> {
    fn render_to(&self, out: &mut String) {
        let mut lines = self.0.split('\n').peekable();
        while let Some(line) = lines.next() {
            Text(line.trim_end_matches('\r')).render_to(out);
            let Some(next) = lines.peek() else { break };
            if !wraps(line) {
                out.push_str("<br>");
            } else if !(is_wide(line.trim_end().chars().last()) && is_wide(next.trim_start().chars().next())) {
                out.push(' ');
            }
        }
    }
}

/// Whether a line is long enough to have been broken only for its width.
fn wraps(line: &str) -> bool {
    const SHORTEST: usize = 40;
    clean::width(line.trim()) >= SHORTEST || line.trim().is_empty()
}

/// Whether no blank stands beside a character: Chinese, and the punctuation that goes with it.
fn is_wide(c: Option<char>) -> bool {
    c.is_some_and(|c| clean::width_of(c) == 2)
}

fn push(c: char, out: &mut String) {
    match c {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '"' => out.push_str("&quot;"),
        c => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: impl Render) -> String {
        text.render().into_string()
    }

    #[test]
    fn nothing_of_a_report_is_markup() {
        assert_eq!(
            shown(Text("</script><b a=\"1\">&amp;\u{0}\u{202e}")),
            "&lt;/script&gt;&lt;b a=&quot;1&quot;&gt;&amp;amp;\u{fffd}\u{fffd}"
        );
        assert_eq!(shown(Verbatim("a\n\t<b>")), "a\n\t&lt;b&gt;");
    }

    #[test]
    fn wrapped_lines_flow_and_short_ones_stay() {
        let long = "全区共调处各类矛盾纠纷，其中疑难复杂的、涉及妇女和儿童的、涉及劳动的";
        assert_eq!(shown(Flowing(&format!("{long}\n都已办结"))), format!("{long}都已办结"));
        assert_eq!(shown(Flowing("Dear Sir,\nyes")), "Dear Sir,<br>yes");
        let english = "The office received 561 letters in the year,";
        assert_eq!(shown(Flowing(&format!("{english}\r\nof which 528"))), format!("{english} of which 528"));
    }
}
