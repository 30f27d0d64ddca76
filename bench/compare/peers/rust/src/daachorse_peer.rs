//! daachorse: the double array.

use crate::bounds::Bounds;
use crate::whole_words::find_whole_words;
use crate::{Peer, Span};
use daachorse::{DoubleArrayAhoCorasick, DoubleArrayAhoCorasickBuilder, MatchKind};
use std::fs;

/// Leftmost-longest search, its matches checked afterwards.
pub struct Search(DoubleArrayAhoCorasick<u32>);

impl Search {
    pub fn build(names: &[String]) -> Search {
        let builder = DoubleArrayAhoCorasickBuilder::new().match_kind(MatchKind::LeftmostLongest);
        Search(builder.build(names).expect("distinct names"))
    }

    pub fn open(image: &str) -> Search {
        let bytes = fs::read(image).expect(image);
        // SAFETY: the file is what build() and serialize() have made. The checked way is slower.
        Search(unsafe { DoubleArrayAhoCorasick::deserialize_unchecked(&bytes) }.0)
    }
}

impl Peer for Search {
    fn search(&self, text: &[u8], bounds: &Bounds, spans: &mut Vec<Span>) {
        let find = |begin: usize, end: usize| {
            let found = self.0.leftmost_find_iter(&text[begin..end]).next()?;
            Some((begin + found.start(), begin + found.end()))
        };
        find_whole_words(text.len(), bounds, spans, find);
    }

    fn heap_bytes(&self) -> usize {
        self.0.heap_bytes()
    }

    fn serialize(&self) -> Option<Vec<u8>> {
        Some(self.0.serialize())
    }
}

/// A walk from each begin of a token, until the automaton falls back to a later begin.
pub struct Walk(DoubleArrayAhoCorasick<u32>);

impl Walk {
    pub fn build(names: &[String]) -> Walk {
        let mut automaton = DoubleArrayAhoCorasick::new(names).expect("distinct names");
        automaton.cache_depths().expect("depths");
        Walk(automaton)
    }
}

impl Peer for Walk {
    fn search(&self, text: &[u8], bounds: &Bounds, spans: &mut Vec<Span>) {
        let mut at = 0;
        while let Some(begin) = bounds.next_begin(at) {
            let mut end = 0;
            let mut stepper = self.0.find_overlapping_stepper();
            for (i, &byte) in text[begin..].iter().enumerate() {
                stepper.consume(byte);
                if stepper.depth() != Some(i as u32 + 1) {
                    break;
                }
                if bounds.is_end(begin + i + 1)
                    && stepper.matches().next().is_some_and(|m| m.start() == 0)
                {
                    end = begin + i + 1;
                }
            }
            if end != 0 {
                spans.push((begin as u32, end as u32));
            }
            at = end.max(begin + 1);
        }
    }

    fn heap_bytes(&self) -> usize {
        self.0.heap_bytes()
    }
}
