// Other ways in which a name is written that its tokens do not show: "Johnson and Johnson" for
// "Johnson & Johnson", "St. Louis" for "Saint Louis", "Siemens" for "Siemens AG", "Washington Post"
// for "The Washington Post".

#ifndef NUTGRAF_LIB_GAZETTEER_NAME_VARIANTS_H_
#define NUTGRAF_LIB_GAZETTEER_NAME_VARIANTS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/types/span.h"
#include "nutgraf/token.h"

namespace nutgraf::internal {

// True for "Inc", "AG", "S.p.A.": data/lexicon/legal_forms.tsv.
bool IsLegalForm(const Token& token);

// The token after the legal forms that follow token `end`, with or without a comma ("Acme, Inc.");
// `end` where none does.
uint32_t EndOfLegalForms(absl::Span<const Token> tokens, uint32_t end);

struct NameVariant {
  std::string name;
  bool without_legal_form;
};

// Variants of the name `name`; neither itself nor many (at most 24).
// Forms without the legal form or the article are given only for names that are no place's or
// person's (`keeps_form` false).
std::vector<NameVariant> NameVariants(std::string_view name, bool keeps_form);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_GAZETTEER_NAME_VARIANTS_H_
