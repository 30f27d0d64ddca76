//! From an automaton's leftmost-longest matches, which know no words, to those of whole words.

use crate::bounds::Bounds;
use crate::Span;

/// Appends the whole-word, leftmost-longest spans in a text of `size` bytes. `find` gives the
/// leftmost-longest match in [begin, end), whatever stands around it.
///
/// A match that begins inside a word hides names that begin later; the search goes on at the next
/// begin of a word. A match that ends inside a word hides shorter names; the search is repeated in
/// the text up to the word's beginning. No name is lost: none begins before a leftmost match.
#[inline(always)]
pub fn find_whole_words(
    size: usize,
    bounds: &Bounds,
    spans: &mut Vec<Span>,
    find: impl Fn(usize, usize) -> Option<(usize, usize)>,
) {
    let mut at = 0;
    while let Some((begin, mut end)) = find(at, size) {
        let mut whole = bounds.is_begin(begin);
        while whole && !bounds.is_end(end) {
            let shorter = bounds.last_end(begin, end);
            match shorter.and_then(|before| find(begin, before)) {
                Some(found) if found.0 == begin => end = found.1,
                _ => whole = false,
            }
        }
        if whole {
            spans.push((begin as u32, end as u32));
            at = end;
        } else if let Some(next) = bounds.next_begin(begin + 1) {
            at = next;
        } else {
            break;
        }
    }
}
