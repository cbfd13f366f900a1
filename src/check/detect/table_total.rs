//! `table-total`: rows called a total.

use super::{Claim, Context};

/// The totals of all tables.
pub fn claims(context: &Context) -> Vec<Claim> {
    let mut claims = Vec::new();
    for (table, shape) in context.reading.shapes.iter().enumerate() {
        let Some(total) = (shape.header_rows..shape.rows())
            .find(|&row| matches!(shape.row_labels[row].to_lowercase().as_str(), "total" | "合计" | "总计"))
        else {
            continue;
        };
        for column in shape.label_columns..shape.columns() {
            let parts: Vec<usize> = (shape.header_rows..total).filter_map(|row| shape.figure_at(row, column)).collect();
            if let (Some(figure), true) = (shape.figure_at(total, column), parts.len() > 1) {
                let names = vec![("total", context.one(figure)), ("parts", context.list(parts))];
                claims.push(context.claim(0, names).nearly().in_table(table));
            }
        }
    }
    claims
}
