//! Which figures of a table the scale of its statement is meant for.

use super::super::super::lex;
use super::{document, document_in, value};
use crate::document::Format;

#[test]
fn columns_from_one_percentage_to_another_hold_percentages() {
    let rates = |middle: &str| {
        let table = format!(
            "(in millions)\n\n| | 2024 | 2023 |\n|---|---|---|\n| Statutory rate | 21.0% | 21.0% |\n| State taxes | {middle} | 0.4 |\n| Effective rate | 19.4% | 20.1% |\n"
        );
        value(&table, 2, 1)
    };
    assert_eq!(rates("(1.8)"), "-0.018 e-3");
    // What is printed otherwise may be something else.
    assert_eq!(rates("120"), "120000000 e6");
}

#[test]
fn amounts_with_cents_take_no_scale_that_excepts_those_of_one_share() {
    let earnings = |statement: &str| {
        let table = format!(
            "{statement}\n\n| | 2024 | 2023 |\n|---|---|---|\n| Revenue | 8,123 | 7,275 |\n| Costs | 4,011 | 3,950 |\n| Profit | 4,112 | 3,325 |\n| Class A stock | 2.01 | 1.60 |\n"
        );
        value(&table, 4, 1)
    };
    assert_eq!(earnings("(in millions, except per share data)"), "2.01 e-2");
    assert_eq!(earnings("(in millions)"), "2010000 e4");
}

#[test]
fn per_share_in_a_label_may_be_said_of_something_else() {
    let beside = |label: &str| {
        let table = format!(
            "(in millions, except per share data)\n\n| | 2024 | 2023 |\n|---|---|---|\n| {label} | 854 | 801 |\n"
        );
        value(&table, 1, 1)
    };
    for label in [
        "Net income for basic earnings per share",
        "Shares used to compute diluted earnings per share",
        "Common stock, $0.001 par value per share",
        "Dividends declared (per share: $0.51)",
        "Dividends declared ($1.79)/per share",
    ] {
        assert_eq!(beside(label), "854000000 e6", "{label}");
    }
    assert_eq!(beside("Translation, net of tax of $6, $(13) and $(17)"), "854000000 e6");
    for label in ["Basic earnings per share", "Par value per share", "Dividends per share"] {
        assert_eq!(beside(label), "854 e0", "{label}");
    }
}

#[test]
fn numbers_of_shares_take_no_scale_that_makes_them_more_than_there_are() {
    let shares = |printed: &str| {
        let table = format!(
            "(in millions)\n\n| | 2024 | 2023 |\n|---|---|---|\n| Profit | 4,112 | 3,325 |\n| Weighted average number of shares outstanding | {printed} | {printed} |\n"
        );
        value(&table, 2, 1)
    };
    assert_eq!(shares("1,867,165"), "1867165 e0");
    // One that is tells it of all.
    let column = "(in millions)\n\n| | Shares | Amount |\n|---|---|---|\n| Series D | 90,000 | 900 |\n| Series E | 169,625 | 1,696 |\n| Total | 3,283,750 | 32,838 |\n";
    assert!(value(column, 1, 1).starts_with("90000 "));
    // Numbers of shares that are printed in full have no decimals: those beside them are amounts.
    let both = "(Dollars in millions)\n\n| | Common Shares Outstanding | Common Shares | Surplus |\n|---|---|---|---|\n| Issued | 108,339,057 | 29.1 | 310.5 |\n| Bought | 2,410,863 | 0.6 | 132.1 |\n";
    assert!(value(both, 1, 1).starts_with("108339057 "));
    assert!(value(both, 2, 2).starts_with("600000 "));
    assert_eq!(shares("512.9"), "512900000 e5");
}

#[test]
fn amounts_that_a_label_takes_off_are_in_the_scale_of_what_stands_beside_it() {
    let labelled = |label: &str| {
        let text = format!("(in millions)\n\n| | 2024 | 2023 |\n|---|---|---|\n| {label} | 854 | 801 |\n");
        let document = document(&text);
        let found = lex(&document).0;
        let money = found.iter().filter(|figure| document.slice(figure.span).starts_with('$'));
        money.map(|figure| figure.quantity.numerator.normalize().to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(labelled("Plant, net of accumulated depreciation of $229 and $225"), "229000000 225000000");
    assert_eq!(labelled("Gains, net of tax of $1.2 billion"), "1200000000");
    assert_eq!(labelled("Incomes of $25,000 to $50,000"), "25000 50000");
    assert_eq!(labelled("Stock, net of par value of $0.01"), "0.01");
}

#[test]
fn shares_that_a_label_counts_are_in_the_scale_that_is_told_of_shares() {
    let labelled = |caption: &str| {
        let text = format!(
            "{caption}\n\n| | 2024 | 2023 |\n|---|---|---|\n| Stock, $0.01 par: 60,400 shares authorized; 18,116 and 18,550 shares issued | 854 | 801 |\n"
        );
        let document = document(&text);
        let label = text.find("60,400").unwrap()..text.find(" | 854").unwrap();
        let found = lex(&document).0;
        let found = found.iter().filter(|figure| label.contains(&(document.source_span(figure.span).start as usize)));
        found.map(|figure| figure.quantity.numerator.normalize().to_string()).collect::<Vec<_>>().join(" ")
    };
    let told = "(In millions, except number of shares, which are reflected in thousands, and par value)";
    assert_eq!(labelled(told), "60400000 18116000 18550000");
    assert_eq!(labelled("(In millions, except share data)"), "60400 18116 18550");
}

#[test]
fn shares_in_labels_are_in_the_scale_of_the_table_if_they_show_it() {
    let labelled = |statement: &str, label: &str, worth: &str| {
        let text = format!(
            "{statement}\n\n| | 2024 | 2023 |\n|---|---|---|\n| Bonds | 412 | 415 |\n| {label} | {worth} | {worth} |\n"
        );
        let document = document(&text);
        let found = lex(&document).0;
        let named = found.iter().filter(|figure| figure.unit_name(document.text()).as_deref() == Some("shares"));
        named.map(|figure| figure.quantity.numerator.normalize().to_string()).collect::<Vec<_>>().join(" ")
    };
    let label = "Stock, $0.01 par value; 9,000 shares authorized; 4,321 shares issued";
    assert_eq!(labelled("(in thousands)", label, "43"), "9000000 4321000");
    assert_eq!(labelled("($ in millions)", label, "43"), "9000000000 4321000000");
    let worth_one = "Stock, $0.001 par value; 1,600 shares authorized; 1,056 shares issued";
    assert_eq!(labelled("(in millions)", worth_one, "1"), "1600000000 1056000000");
    // What they are worth does not show it.
    assert_eq!(labelled("(in thousands)", label, "812"), "9000 4321");
    // The statement says it of all but what comes to one share, and so few there are not.
    assert_eq!(labelled("(in thousands, except per share data)", label, "812"), "9000000 4321000");
    assert_eq!(labelled("(in thousands, except share and per share data)", label, "812"), "9000 4321");
    assert_eq!(labelled("($ in thousands, except per share data)", label, "812"), "9000 4321");
    let few = "Stock, $1 par value; 1,000 shares authorized; 100 shares issued";
    assert_eq!(labelled("(in thousands, except per share data)", few, "812"), "1000 100");
    let full = "Stock, $0.01 par value; 9,000,000 shares authorized; 4,321,987 shares issued";
    assert_eq!(labelled("(in thousands, except per share data)", full, "43"), "9000000 4321987");
}

#[test]
fn a_unit_below_the_header_of_a_column_is_its_own() {
    let table = "| | Fair value | Lives |\n|---|---|---|\n| | (In millions) | |\n| Rights | 440 | 12 |\n";
    assert_eq!(value(table, 2, 1), "440000000 e6");
    assert_eq!(value(table, 2, 2), "12 e0");
    let table = "| | Shares granted (in millions, except per share data) | Average fair value (in millions, except per share data) |\n|---|---|---|\n| Granted | 44 | 183.7 |\n";
    assert_eq!(value(table, 1, 1), "44000000 e6");
    assert_eq!(value(table, 1, 2), "183.7 e-1");
}

#[test]
fn a_row_of_signs_tells_the_units_of_its_columns() {
    let table = "| Years | 2031 | 2030 | Change |\n|---|---|---|---|\n| (in thousands of dollars, except percentages) | $ | $ | % |\n| Sales | 868 | 620 | 40.0 |\n";
    assert_eq!(value(table, 2, 1), "868000 e3 $");
    assert_eq!(value(table, 2, 3), "0.4 e-3");
    // A row that is called something is one of the body.
    let table = "| Years | 2031 | 2030 |\n|---|---|---|\n| Currency | $ | $ |\n| Sales | 868 | 620 |\n";
    assert_eq!(value(table, 2, 1), "868 e0");
}

#[test]
fn shares_take_no_scale_that_a_title_tells_of_dollars() {
    let beside = |label: &str, title: &str| {
        let table = format!(
            "{title}\n\n| | 2024 | 2023 |\n|---|---|---|\n| Cash | $ 412 | $ 415 |\n| {label} | 10,000 | 10,000 |\n"
        );
        value(&table, 2, 1)
    };
    let title = "Balance Sheets - USD ($) $ in Thousands";
    for label in ["Preferred stock, shares authorized", "Common stock, shares issued", "Average shares outstanding"] {
        assert_eq!(beside(label, title), "10000 e0", "{label}");
        assert_eq!(beside(label, "(Dollars in thousands)"), "10000000 e3", "{label}");
    }
    assert_eq!(beside("Land", title), "10000000 e3 $");
    assert_eq!(beside("Preferred stock, par value", title), "10000 e0");
}

#[test]
fn a_unit_once_below_each_group_of_columns_is_that_of_the_groups() {
    let html = |second: &str| {
        format!(
            "<table><tr><td><td colspan=3>Spring<td colspan=3>Autumn<tr><td><td>2031<td>2030<td>Change<td>2031<td>2030<td>Change\
            <tr><td><td><td>(in millions)<td><td><td>{second}<td>\
            <tr><td>Fees<td>110<td>100<td>10%<td>330<td>300<td>10%<tr><td>Rents<td>230<td>200<td>15%<td>460<td>400<td>15%</table>"
        )
    };
    let numbers = |html: &str| {
        let document = document_in(Format::Html, html);
        let (figures, shapes) = lex(&document);
        [1, 2, 4, 5].map(|column| figures.at(shapes[0].figure_at(3, column).unwrap()).quantity.numerator.to_string())
    };
    assert_eq!(numbers(&html("(in millions)")), ["110000000", "100000000", "330000000", "300000000"]);
    // Where they differ, each is that of its column.
    assert_eq!(numbers(&html("(in thousands)")), ["110", "100000000", "330", "300000"]);
}

#[test]
fn a_unit_alone_above_the_middle_is_that_of_the_table() {
    let html = |first: &str| {
        format!(
            "<table><tr><td><td>Start<td>Charged<td>Other<td>Used<td>End<tr><td><td><td><td>(In millions)<td><td>\
            <tr><td>2019<td>{first}<td>$ 42<td>$ (1)<td>$ (7)<td>$ 96<tr><td>2020<td>{first}<td>$ 53<td>—<td>—<td>$ 149\
            <tr><td>2021<td>{first}<td>$ 6<td>$ (12)<td>$ (7)<td>$ 136</table>"
        )
    };
    let numbers = |html: &str| {
        let document = document_in(Format::Html, html);
        let (figures, shapes) = lex(&document);
        let of = |row, column| figures.at(shapes[0].figure_at(row, column).unwrap()).quantity.numerator.to_string();
        [of(2, 1), of(2, 3), of(2, 5)]
    };
    assert_eq!(numbers(&html("$ 62")), ["62000000", "-1000000", "96000000"]);
    // In a header of one row.
    let joined = |first: &str| {
        let html =
            html(first).replace("<tr><td><td><td><td>(In millions)<td><td>", "<tr><td>2018<td>$ 3<td>4<td>5<td>6<td>7");
        html.replace("<td>Other", "<td>Other (In millions)")
    };
    assert_eq!(numbers(&joined("$ 62")), ["62000000", "-1000000", "96000000"]);
    // Shares stand beside the money.
    assert_eq!(numbers(&html("62")), ["62", "-1", "96"]);
    assert_eq!(numbers(&joined("62").replace("$ 3", "3")), ["62", "-1000000", "96"]);
}
