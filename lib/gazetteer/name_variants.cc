#include "lib/gazetteer/name_variants.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/types/span.h"
#include "lib/text/hash.h"
#include "lib/text/string_view.h"

namespace nutgraf::internal {

namespace {

#include "lib/gazetteer/legal_form_table.inc"

constexpr size_t kMostVariants = 8;

// Words that stand for each other.
constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
    {"&", "and"}, {"St.", "Saint"}, {"Mt.", "Mount"}, {"Ft.", "Fort"}};

std::string_view Text(std::string_view name, const Token& token) {
  return Slice(name, token.span());
}

// `name` with token `i` written as `word`.
std::string With(std::string_view name, const Token& token, std::string_view word) {
  return absl::StrCat(Absl(name.substr(0, token.begin)), Absl(word), Absl(name.substr(token.end)));
}

// "St" is "St." is "Saint" at the start of a name or before a capital; "Main St" is a street.
bool StandsForWord(absl::Span<const Token> tokens, size_t i, std::string_view word) {
  if (word == "&" || word == "and") return i > 0 && i + 1 < tokens.size();
  return i + 1 < tokens.size() && tokens[i + 1].Has(kUpperFirst);
}

}  // namespace

bool IsLegalForm(const Token& token) {
  const bool upper = token.Has(kUpperFirst | kUpperLater);
  return upper ? std::binary_search(kLegalForms.begin(), kLegalForms.end(), token.folded)
               : std::binary_search(kLowerLegalForms.begin(), kLowerLegalForms.end(), token.folded);
}

uint32_t EndOfLegalForms(absl::Span<const Token> tokens, uint32_t end) {
  uint32_t at = end;
  if (at + 1 < tokens.size() && tokens[at].lead == ',' && tokens[at].size() == 1) ++at;
  if (at >= tokens.size() || tokens[at].Has(kAfterBlank) || !IsLegalForm(tokens[at])) return end;
  while (at < tokens.size() && !tokens[at].Has(kAfterBlank) && IsLegalForm(tokens[at])) ++at;
  return at;
}

std::vector<NameVariant> NameVariants(std::string_view name, absl::Span<const Token> tokens,
                                      bool keeps_form) {
  std::vector<NameVariant> variants;
  for (size_t i = 0; i < tokens.size() && variants.size() < kMostVariants / 2; ++i) {
    const std::string_view word = Text(name, tokens[i]);
    for (const auto& [a, b] : kPairs) {
      const bool is_short = word == a || (a.back() == '.' && word == a.substr(0, a.size() - 1));
      if ((!is_short && word != b) || !StandsForWord(tokens, i, word)) continue;
      // The form without period is found with and without it.
      const std::string_view other = is_short ? b : a.substr(0, a.back() == '.' ? a.size() - 1 : 1);
      variants.push_back({With(name, tokens[i], other), false});
      if (is_short && word.back() == '.')
        variants.push_back({With(name, tokens[i], word.substr(0, word.size() - 1)), false});
    }
  }
  if (tokens.size() > 1 && Text(name, tokens[0]) == "The") {
    if (tokens.size() > 2 && !keeps_form) {
      variants.push_back({std::string(name.substr(tokens[1].begin)), false});
    } else {
      variants.push_back({absl::StrCat("the", Absl(name.substr(tokens[0].end))), false});
    }
  }
  if (!keeps_form) {
    size_t end = tokens.size();
    while (end > 1 && IsLegalForm(tokens[end - 1])) --end;
    while (end > 1 && end < tokens.size() && !tokens[end - 1].IsWord()) --end;  // ", Inc", "& Co"
    if (end < tokens.size())
      variants.push_back({std::string(name.substr(0, tokens[end - 1].end)), true});
  }
  return variants;
}

}  // namespace nutgraf::internal
