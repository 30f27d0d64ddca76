//! aho-corasick: two automata that follow failure links, one that has none, each by search or walk.

use crate::bounds::Bounds;
use crate::whole_words::find_whole_words;
use crate::{Peer, Span};
use aho_corasick::automaton::Automaton;
use aho_corasick::{dfa, nfa, Anchored, Input, MatchKind, StartKind};

/// KIND is contiguous, noncontiguous or dfa, with -walk for the walk.
pub fn build(kind: &str, names: &[String]) -> Box<dyn Peer> {
    let (automaton, walk) = match kind.strip_suffix("-walk") {
        Some(automaton) => (automaton, true),
        None => (kind, false),
    };
    match automaton {
        "aho-corasick-contiguous" => peer(
            nfa::contiguous::NFA::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(names)
                .expect("an automaton"),
            walk,
        ),
        "aho-corasick-noncontiguous" => peer(
            nfa::noncontiguous::NFA::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .build(names)
                .expect("an automaton"),
            walk,
        ),
        "aho-corasick-dfa" => peer(
            dfa::DFA::builder()
                .match_kind(MatchKind::LeftmostLongest)
                .start_kind(if walk {
                    StartKind::Anchored
                } else {
                    StartKind::Unanchored
                })
                .build(names)
                .expect("an automaton"),
            walk,
        ),
        _ => panic!("no such kind: {kind}"),
    }
}

fn peer<A: Automaton + 'static>(automaton: A, walk: bool) -> Box<dyn Peer> {
    if walk {
        Box::new(Walk(automaton))
    } else {
        Box::new(Search(automaton))
    }
}

/// Leftmost-longest search, its matches checked afterwards.
struct Search<A>(A);

impl<A: Automaton> Peer for Search<A> {
    fn search(&self, text: &[u8], bounds: &Bounds, spans: &mut Vec<Span>) {
        let find = |begin: usize, end: usize| {
            let input = Input::new(text).range(begin..end);
            let found = self.0.try_find(&input).expect("an unanchored search")?;
            Some((found.start(), found.end()))
        };
        find_whole_words(text.len(), bounds, spans, find);
    }

    fn heap_bytes(&self) -> usize {
        self.0.memory_usage()
    }
}

/// A walk from each begin of a token, until no name goes on.
struct Walk<A>(A);

impl<A: Automaton> Peer for Walk<A> {
    fn search(&self, text: &[u8], bounds: &Bounds, spans: &mut Vec<Span>) {
        let automaton = &self.0;
        let start = automaton
            .start_state(Anchored::Yes)
            .expect("an anchored search");
        let mut at = 0;
        while let Some(begin) = bounds.next_begin(at) {
            let mut end = 0;
            let mut state = start;
            for (i, &byte) in text[begin..].iter().enumerate() {
                state = automaton.next_state(Anchored::Yes, state, byte);
                if automaton.is_special(state) {
                    if automaton.is_dead(state) {
                        break;
                    }
                    // A state has the names that end in it, too; the longest comes first.
                    if automaton.is_match(state)
                        && bounds.is_end(begin + i + 1)
                        && automaton.pattern_len(automaton.match_pattern(state, 0)) == i + 1
                    {
                        end = begin + i + 1;
                    }
                }
            }
            if end != 0 {
                spans.push((begin as u32, end as u32));
            }
            at = end.max(begin + 1);
        }
    }

    fn heap_bytes(&self) -> usize {
        self.0.memory_usage()
    }
}
