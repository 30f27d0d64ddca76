#include "lib/lemma/lemmatizer.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "lib/text/hash.h"
#include "nutgraf/document.h"
#include "nutgraf/tokenizer.h"

extern "C" {
extern const char nutgraf_lemmas[];
extern const char nutgraf_lemmas_end[];
}

namespace nutgraf::internal {

namespace {

// Longer words are their own lemmas.
constexpr size_t kLongestWord = 48;

bool EndsWith(std::string_view word, std::string_view end) {
  return word.size() >= end.size() && word.substr(word.size() - end.size()) == end;
}

bool IsVowel(char c) {
  return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

bool HasVowel(std::string_view stem) { return std::any_of(stem.begin(), stem.end(), IsVowel); }

uint64_t Key(uint64_t folded, PosTag tag) {
  return Mix(folded ^ kHashSeed0, static_cast<uint64_t>(tag) ^ kHashSeed1);
}

// "stopp", "occurr": the last letter is there twice because of the ending. "call", "pass", "add": not.
bool IsDoubled(std::string_view stem) {
  const size_t n = stem.size();
  if (n < 4 || stem[n - 1] != stem[n - 2] || IsVowel(stem[n - 1])) return false;
  return std::string_view("lsfz").find(stem[n - 1]) == std::string_view::npos;
}

}  // namespace

// What is left of a word, and what comes back after it.
struct Lemmatizer::Stem {
  std::string_view word;
  char last = 0;
};

Lemmatizer::Lemmatizer() {
  auto table = Gazetteer::FromBytes(
      {nutgraf_lemmas, static_cast<size_t>(nutgraf_lemmas_end - nutgraf_lemmas)});
  if (!table.ok()) return;  // the image was made by the same build
  table_ = *std::move(table);
  LayerRows<Token> tokens;
  // Clitics are tokens only behind a word.
  const auto add = [&](const std::string& text, PosTag tag, std::string_view lemma) {
    tokens.clear();
    Tokenize(text, tokens);
    if (!tokens.empty()) Add(tokens.back().folded, tag, lemma);
  };
  table_.ForEachName([&](const Gazetteer::Name& name) {
    std::string_view type = name.entry.type;
    constexpr std::string_view kClitic = "_CLITIC";
    if (type == "STEM" || type == "STEM_END") {
      takes_e_[HashBytes(type == "STEM" ? "^" + name.text : name.text)] = name.entry.id == "e";
    } else if (EndsWith(type, kClitic)) {
      type.remove_suffix(kClitic.size());
      add("do'" + name.text, PosTagFromName(type), name.entry.id);
    } else {
      add(name.text, PosTagFromName(type), name.entry.id);
    }
  });
  add("don't", PosTag::kPart, "not");
}

const Lemmatizer& Lemmatizer::Default() {
  static const auto* const kLemmatizer = new Lemmatizer();
  return *kLemmatizer;
}

void Lemmatizer::Add(uint64_t folded, PosTag tag, std::string_view lemma) {
  lemmas_[Key(folded, tag)] = lemma;
  known_[folded >> 6 & (known_.size() - 1)] |= uint64_t{1} << (folded & 63U);
}

const std::string_view* Lemmatizer::Find(uint64_t folded, PosTag tag) const {
  // Most words are none of these.
  if ((known_[folded >> 6 & (known_.size() - 1)] >> (folded & 63U) & 1U) == 0) return nullptr;
  const auto it = lemmas_.find(Key(folded, tag));
  return it == lemmas_.end() ? nullptr : &it->second;
}

// By the longest ending of the stem that the table has; "^" and a stem stand for the whole of it.
bool Lemmatizer::TakesE(std::string_view stem) const {
  char marked[kLongestWord + 1] = {'^'};
  std::memcpy(marked + 1, stem.data(), stem.size());
  for (std::string_view end(marked, stem.size() + 1); !end.empty(); end.remove_prefix(1)) {
    const auto it = takes_e_.find(HashBytes(end));
    if (it != takes_e_.end()) return it->second;
  }
  return false;
}

Lemmatizer::Stem Lemmatizer::Verb(std::string_view word) const {
  const size_t n = word.size();
  const auto regular = [this](std::string_view stem) -> Stem {
    if (IsDoubled(stem)) return {stem.substr(0, stem.size() - 1)};
    return {stem, TakesE(stem) ? 'e' : '\0'};
  };
  if (EndsWith(word, "ing") && n > 4 && HasVowel(word.substr(0, n - 3)))
    return regular(word.substr(0, n - 3));
  if (EndsWith(word, "ied") && n > 4) return {word.substr(0, n - 3), 'y'};
  if (EndsWith(word, "eed")) return {word};
  if (EndsWith(word, "ed") && n > 3 && HasVowel(word.substr(0, n - 2)))
    return regular(word.substr(0, n - 2));
  return Noun(word);
}

// Plurals; the third person of verbs is made in the same way.
Lemmatizer::Stem Lemmatizer::Noun(std::string_view word) const {
  const size_t n = word.size();
  if (n < 3 || word[n - 1] != 's' || EndsWith(word, "ss") || EndsWith(word, "us") ||
      EndsWith(word, "is") || EndsWith(word, "'s")) {
    return {word};
  }
  if (EndsWith(word, "ies") && n > 4) return {word.substr(0, n - 3), 'y'};
  for (const std::string_view end : {"ches", "shes", "xes", "sses", "zzes", "oes"}) {
    if (EndsWith(word, end) && n > end.size() + 1) return {word.substr(0, n - 2)};
  }
  return {word.substr(0, n - 1)};
}

std::string_view Lemmatizer::Lemma(std::string_view text, const Token& token, PosTag tag,
                                   StringPool& strings) const {
  const std::string_view word = text.substr(token.begin, token.size());
  switch (tag) {
    case PosTag::kPropn:
    case PosTag::kPunct:
    case PosTag::kSym:
    case PosTag::kX:
    case PosTag::kNum:
      return word;
    default:
      break;
  }
  if (const std::string_view* irregular = Find(token.folded, tag)) return *irregular;
  const bool verb = tag == PosTag::kVerb || tag == PosTag::kAux, noun = tag == PosTag::kNoun;
  if (word.size() > kLongestWord || (!verb && !noun && !token.Has(kUpperFirst | kUpperLater)))
    return word;
  char lower[kLongestWord + 1];
  bool changed = false;
  for (size_t i = 0; i < word.size(); ++i) {
    const bool upper = word[i] >= 'A' && word[i] <= 'Z';
    lower[i] = static_cast<char>(upper ? word[i] | 0x20 : word[i]);
    changed = changed || upper;
  }
  Stem stem = {{lower, word.size()}};
  if (verb) stem = Verb(stem.word);
  if (noun) stem = Noun(stem.word);
  if (!changed && stem.last == 0) return word.substr(0, stem.word.size());
  size_t size = stem.word.size();
  if (stem.last != 0) lower[size++] = stem.last;
  return strings.Store({lower, size});
}

}  // namespace nutgraf::internal
