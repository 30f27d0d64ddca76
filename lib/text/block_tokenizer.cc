#include "lib/text/block_tokenizer.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <string_view>

#include "lib/text/byte_masks.h"
#include "lib/text/scalar_tokenizer.h"

namespace nutgraf::internal {

namespace {

constexpr uint32_t kBlock = 64;
constexpr uint32_t kNone = 0xFFFFFFFFU;

uint64_t Bit(uint32_t i) { return uint64_t{1} << i; }
// Bits below i; i may be 64.
uint64_t Below(uint32_t i) { return i >= 64 ? ~uint64_t{0} : Bit(i) - 1; }

// Walks the text block by block. Between blocks it carries whether a word runs over the border, and where it began.
class BlockScanner {
 public:
  BlockScanner(std::string_view text, bool padded, TokenSink& sink)
      : text_(text), size_(static_cast<uint32_t>(text.size())), sink_(sink) {
    // Bytes up to which whole blocks (and 16 bytes from any token in them on) may be read.
    const uint32_t slack = padded ? 0 : kBlock + 16;
    fast_end_ = padded ? size_ : size_ < slack ? 0 : size_ - slack;
  }

  void Run() {
    uint32_t base = 0;
    // The byte before the first block does not exist: the first block goes through a copy.
    while (base < fast_end_) base = Block(base);
    if (base < size_) {
      // The rest, from the start of the chunk that is under way.
      const uint32_t begin = std::min(chunk_begin_, base);
      sink_.Rewind(begin);
      TokenizeScalar(text_, begin, size_, sink_);
      return;
    }
    if (word_begin_ != kNone) {
      sink_.Reserve(1);
      Append(word_begin_, size_, word_extra_ | (period_carry_ ? uint32_t{kPeriod} : 0));
    }
  }

 private:
  unsigned char Byte(uint32_t i) const { return static_cast<unsigned char>(text_[i]); }

  void Append(uint32_t begin, uint32_t end, uint32_t extra) {
    if (end - begin <= 16 && begin + 16 <= readable_end()) [[likely]] {
      sink_.AppendShortAscii(begin, end, extra);
    } else {
      sink_.AppendAscii(begin, end, extra);
    }
  }
  uint32_t readable_end() const { return fast_end_ == size_ ? size_ + 16 : size_; }

  ByteMasks Classify(uint32_t base) const {
    if (base > 0) return ClassifyBlock(text_.data() + base);
    char first[kBlock + 1];
    first[0] = ' ';
    std::copy_n(text_.data(), kBlock, first + 1);
    return ClassifyBlock(first + 1);
  }

  // Tokenizes the block at `base`; returns where to go on.
  uint32_t Block(uint32_t base) {
    ByteMasks m = Classify(base);
    if (base + kBlock > size_) {
      // Past the end of the text stand separators.
      const uint64_t inside = Below(size_ - base);
      m.letter &= inside, m.digit &= inside, m.dot &= inside, m.apostrophe &= inside, m.comma &= inside;
      m.complex &= inside;
      m.space |= ~inside;
    }
    if (resume_ > base) {
      // The scalar rules have done what stands before `resume_`, where a separator stands.
      const uint64_t done = Below(resume_ - base);
      m.letter &= ~done, m.digit &= ~done, m.dot &= ~done, m.apostrophe &= ~done, m.comma &= ~done;
      m.complex &= ~done;
      m.space |= done;
    }
    while (m.complex != 0) [[unlikely]] {
      // Up to the chunk with the first complex byte all is plain.
      const auto first = static_cast<uint32_t>(std::countr_zero(m.complex));
      const uint64_t spaces_before = m.space & Below(first);
      const uint32_t chunk = spaces_before == 0 ? 0 : 64 - static_cast<uint32_t>(std::countl_zero(spaces_before));
      uint32_t begin = base + chunk;
      if (spaces_before == 0) {
        begin = std::min(chunk_begin_, base);
        sink_.Rewind(begin);
      } else {
        Plain(base, m, Below(chunk));
      }
      // The chunk ends at the next ASCII separator.
      const uint64_t spaces_after = m.space & ~Below(first);
      uint32_t end = base + static_cast<uint32_t>(std::countr_zero(spaces_after));
      if (spaces_after == 0) {
        end = base + kBlock;
        while (end < size_ && !IsAsciiSeparator(Byte(end))) ++end;
      }
      TokenizeScalar(text_, begin, end, sink_);
      ForgetCarry();
      resume_ = end;
      chunk_begin_ = end;
      if (end >= base + kBlock) return end < fast_end_ ? end & ~(kBlock - 1) : end;
      const uint64_t done = Below(end - base);
      m.letter &= ~done, m.digit &= ~done, m.dot &= ~done, m.apostrophe &= ~done, m.comma &= ~done;
      m.complex &= ~done;
      m.space |= done;
    }
    Plain(base, m, ~uint64_t{0});
    if (m.space != 0) chunk_begin_ = base + 64 - static_cast<uint32_t>(std::countl_zero(m.space));
    return base + kBlock;
  }

  // A separator stands before what comes next, and nothing is under way.
  void ForgetCarry() {
    word_begin_ = kNone;
    word_extra_ = 0;
    word_carry_ = mark_carry_ = split_carry_ = 0;
    plain_carry_ = period_carry_ = false;
    space_carry_ = true;
  }

  // Tokens of the plain bytes of the block at `base` under the mask `here` (which ends after a separator, or is all).
  void Plain(uint32_t base, const ByteMasks& m, uint64_t here) {
    sink_.Reserve(kBlock + 2);
    const uint64_t plain = m.letter | m.digit;
    uint64_t word = plain & here;
    const uint64_t space = m.space & here;
    const bool whole = here == ~uint64_t{0};
    const unsigned char next_byte = whole && base + kBlock < size_ ? Byte(base + kBlock) : ' ';
    const bool next_alnum = IsAsciiAlnum(next_byte);
    const uint64_t after = (word >> 1) | (next_alnum ? Bit(63) : 0);            // a letter or digit follows
    const uint64_t before = (word << 1) | (plain_carry_ && word_carry_ ? 1 : 0);  // one stands before
    const uint64_t space_before = (space << 1) | (base == 0 || space_carry_ ? 1 : 0);
    uint64_t split = split_carry_ & here;  // a token begins here though a word character stands before
    split_carry_ = 0;
    uint64_t periods = 0;  // final periods of abbreviations
    uint64_t clitics = 0;  // where clitics begin
    const uint64_t dot = m.dot & here;
    const uint64_t apostrophe = m.apostrophe & here;
    // Marks that may join: , and . between letters or digits; apostrophes before a letter or digit.
    uint64_t joints = ((m.comma & here & before) | (dot & ~space_before & before) | (apostrophe & ~space_before)) & after;
    while (joints != 0) {
      const auto i = static_cast<uint32_t>(std::countr_zero(joints));
      joints &= joints - 1;
      const uint32_t at = base + i;
      const unsigned char c = Byte(at), left = Byte(at - 1), right = Byte(at + 1);
      const bool digits = IsAsciiDigit(left) && IsAsciiDigit(right);
      const bool letters = IsAsciiLetter(left) && IsAsciiLetter(right);
      if (c == '\'') {
        if (IsAsciiLetter(right)) {
          if (CliticLetters(text_, at + 1) != 0) {
            if (AllowsClitic(left)) {
              word |= Bit(i);
              split |= Bit(i);
              clitics |= Bit(i);
            }
            continue;
          }
          if ((left == 'n' || left == 'N') && at >= 2 && (i >= 2 || word_carry_ != 0) && IsAsciiLetter(Byte(at - 2)) &&
              WordBegin(base, i, word, split) < at - 1 && IsContractedNot(text_, at + 1)) {
            word |= Bit(i);
            if (i > 0) {
              split |= Bit(i - 1);
              clitics |= Bit(i - 1);
            } else {
              // The word's last letter ended the block before.
              Append(word_begin_, at - 1, word_extra_);
              word_begin_ = at - 1;
              word_extra_ = kClitic;
            }
            continue;
          }
        }
        if ((digits || letters) && !InClitic(base, i, word, split, clitics)) word |= Bit(i);
      } else if (digits || (c == '.' && letters && !MissesSpace(at))) {
        if (!InClitic(base, i, word, split, clitics)) word |= Bit(i);
      }
    }
    // ".5": a period that begins a number.
    uint64_t leading = dot & ~word & after & ~before;
    while (leading != 0) {
      const auto i = static_cast<uint32_t>(std::countr_zero(leading));
      leading &= leading - 1;
      if (IsAsciiDigit(Byte(base + i + 1))) word |= Bit(i), split |= Bit(i);
    }
    // A period after a word: that of an abbreviation?
    uint64_t finals = dot & ~word & before;
    while (finals != 0) {
      const auto i = static_cast<uint32_t>(std::countr_zero(finals));
      finals &= finals - 1;
      const uint32_t begin = WordBegin(base, i, word, split);
      // Longer words are no abbreviations; a period inside one is near its end.
      if (base + i - begin > 16 || !TakesPeriod(text_, begin, base + i)) continue;
      word |= Bit(i);
      periods |= Bit(i);
      if ((after & Bit(i)) != 0) {
        if (i == 63) {
          split_carry_ = 1;
        } else {
          split |= Bit(i + 1);
        }
      }
    }
    const uint64_t mark = here & ~word & ~space;
    const uint64_t word_before = (word << 1) | word_carry_;
    uint64_t starts = (word & ~word_before) | (split & word) | mark;
    uint64_t ends = (~word & word_before) | (split & word & word_before) | ((mark << 1) | mark_carry_);
    if (!whole) {
      // Nothing is under way past `here`, which ends after a separator.
      starts &= here;
      ends &= here;
    }
    // The token under way, then those that begin here.
    while (ends != 0) {
      const uint32_t end = base + static_cast<uint32_t>(std::countr_zero(ends));
      ends &= ends - 1;
      uint32_t begin = word_begin_;
      uint32_t extra = word_extra_;
      if (begin == kNone) {
        const auto i = static_cast<uint32_t>(std::countr_zero(starts));
        starts &= starts - 1;
        begin = base + i;
        extra = 0;
        if ((clitics | periods) != 0) [[unlikely]] {
          if ((clitics & Bit(i)) != 0) extra = kClitic;
        }
      }
      word_begin_ = kNone;
      word_extra_ = 0;
      if (periods != 0 && end > base && (periods & Bit(end - 1 - base)) != 0) [[unlikely]] extra |= kPeriod;
      if (period_carry_ && end == base) extra |= kPeriod;
      Append(begin, end, extra);
    }
    if (starts != 0) {
      const auto i = static_cast<uint32_t>(std::countr_zero(starts));
      word_begin_ = base + i;
      word_extra_ = (clitics & Bit(i)) != 0 ? uint32_t{kClitic} : 0;
    }
    word_carry_ = whole ? word >> 63 : 0;
    plain_carry_ = whole && (plain >> 63) != 0;
    mark_carry_ = whole ? mark >> 63 : 0;
    space_carry_ = !whole || (space >> 63) != 0;
    period_carry_ = whole && (periods >> 63) != 0;
  }

  // True where what stands before bit i is a clitic: nothing joins it.
  bool InClitic(uint32_t base, uint32_t i, uint64_t word, uint64_t split, uint64_t clitics) const {
    const uint32_t begin = WordBegin(base, i, word, split);
    return begin >= base ? begin < base + i && (clitics & Bit(begin - base)) != 0 : (word_extra_ & kClitic) != 0;
  }

  // "end.The": a period with no space after it. But "Ph.D.".
  bool MissesSpace(uint32_t period) const {
    return IsAsciiLower(Byte(period - 1)) && IsAsciiUpper(Byte(period + 1)) &&
           !(period + 2 < size_ && text_[period + 2] == '.');
  }

  // Where the word that ends before bit i of the block begins.
  uint32_t WordBegin(uint32_t base, uint32_t i, uint64_t word, uint64_t split) const {
    // A word begins after the last byte that is no word, or at a split.
    const uint64_t gaps = ~word & Below(i);
    const uint64_t splits = split & Below(i);
    uint32_t begin = gaps == 0 ? (word_carry_ != 0 ? word_begin_ : base) : base + 64 - static_cast<uint32_t>(std::countl_zero(gaps));
    if (splits != 0) begin = std::max(begin, base + 63 - static_cast<uint32_t>(std::countl_zero(splits)));
    return begin;
  }

  const std::string_view text_;
  const uint32_t size_;
  TokenSink& sink_;
  uint32_t fast_end_;
  uint32_t resume_ = 0;            // bytes before are done
  uint32_t chunk_begin_ = 0;       // of the chunk that runs over the border of the block
  uint32_t word_begin_ = kNone;    // of the token under way, kNone where there is none
  uint32_t word_extra_ = 0;        // its bits
  uint64_t word_carry_ = 0;        // 1: the last byte was part of a word
  bool plain_carry_ = false;       // and a letter or digit
  uint64_t mark_carry_ = 0;        // 1: it was a mark, which ends where the block begins
  uint64_t split_carry_ = 0;       // 1: a token begins with the block though a word character stands before
  bool space_carry_ = true;
  bool period_carry_ = false;
};

}  // namespace

void TokenizeBlocks(std::string_view text, bool padded, TokenSink& sink) { BlockScanner(text, padded, sink).Run(); }

}  // namespace nutgraf::internal
