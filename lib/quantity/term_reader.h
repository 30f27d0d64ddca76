// Terms: numbers with sign, currency and unit. "-5 degrees", "US$2.5bn", "6 ft 2 in", "ten dollars
// and fifty cents", "50 km/h", "$5 a barrel".

#ifndef NUTGRAF_LIB_QUANTITY_TERM_READER_H_
#define NUTGRAF_LIB_QUANTITY_TERM_READER_H_

#include <cstdint>
#include <string_view>

#include "lib/quantity/number_reader.h"
#include "lib/quantity/sentence_view.h"
#include "nutgraf/quantity.h"

namespace nutgraf::internal {

// What a number is in.
struct Unit {
  QuantityKind kind = QuantityKind::kNumber;  // kNumber: nothing
  std::string_view unit;
  std::string_view dimension;
  std::string_view currency;
  std::string_view per;
  double factor = 1;    // what the number is multiplied by: 0.01 for cents
  double base = 0;      // what a value in `unit` is multiplied by to be one in the base unit
  bool before = false;  // a currency sign or code before the number

  explicit operator bool() const { return kind != QuantityKind::kNumber; }
  bool SameAs(const Unit& other) const {
    return kind == other.kind && unit == other.unit && currency == other.currency;
  }
};

struct Term {
  Number n;
  Unit u;
  uint32_t begin = 0;
  uint32_t end = 0;    // token after it
  uint32_t past = 0;   // token after what it is a rate of: "a barrel"
  double value = 0;    // with sign and all parts, in u.unit
  double high = 0;     // where vague
  double scale = 1;    // of "million", "bn"
  bool exact = false;  // value is that of digits as they stand
  bool negative = false;
  std::string_view rule;

  explicit operator bool() const { return static_cast<bool>(n); }
};

// Reads terms of one sentence.
class TermReader {
 public:
  // Both must outlive the reader.
  TermReader(const SentenceView& view, const NumberReader& numbers)
      : view_(view), numbers_(numbers) {}

  // The term of a number; looks back for sign and currency as far as token `limit`. None where the
  // number is an article that no unit follows.
  Term Read(const Number& n, uint32_t limit) const;
  // The term that begins with token i: sign, currency and number in any order, after words like
  // "about". None where there is no plain number or ordinal.
  Term ReadAt(uint32_t i) const;
  // The unit of a list that goes on after token `end`: ", 5 and 7 km", and the scale of its last
  // number. None where that has no unit.
  Unit SharedUnit(uint32_t end, double& scale) const;
  // Where the number with the currency sign before token i begins.
  uint32_t StartOfMoney(uint32_t i) const;

 private:
  void Before(uint32_t limit, Term& t) const;
  void Sign(uint32_t limit, Term& t) const;
  void After(Term& t) const;
  QuantityLexicon::Found FindUnit(const Term& t, uint32_t& begin) const;
  QuantityLexicon::Found SpacedSymbol(const Term& t) const;
  QuantityLexicon::Found Bracketed(const Term& t) const;
  bool ArticleFits(const Term& t, const QuantityLexicon::Found& found) const;
  bool GluedLetterFits(const Term& t) const;
  // Whether words near tokens [begin, end) speak of money.
  bool MoneyNear(uint32_t begin, uint32_t end) const;
  // "²", "^2", "squared", "−1", "/m2", "per second", "a barrel".
  void Exponent(const QuantityEntry& entry, Term& t) const;
  void Rate(Term& t) const;
  void AddPart(double number, std::string_view unit, double base, Term& t) const;
  void PartsOfMeasure(Term& t) const;
  void PartsOfMoney(Term& t) const;
  // "6-foot-2", "5 ft 2".
  bool BareInches(Term& t) const;
  void Tolerance(Term& t) const;
  // "30 (thirty)"
  void Repetition(Term& t) const;
  void BelowZero(Term& t) const;
  // Token after "-1" or "−2" glued to the unit before token i; i where there is none.
  uint32_t PastInverse(uint32_t i) const;
  // Whether an expression that ends before token i may end there: a mark, or nothing.
  bool EndsAt(uint32_t i) const;
  bool QuoteIsOpen(uint32_t i) const;

  const SentenceView& view_;
  const NumberReader& numbers_;
};

// Makes the unit that of an entry of the tables.
void SetUnit(const QuantityEntry& entry, Unit& u);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_QUANTITY_TERM_READER_H_
