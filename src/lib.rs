//! figlint checks the figures in reports: totals against their parts, rates against their counts, balances against their
//! flows, with exact arithmetic on what the printed figures can mean.
//!
//! The modules in the order in which data passes through them:
//! bytes → [`read`] → [`document::Document`] → [`figure`] → figures; TOML → [`rule`] → [`rule::RuleSet`]; both →
//! [`check`] → findings → [`diagnostic`] → [`output`].

mod calendar;
pub mod check;
pub mod compact;
pub mod diagnostic;
pub mod document;
pub mod error;
pub mod exact;
pub mod figure;
pub mod fix;
mod kept;
pub mod output;
mod parallel;
pub mod read;
pub mod rule;
pub mod span;
pub mod suggest;
pub mod text;
