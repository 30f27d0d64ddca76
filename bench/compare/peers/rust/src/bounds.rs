//! Where tokens begin and end, as nutgraf's tokenizer has said: two bitmaps, a bit for each byte of
//! the text and one for its end.

use crate::Span;
use std::fs;

pub struct Bounds {
    begins: Vec<u64>,
    ends: Vec<u64>,
}

impl Bounds {
    /// The file of `compare_gazetteer tokens`: both bitmaps, one after the other.
    pub fn read(path: &str, text_size: usize) -> Bounds {
        let bytes = fs::read(path).expect(path);
        let words: Vec<u64> = bytes
            .chunks_exact(8)
            .map(|b| u64::from_le_bytes(b.try_into().unwrap()))
            .collect();
        let half = text_size / 64 + 1;
        assert_eq!(words.len(), 2 * half, "{path} belongs to another text");
        Bounds {
            begins: words[..half].to_vec(),
            ends: words[half..].to_vec(),
        }
    }

    #[inline]
    pub fn is_begin(&self, at: usize) -> bool {
        self.begins[at / 64] >> (at % 64) & 1 != 0
    }

    #[inline]
    pub fn is_end(&self, at: usize) -> bool {
        self.ends[at / 64] >> (at % 64) & 1 != 0
    }

    /// The first begin of a token at or after `at`.
    #[inline]
    pub fn next_begin(&self, at: usize) -> Option<usize> {
        let mut i = at / 64;
        let mut word = self.begins.get(i)? & (!0 << (at % 64));
        while word == 0 {
            i += 1;
            word = *self.begins.get(i)?;
        }
        Some(i * 64 + word.trailing_zeros() as usize)
    }

    /// The last end of a token in (after, before).
    pub fn last_end(&self, after: usize, before: usize) -> Option<usize> {
        (after + 1..before).rev().find(|&at| self.is_end(at))
    }
}

/// Writes the spans as pairs of little-endian 32-bit numbers.
pub fn write_spans(path: &str, spans: &[Span]) {
    let bytes: Vec<u8> = spans
        .iter()
        .flat_map(|s| [s.0.to_le_bytes(), s.1.to_le_bytes()])
        .flatten()
        .collect();
    fs::write(path, bytes).expect(path);
}
