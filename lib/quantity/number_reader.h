// Numbers in digits and words: "2,500", "3.2bn", "two hundred and five", "half a million",
// "twenty-first", "two-thirds".

#ifndef NUTGRAF_LIB_QUANTITY_NUMBER_READER_H_
#define NUTGRAF_LIB_QUANTITY_NUMBER_READER_H_

#include <cstdint>
#include <string_view>

#include "lib/quantity/sentence_view.h"
#include "nutgraf/document.h"
#include "nutgraf/mention.h"

namespace nutgraf::internal {

// Working memory, kept in the document.
struct QuantityScratch {
  LayerRows<Token> suffix_tokens;
  LayerRows<MentionCandidate> names;  // in order, where the document's are not
};

// A number as written, without unit.
struct Number {
  enum class Form : uint8_t { kNone, kDigits, kWords };
  Form form = Form::kNone;
  uint32_t begin = 0;
  uint32_t end = 0;  // token after it
  double value = 0;
  bool ordinal = false;
  bool fraction = false;
  bool scaled = false;   // a scale word or suffix belongs to it: "million", "bn"
  bool grouped = false;  // digits with separators: no year
  bool decimal = false;
  const QuantityEntry* glued_unit = nullptr;  // "5km": in the token itself

  explicit operator bool() const { return form != Form::kNone; }
};

// Reads numbers of one sentence. None is Form::kNone.
class NumberReader {
 public:
  // Both must outlive the reader.
  NumberReader(const SentenceView& view, QuantityScratch& scratch)
      : view_(view), suffix_tokens_(scratch.suffix_tokens) {}

  // Digits at the start of a token: "2,500", "3.5", ".5". Returns the bytes read, 0 where they are
  // no number.
  static uint32_t ReadDigits(std::string_view s, Number& n);
  // The number in token i alone: "2,500", "12k", "21st", "5km", "½".
  Number Digits(uint32_t i) const;
  // Cardinals in words: "two hundred and five", "eighty", "a dozen", "half a million". Also digits
  // with a scale: "2.5 million".
  Number Cardinal(uint32_t i) const;
  // Ordinals in words, and fractions with a written numerator. `n` is a cardinal that ends where
  // they begin.
  Number OrdinalOrFraction(uint32_t i, Number n) const;

 private:
  // The value of a sign like "½"; 0 where it is none.
  static double VulgarFraction(std::string_view s);
  // The value of "3/4", three tokens from i on; 0 where they are no usual fraction ("9/11").
  double SlashFraction(uint32_t i) const;
  // "12k", "3.2bn", "5km": what follows the digits in the same token.
  Number WithSuffix(uint32_t i, std::string_view rest, Number n) const;

  const SentenceView& view_;
  LayerRows<Token>& suffix_tokens_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_QUANTITY_NUMBER_READER_H_
