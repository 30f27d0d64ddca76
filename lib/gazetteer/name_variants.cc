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
#include "nutgraf/document.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf::internal {

namespace {

#include "lib/gazetteer/legal_form_table.inc"

constexpr size_t kMostVariants = 24;
constexpr size_t kMostLegalForms = 4;  // "Sdn Bhd"

// Words that stand for each other.
constexpr std::pair<std::string_view, std::string_view> kPairs[] = {
    {"&", "and"}, {"St.", "Saint"}, {"Mt.", "Mount"}, {"Ft.", "Fort"}};

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
  return std::binary_search(kLegalForms.begin(), kLegalForms.end(), token.exact);
}

uint32_t EndOfLegalForms(absl::Span<const Token> tokens, uint32_t end) {
  uint32_t at = end;
  if (at + 1 < tokens.size() && tokens[at].lead == ',' && tokens[at].size() == 1) ++at;
  if (at >= tokens.size() || tokens[at].Has(kAfterBlank) || !IsLegalForm(tokens[at])) return end;
  const size_t limit = std::min<size_t>(tokens.size(), at + kMostLegalForms);
  while (at < limit && !tokens[at].Has(kAfterBlank) && IsLegalForm(tokens[at])) ++at;
  return at;
}

std::vector<NameVariant> NameVariants(std::string_view name, bool keeps_form) {
  std::vector<NameVariant> variants = {{std::string(name), false}};
  const auto add = [&variants](std::string variant, bool without_legal_form) {
    const bool known = std::any_of(variants.begin(), variants.end(),
                                   [&](const NameVariant& v) { return v.name == variant; });
    if (!known && variants.size() <= kMostVariants)
      variants.push_back({std::move(variant), without_legal_form});
  };
  LayerRows<Token> tokens;
  // Variants of variants, too: the list grows meanwhile.
  size_t at = 0;
  while (at < variants.size()) {
    const std::string text = variants[at].name;
    const bool without = variants[at].without_legal_form;
    ++at;
    tokens.clear();
    Tokenize(text, tokens);
    for (size_t i = 0; i < tokens.size(); ++i) {
      const std::string_view word = Slice(text, tokens[i].span());
      for (const auto& [a, b] : kPairs) {
        const bool has_period = a.back() == '.';
        const std::string_view plain = has_period ? a.substr(0, a.size() - 1) : a;
        const bool is_short = word == a || word == plain;
        if ((!is_short && word != b) || !StandsForWord(tokens, i, word)) continue;
        // The form without period is found with and without it.
        add(With(text, tokens[i], is_short ? b : plain), without);
        if (word == a && has_period) add(With(text, tokens[i], plain), without);
      }
    }
    if (tokens.size() > 1 && Slice(text, tokens[0].span()) == "The") {
      const bool drops = tokens.size() > 2 && !keeps_form;
      add(drops ? text.substr(tokens[1].begin) : "the" + text.substr(tokens[0].end), without);
    }
    if (keeps_form) continue;
    size_t end = tokens.size();
    while (end > 1 && IsLegalForm(tokens[end - 1])) --end;
    if (end == tokens.size()) continue;
    // ", Inc", "& Co", "SAB de"
    const auto joins = [&](const Token& token) {
      const std::string_view word = Slice(text, token.span());
      return word == "," || word == "&" || word == "and" || word == "de";
    };
    while (end > 1 && joins(tokens[end - 1])) --end;
    add(text.substr(0, tokens[end - 1].end), true);
  }
  variants.erase(variants.begin());
  return variants;
}

}  // namespace nutgraf::internal
