#include "lib/text/dictionary_breaker.h"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/utext.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "lib/text/unicode.h"

namespace nutgraf::internal {

namespace {

constexpr uint32_t kLongestPiece = 4096;

// Opening a break iterator costs far more than a run; one a thread, since ICU's iterators hold
// state.
icu::BreakIterator* WordIterator() {
  thread_local const std::unique_ptr<icu::BreakIterator> iterator = [] {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getEnglish(), status));
    if (U_FAILURE(status)) made.reset();
    return made;
  }();
  return iterator.get();
}

void BreakIntoCharacters(std::string_view run, uint32_t offset, std::vector<uint32_t>& ends) {
  for (uint32_t i = 0; i < run.size();) {
    i += DecodeUtf8(run, i).size;
    ends.push_back(offset + i);
  }
}

void BreakPiece(std::string_view run, uint32_t offset, std::vector<uint32_t>& ends) {
  icu::BreakIterator* const words = WordIterator();
  UErrorCode status = U_ZERO_ERROR;
  UText text = UTEXT_INITIALIZER;
  utext_openUTF8(&text, run.data(), static_cast<int64_t>(run.size()), &status);
  if (words != nullptr) words->setText(&text, status);
  if (words == nullptr || U_FAILURE(status)) {
    BreakIntoCharacters(run, offset, ends);
  } else {
    words->first();
    for (int32_t end = words->next(); end != icu::BreakIterator::DONE; end = words->next()) {
      ends.push_back(offset + static_cast<uint32_t>(end));
    }
  }
  utext_close(&text);
}

}  // namespace

void BreakDictionaryRun(std::string_view run, std::vector<uint32_t>& ends) {
  for (uint32_t begin = 0; begin < run.size();) {
    auto size = static_cast<uint32_t>(std::min<size_t>(run.size() - begin, kLongestPiece));
    // Not inside a character.
    while (begin + size < run.size() &&
           (static_cast<unsigned char>(run[begin + size]) & 0xC0U) == 0x80)
      --size;
    BreakPiece(run.substr(begin, size), begin, ends);
    begin += size;
  }
}

}  // namespace nutgraf::internal
