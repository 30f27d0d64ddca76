//! daachorse and aho-corasick at the job of nutgraf's gazetteer; see bench/compare/gazetteer.
//!
//!     gazetteer-peers build KIND NAMES IMAGE exact|folded
//!     gazetteer-peers run   KIND NAMES IMAGE exact|folded TEXT BOUNDS SPANS
//!
//! NAMES has one name a line. IMAGE is written by `build` and read by `run` where the crate can
//! write automata to files; where it cannot, `run` builds again. `run` searches once, writes the
//! spans, says what it has loaded, and then measures a round for each line on standard input.

mod aho_corasick_peer;
mod bounds;
mod daachorse_peer;
mod measure;
mod whole_words;

use bounds::Bounds;
use std::hint::black_box;
use std::{fs, io};

/// Bytes [begin, end) of the text.
pub type Span = (u32, u32);

/// An automaton of one of the crates.
pub trait Peer {
    /// Appends the names in `text`: whole words, leftmost, longest.
    fn search(&self, text: &[u8], bounds: &Bounds, spans: &mut Vec<Span>);
    /// What the crate says it occupies.
    fn heap_bytes(&self) -> usize;
    /// For a file, where the crate can do that.
    fn serialize(&self) -> Option<Vec<u8>> {
        None
    }
}

fn build(kind: &str, names: &[String]) -> Box<dyn Peer> {
    match kind {
        "daachorse" => Box::new(daachorse_peer::Search::build(names)),
        "daachorse-walk" => Box::new(daachorse_peer::Walk::build(names)),
        _ => aho_corasick_peer::build(kind, names),
    }
}

fn load(kind: &str, names: &str, image: &str, folded: bool) -> Box<dyn Peer> {
    match kind {
        "daachorse" => Box::new(daachorse_peer::Search::open(image)),
        _ => build(kind, &read_names(names, folded)),
    }
}

/// The names; for folded search in lower case, as the text then is.
fn read_names(path: &str, folded: bool) -> Vec<String> {
    let mut text = fs::read_to_string(path).expect(path);
    if folded {
        text.make_ascii_lowercase();
    }
    text.lines().map(String::from).collect()
}

fn build_mode(kind: &str, folded: bool, names: &str, image: &str) {
    let names = read_names(names, folded);
    let start = measure::cpu_seconds();
    let peer = build(kind, &names);
    let seconds = measure::cpu_seconds() - start;
    let peak = measure::status_bytes("VmHWM");
    let size = match peer.serialize() {
        Some(bytes) => {
            fs::write(image, &bytes).expect(image);
            bytes.len()
        }
        None => peer.heap_bytes(),
    };
    println!(r#"{{"build_seconds": {seconds}, "build_peak": {peak}, "image_bytes": {size}}}"#);
}

fn run_mode(kind: &str, folded: bool, names: &str, image: &str, paths: &[String]) {
    let text = fs::read(&paths[0]).expect("TEXT");
    let bounds = Bounds::read(&paths[1], text.len());
    let mut spans: Vec<Span> = vec![(1, 1); text.len() / 8];
    let mut lowered = text.clone();
    let mut pass = |peer: &dyn Peer| {
        spans.clear();
        if folded {
            for (to, from) in lowered.iter_mut().zip(&text) {
                *to = from.to_ascii_lowercase();
            }
            peer.search(&lowered, &bounds, &mut spans);
        } else {
            peer.search(&text, &bounds, &mut spans);
        }
        black_box(spans.as_slice());
    };
    let before = measure::status_bytes("VmRSS");
    let start = measure::cpu_seconds();
    let peer = load(kind, names, image, folded);
    let open = measure::cpu_seconds() - start;
    pass(peer.as_ref());
    let grown = measure::status_bytes("VmRSS").saturating_sub(before);
    let resident = grown.min(peer.heap_bytes());
    println!(r#"{{"open_seconds": {open}, "resident": {resident}}}"#);
    for line in io::stdin().lines() {
        let seconds: f64 = line.expect("a line").trim().parse().expect("seconds");
        let speed = measure::speed(seconds, text.len(), || pass(peer.as_ref()));
        println!(r#"{{"match": {speed}}}"#);
    }
    bounds::write_spans(&paths[2], &spans);
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let usage = "usage: see the head of src/main.rs";
    let [mode, kind, names, image, case, paths @ ..] = arguments.as_slice() else {
        panic!("{usage}");
    };
    let folded = case == "folded";
    match (mode.as_str(), paths.len()) {
        ("build", 0) => build_mode(kind, folded, names, image),
        ("run", 3) => run_mode(kind, folded, names, image, paths),
        _ => panic!("{usage}"),
    }
}
