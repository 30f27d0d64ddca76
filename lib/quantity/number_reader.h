// Numbers in digits and words, without unit: "2,500", "3.2bn", "30 000", "1e-10", "two hundred and
// five", "half a million", "one point five", "twenty-first", "two-thirds", "one in five", "tens of
// thousands".

#ifndef NUTGRAF_LIB_QUANTITY_NUMBER_READER_H_
#define NUTGRAF_LIB_QUANTITY_NUMBER_READER_H_

#include <cstdint>
#include <string_view>

#include "lib/quantity/sentence_view.h"

namespace nutgraf::internal {

// A number as written, without unit.
struct Number {
  enum class Form : uint8_t { kNone, kDigits, kWords };
  Form form = Form::kNone;
  bool ordinal = false;
  bool fraction = false;
  bool scaled = false;   // a scale word or suffix belongs to it: "million", "bn"
  bool grouped = false;  // digits with separators: no year
  bool decimal = false;
  bool vague = false;    // "dozens", "several thousand": from value to high
  bool article = false;  // nothing but "a" or "an", which a unit must follow
  bool ratio = false;    // "one in five", "two out of three"
  uint32_t begin = 0;
  uint32_t end = 0;  // token after it
  double value = 0;
  double mantissa = 0;                            // what its scale multiplies: 2.5 of "2.5 million"
  double high = 0;                                // where vague
  const QuantityEntry* glued_unit = nullptr;      // "5km": in the token itself
  const QuantityEntry* glued_currency = nullptr;  // "GBP5": the same
  std::string_view rule;                          // that made it

  explicit operator bool() const { return form != Form::kNone; }
  // A plain cardinal.
  bool IsPlain() const { return form != Form::kNone && !ordinal && !fraction && !vague; }
};

// Reads numbers of one sentence. None is Form::kNone.
class NumberReader {
 public:
  // `view` must outlive the reader.
  explicit NumberReader(const SentenceView& view) : view_(view) {}

  // The number of any kind that begins with token i, which may be an article.
  Number Read(uint32_t i) const;
  // The same where token i begins with an ordinal and nothing else.
  Number Ordinal(uint32_t i) const;
  // The number in token i alone: "2,500", "12k", "21st", "5km", "½".
  Number Digits(uint32_t i) const;
  // Cardinals: "two hundred and five", "eighty", "a dozen", "half a million", "2.5 million".
  Number Cardinal(uint32_t i) const;

  // Digits at the start of a token: "2,500", "3.5", ".5". Returns the bytes read, 0 where they are
  // no number.
  static uint32_t ReadDigits(std::string_view s, Number& n);

 private:
  // What a cardinal is made of while its words are read.
  struct Parts;

  // "12k", "3.2bn", "5km", "3e12": what follows the digits in the same token.
  Number WithSuffix(uint32_t i, std::string_view rest, Number n) const;
  Number FeetAndInches(uint32_t i, std::string_view s) const;
  bool CountsMillions(uint32_t i, const Number& n) const;
  // What follows digits in tokens of their own: "30 000", "1 1/2", "5 x 10^3", "1e-10", "2^10".
  void ExtendDigits(Number& n) const;
  bool SpacedThousands(Number& n) const;
  bool MixedFraction(Number& n) const;
  bool Exponent(Number& n) const;
  // Token after the exponent that begins with token i: "-10", "+14", "3"; i where there is none.
  uint32_t SignedInteger(uint32_t i, double& value) const;
  // One word more, or none.
  bool AddWord(Number& n, Parts& p) const;
  bool AddScale(Number& n, Parts& p, const QuantityLexicon::Found& found) const;
  bool AddFraction(Number& n, Parts& p, uint32_t at) const;
  void AddDecimals(Number& n) const;

  // "three quarters", "a fifth", "half": the fraction that begins with token i.
  struct Part {
    double value = 0;
    uint32_t end = 0;
  };
  Part FractionAt(uint32_t i) const;
  // The scale word of "half a million", where a fraction begins with token i; i where there is none.
  uint32_t ScaleOfFraction(uint32_t i) const;
  // What makes the cardinal n an ordinal or a fraction: "twenty-first", "two-thirds".
  void OrdinalOrFraction(Number& n) const;
  // "one in five", "three out of four", "1 over 3".
  void Ratio(Number& n) const;
  // Ordinals and fractions that begin with their own word.
  Number OrdinalWord(uint32_t i) const;
  Number FractionWord(uint32_t i, uint32_t begin) const;
  // "tens of thousands", "several hundred".
  Number Vague(uint32_t i) const;
  Number Article(uint32_t i) const;

  // The value of a sign like "½"; 0 where it is none.
  static double VulgarFraction(std::string_view s);
  // The value of "3/4", three tokens from i on; 0 where they are no usual fraction ("9/11").
  double SlashFraction(uint32_t i) const;
  bool IsArticle(uint32_t i) const { return view_.Is(i, W().a) || view_.Is(i, W().an); }
  // Past the hyphen at i, if one is there: between the words of a number it may have blanks.
  uint32_t PastHyphen(uint32_t i) const {
    return view_.IsDash(i) || view_.IsMark(i, '-') ? i + 1 : i;
  }
  bool IsPluralForm(uint32_t i) const {
    const std::string_view s = view_.Bytes(i);
    return s.back() == 's' || s.back() == 'S';
  }

  const SentenceView& view_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_QUANTITY_NUMBER_READER_H_
