//! `figlint schema`: JSON Schemas.

use std::io::{self, Write};

use crate::arguments::{Schema, SchemaOf};
use crate::{Outcome, Status};

/// Runs the command.
pub fn run(arguments: &Schema) -> Outcome {
    let schema = match arguments.of {
        SchemaOf::Rules => figlint::rule::rule_file_schema(),
        SchemaOf::Config => figlint::rule::config_schema(),
        SchemaOf::Output => figlint::output::schema(),
    };
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &schema).map_err(io::Error::from)?;
    writeln!(out)?;
    Ok(Status::Clean)
}
