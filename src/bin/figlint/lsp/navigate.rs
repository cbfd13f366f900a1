//! From a figure to the rules that check it, and to the figures that it is checked with.

use figlint::diagnostic::{BodyCheck, BodyFigure};
use figlint::span::{Position, Units};
use serde_json::{Value, json};

use super::findings;
use super::protocol::Location;
use super::server::State;
use super::uri;
use super::worker::Explained;

/// The places in rule files of the checks of the figure there; where only built-in checks look at it, the figures that it
/// is checked with.
pub fn definition(state: &State, explained: &Explained, position: Position) -> Value {
    let Some(figure) = figure_at(explained, position, state.client.units) else { return json!([]) };
    let mut places: Vec<Location> = Vec::new();
    for check in checks_of(explained, figure) {
        let rule = state.workspace.rule(&check.rule);
        let place = rule.and_then(|rule| findings::place_of(rule, check.check.as_deref()));
        if let Some(place) = place.map(|place| opened(state, place)).filter(|place| !places.contains(place)) {
            places.push(place);
        }
    }
    if places.is_empty() {
        places = partners(state, explained, figure, false);
    }
    json!(places)
}

/// The figure there and those that it is checked with.
pub fn references(state: &State, explained: &Explained, position: Position) -> Value {
    let figure = figure_at(explained, position, state.client.units);
    json!(figure.map(|figure| partners(state, explained, figure, true)).unwrap_or_default())
}

/// The same, as far as they stand in the document.
pub fn highlight(state: &State, explained: &Explained, position: Position) -> Value {
    let Some(figure) = figure_at(explained, position, state.client.units) else { return json!([]) };
    let places = partners(state, explained, figure, true).into_iter();
    let here = places.filter(|place| place.uri == explained.job.uri);
    json!(here.map(|place| json!({ "range": place.range, "kind": 1 })).collect::<Vec<_>>())
}

/// The figure at a position, or the one that ends there.
pub fn figure_at(explained: &Explained, position: Position, units: Units) -> Option<&BodyFigure> {
    let snapshot = &explained.job.snapshot;
    // A body counts in the text without its byte order mark.
    let mark = if snapshot.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let at = (snapshot.offset(position, units) as usize).checked_sub(mark)?;
    explained.body.figure_at(at).or_else(|| explained.body.figure_at(at.checked_sub(1)?))
}

/// The checks of a figure.
pub fn checks_of<'e>(explained: &'e Explained, figure: &'e BodyFigure) -> impl Iterator<Item = &'e BodyCheck> {
    figure.checks.iter().filter_map(|&check| explained.body.checks.get(check))
}

/// The figures of all checks of a figure, each once, without itself unless `itself`.
fn partners(state: &State, explained: &Explained, figure: &BodyFigure, itself: bool) -> Vec<Location> {
    let units = state.client.units;
    let own = findings::location(&figure.row.place, None, &explained.job, units);
    let mut places: Vec<Location> = own.iter().cloned().collect();
    for check in checks_of(explained, figure) {
        let here = check.parts.iter().filter_map(|part| explained.body.figures.get(part.figure));
        let here = here.map(|figure| (&figure.row.place, None));
        let elsewhere = check.elsewhere.iter().filter(|view| view.path.is_some());
        for (place, path) in here.chain(elsewhere.map(|view| (&view.place, view.path.as_deref()))) {
            let place = findings::location(place, path, &explained.job, units);
            places.extend(place.filter(|place| !places.contains(place)));
        }
    }
    places.retain(|place| itself || Some(place) != own.as_ref());
    places
}

/// A place with the URI that the client itself uses for its file.
pub fn opened(state: &State, place: &Location) -> Location {
    let uri = uri::path(&place.uri).map(|path| state.documents.uri(&path));
    Location { uri: uri.unwrap_or_else(|| place.uri.clone()), range: place.range }
}
