//! `figlint lsp`: a language server over standard input and output.
//!
//! One thread reads messages, one checks reports, and the main thread answers: it alone knows the open documents. A change
//! is taken at once; the check of what it made of the report is done beside, the newest first, and what it finds is shown
//! unless the report has changed again meanwhile.

mod actions;
mod client;
mod documents;
mod findings;
mod hover;
mod navigate;
mod outline;
mod protocol;
mod published;
mod request;
mod rules;
mod sentence;
mod server;
mod transport;
mod uri;
mod worker;
mod workspace;

use std::io::{self, BufReader};
use std::sync::mpsc;
use std::thread;

use crate::{Outcome, Status};
use server::{Event, Server};

/// Serves until the client leaves. The status is clean if it said that it would.
pub fn run() -> Outcome {
    let (events, inbox) = mpsc::channel();
    let messages = events.clone();
    thread::Builder::new().name("messages".to_owned()).spawn(move || {
        let mut input = BufReader::new(io::stdin());
        loop {
            let event = match transport::read(&mut input) {
                Ok(Some(message)) => Event::Message(message),
                // A client that is gone says nothing more, however it went.
                Ok(None) | Err(_) => Event::Gone,
            };
            let is_last = matches!(event, Event::Gone);
            if messages.send(event).is_err() || is_last {
                return;
            }
        }
    })?;
    let mut server = Server::new(Box::new(io::stdout()), events);
    while let Ok(event) = inbox.recv() {
        server.take(event)?;
        // What has come meanwhile is taken first: a check of what is about to change is of no use.
        while let Ok(event) = inbox.try_recv() {
            server.take(event)?;
        }
        if let Some(clean) = server.ended {
            return Ok(if clean { Status::Clean } else { Status::Findings });
        }
        server.go_on()?;
    }
    Ok(Status::Clean)
}
