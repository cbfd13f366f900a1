use figlint::{figure::*, span::Span};
fn main() {
    let path = std::env::args().nth(1).unwrap();
    let time = std::env::args().nth(2).as_deref() == Some("time");
    let text = std::fs::read_to_string(&path).unwrap();
    let cellmode = path.ends_with(".md") && text.contains("| --- |");
    let mut out = vec![];
    let mut go = |out: &mut Vec<Figure>| {
        let mut at = 0;
        for line in text.split_inclusive('\n') {
            let l = line.trim_end();
            if cellmode && l.starts_with('|') {
                let mut p = at;
                for c in l.split('|') {
                    let t = c.trim();
                    let s = p + (c.len() - c.trim_start().len());
                    if !t.is_empty() {
                        lex_block(&text, Span::new(s, s + t.len()), 0, true, out);
                    }
                    p += c.len() + 1;
                }
            } else {
                lex_block(&text, Span::new(at, at + l.len()), 0, false, out);
            }
            at += line.len();
        }
    };
    go(&mut out);
    if time {
        let (mut best, mut none) = (u128::MAX, u128::MAX);
        let plain: String = text
            .chars()
            .filter(|c| !c.is_ascii_digit())
            .map(|c| if "零〇一壹二两贰三叁四五六七八九十百千万亿".contains(c) { '甲' } else { c })
            .collect();
        let mut words = vec![];
        for _ in 0..5000 {
            out.clear();
            let t = std::time::Instant::now();
            go(&mut out);
            best = best.min(t.elapsed().as_nanos());
            let t = std::time::Instant::now();
            lex_block(&plain, Span::new(0, plain.len()), 0, false, &mut words);
            none = none.min(t.elapsed().as_nanos());
        }
        println!(
            "{:.2} us, {} figures; {} bytes without numerals {:.2} us ({})",
            best as f64 / 1e3,
            out.len(),
            plain.len(),
            none as f64 / 1e3,
            words.len()
        );
        return;
    }
    for f in &out {
        if f.class == Class::Word {
            continue;
        }
        let s = f.span.start as usize;
        let e = f.span.end as usize;
        let a = (0..=24).map(|k| s.saturating_sub(24 - k)).find(|&k| text.is_char_boundary(k)).unwrap();
        let b = (0..=24).map(|k| (e + 24 - k).min(text.len())).find(|&k| text.is_char_boundary(k)).unwrap();
        let q = &f.quantity;
        let r = if f.class == Class::Quantity || f.class == Class::Range {
            let r = q.range(f.is_exact(), Rounding::Nearest);
            format!(
                "{}{}..{}{}",
                if r.low.as_ref().is_some_and(|e| e.open) { "(" } else { "[" },
                r.low.map_or("-inf".into(), |e| e.value.to_string()),
                r.high.as_ref().map_or("inf".into(), |e| e.value.to_string()),
                if r.high.as_ref().is_some_and(|e| e.open) { ")" } else { "]" }
            )
        } else {
            String::new()
        };
        println!(
            "{:?}\t{}⟦{}⟧{}\t{} {:?} {:?}\t{}\t{:?}\t{}\tL={}",
            f.class,
            text[a..s].replace('\n', "⏎"),
            &text[s..e],
            text[e..b].replace('\n', "⏎"),
            q.numerator,
            q.hedge,
            q.direction,
            f.unit.name(&text).unwrap_or_default(),
            q.scale,
            r,
            label(&text, Span::new(0, text.len()), f).map_or("", |s| &text[s.range()])
        );
    }
}
