//! Messages over a pair of streams, framed as the base protocol of LSP says. A message that cannot be read is given as
//! such, and the next one is read all the same.

use std::io::{self, BufRead, Read, Write};

use serde::Serialize;
use serde_json::{Value, json};

/// The longest message that is taken, in bytes: the largest report with every character escaped.
const LONGEST: u64 = 6 * figlint::read::MAX_SIZE;

/// The longest line of a header, in bytes.
const HEADER: u64 = 1024;

/// A message from the client.
#[derive(Debug, PartialEq)]
pub enum Message {
    /// Wants an answer.
    Request {
        /// A number or a string, given back as it is.
        id: Value,
        method: String,
        params: Value,
    },
    /// Wants none.
    Notification { method: String, params: Value },
    /// The answer to a request of the server.
    Response { id: Value, error: Option<Value> },
    /// Cannot be read, and why; with the code of the error.
    Nonsense { id: Value, code: i32, why: String },
}

/// JSON that is none.
pub const PARSE_ERROR: i32 = -32700;
/// JSON that is no message, or a request at the wrong time.
pub const INVALID_REQUEST: i32 = -32600;

/// Reads the next message; `None` at the end of the stream.
///
/// # Errors
/// The stream cannot be read.
pub fn read(input: &mut impl BufRead) -> io::Result<Option<Message>> {
    let Some(header) = read_header(input)? else { return Ok(None) };
    let nonsense = |why: String| Message::Nonsense { id: Value::Null, code: PARSE_ERROR, why };
    let length = match header {
        Header::Length(length) => length,
        Header::Wrong(why) => return Ok(Some(nonsense(why))),
    };
    if length > LONGEST {
        io::copy(&mut input.take(length), &mut io::sink())?;
        return Ok(Some(nonsense(format!("a message of {length} bytes is longer than the {LONGEST} that are taken"))));
    }
    // Memory grows with what arrives, whatever the header says.
    let mut body = Vec::new();
    if (input.take(length).read_to_end(&mut body)? as u64) < length {
        return Ok(None);
    }
    Ok(Some(match serde_json::from_slice(&body) {
        Ok(value) => of_value(value),
        Err(error) => nonsense(format!("the message is no JSON: {error}")),
    }))
}

/// Writes a message.
///
/// # Errors
/// The stream cannot be written.
pub fn write(out: &mut dyn Write, message: &impl Serialize) -> io::Result<()> {
    let body = serde_json::to_vec(message)?;
    write!(out, "Content-Length: {}\r\n\r\n", body.len())?;
    out.write_all(&body)?;
    out.flush()
}

/// An answer.
pub fn answer(id: &Value, result: Result<Value, (i32, String)>) -> Value {
    match result {
        Ok(result) => json!({ "jsonrpc": "2.0", "id": id, "result": result }),
        Err((code, message)) => json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } }),
    }
}

enum Header {
    Length(u64),
    Wrong(String),
}

/// Reads a header up to its empty line; `None` at the end of the stream. What is no header is skipped up to the next one.
fn read_header(input: &mut impl BufRead) -> io::Result<Option<Header>> {
    let (mut length, mut wrong) = (None, None);
    loop {
        let mut line = Vec::new();
        if input.take(HEADER).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let line = String::from_utf8_lossy(&line);
        let line = line.trim();
        match line.split_once(':') {
            Some((name, value)) if name.eq_ignore_ascii_case("content-length") => {
                length = value.trim().parse().ok();
                wrong = length.is_none().then(|| format!("this is no length of a message: {}", value.trim()));
            }
            Some((name, _)) if name.eq_ignore_ascii_case("content-type") => {}
            _ if line.is_empty() => match (length, wrong) {
                (Some(length), _) => return Ok(Some(Header::Length(length))),
                (None, Some(why)) => return Ok(Some(Header::Wrong(why))),
                // Empty lines between messages say nothing.
                (None, None) => wrong = None,
            },
            _ => wrong = wrong.or_else(|| Some("a message starts with `Content-Length: ` and its length".to_owned())),
        }
    }
}

fn of_value(mut value: Value) -> Message {
    let mut take = |key: &str| value.get_mut(key).map(Value::take);
    let (id, method, params, error) = (take("id"), take("method"), take("params"), take("error"));
    let is_id = |id: &Value| id.is_number() || id.is_string();
    match (id, method) {
        (Some(id), Some(Value::String(method))) if is_id(&id) => {
            Message::Request { id, method, params: params.unwrap_or_default() }
        }
        (None, Some(Value::String(method))) => Message::Notification { method, params: params.unwrap_or_default() },
        (Some(id), None) if value.get("result").is_some() || error.is_some() => Message::Response { id, error },
        (id, _) => {
            let why = "neither a request nor a notification nor an answer".to_owned();
            Message::Nonsense { id: id.filter(is_id).unwrap_or_default(), code: INVALID_REQUEST, why }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn framed(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    fn all(mut input: &[u8]) -> Vec<Message> {
        std::iter::from_fn(|| read(&mut input).unwrap()).collect()
    }

    #[test]
    fn messages_are_read_and_written() {
        let mut out = Vec::new();
        write(&mut out, &answer(&json!("七"), Ok(Value::Null))).unwrap();
        let request = framed(r#"{"jsonrpc":"2.0","id":1,"method":"报告","params":[1]}"#);
        let request =
            request.replace("\r\n\r\n", "\r\nContent-Type: application/vscode-jsonrpc; charset=utf-8\r\n\r\n");
        out.extend(request.into_bytes());
        out.extend(framed(r#"{"method":"exit"}"#).into_bytes());
        let expected = [
            Message::Response { id: json!("七"), error: None },
            Message::Request { id: json!(1), method: "报告".into(), params: json!([1]) },
            Message::Notification { method: "exit".into(), params: Value::Null },
        ];
        assert_eq!(all(&out), expected);
    }

    #[test]
    fn nonsense_is_told_and_what_follows_is_read() {
        let good = framed(r#"{"method":"exit"}"#);
        let deep = framed(&"[".repeat(100_000));
        let cut = framed(r#"{"method":"#);
        let cases = [
            (framed("{"), 1),
            (framed("[]"), 1),
            (framed(r#"{"id":{},"method":"a"}"#), 1),
            (framed("\u{0}"), 1),
            (deep, 1),
            ("Content-Length: much\r\n\r\n".to_owned(), 1),
            ("hello\r\n\r\n".to_owned(), 1),
            ("Content-Length: 2\r\n\r\n\u{fffd}".to_owned(), 2),
            ("\r\n\r\n".to_owned(), 0),
            (cut, 1),
        ];
        for (nonsense, told) in cases {
            let messages = all(format!("{nonsense}{good}").as_bytes());
            let wrong = messages.iter().filter(|message| matches!(message, Message::Nonsense { .. })).count();
            let is_exit = |message: &Message| matches!(message, Message::Notification { .. });
            assert!(wrong <= told && (messages.iter().any(is_exit) || told == 2), "{nonsense:?}: {messages:?}");
            assert!(told == 0 || wrong > 0, "{nonsense:?}");
        }
        assert_eq!(all(b"Content-Length: 99999999999999\r\n\r\n{}").len(), 1);
        assert_eq!(all(b"Content-Length: 1000\r\n\r\n{}").len(), 0);
    }

    proptest::proptest! {
        #[test]
        fn no_bytes_are_too_strange(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..200)) {
            all(&bytes);
        }
    }
}
