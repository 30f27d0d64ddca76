// What bounds or blurs a number: "more than", "about", "or more", "only".

#ifndef NUTGRAF_LIB_QUANTITY_MODIFIERS_H_
#define NUTGRAF_LIB_QUANTITY_MODIFIERS_H_

#include <cstdint>

#include "lib/quantity/sentence_view.h"
#include "nutgraf/quantity.h"

namespace nutgraf::internal {

class ModifierReader {
 public:
  // `view` must outlive the reader.
  explicit ModifierReader(const SentenceView& view) : view_(view) {}

  // Reads the phrases before token `begin`, from token `limit` on, and the one after token `end`,
  // into the row. Returns the first token of those before, or `begin`.
  uint32_t Read(uint32_t begin, uint32_t end, uint32_t limit, Quantity& q) const;
  // The one after the counted noun, at token `at`: "40 workers or more".
  void ReadAfterCounted(uint32_t at, Quantity& q) const;

  // The opposite bound right after a quantity with one: "above 2200 and below 3400". Returns the
  // token that its number begins with, 0 where there is none.
  uint32_t OppositeBound(uint32_t at, QuantityBound bound) const;

 private:
  static void Apply(QuantityModifier modifier, Quantity& q);

  const SentenceView& view_;
};

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_QUANTITY_MODIFIERS_H_
