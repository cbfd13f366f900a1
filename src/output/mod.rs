//! Outputs: a function over a writer and reports each.
