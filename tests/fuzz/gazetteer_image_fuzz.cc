// A gazetteer image of any bytes: opening is an error, or every accessor and the matcher stay
// inside it.

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "lib/gazetteer/image.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/gazetteer_matcher.h"
#include "nutgraf/tokenizer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto owner = std::make_shared<std::vector<uint64_t>>(size / 8 + 1);
  if (size > 0) std::memcpy(owner->data(), data, size);
  // The size in the header is what a fuzzer guesses last.
  if (size >= sizeof(nutgraf::gazetteer_format::Header)) {
    const uint64_t file_size = size;
    std::memcpy(reinterpret_cast<char*>(owner->data()) +
                    offsetof(nutgraf::gazetteer_format::Header, file_size),
                &file_size, sizeof(file_size));
  }
  const auto gazetteer = nutgraf::Gazetteer::FromBytes(
      std::string_view(reinterpret_cast<const char*>(owner->data()), size), owner);
  if (!gazetteer.ok()) return 0;
  (void)gazetteer->Verify();
  for (uint32_t i = 0; i < gazetteer->entry_count() && i < 1000; ++i) (void)gazetteer->entry(i);
  constexpr std::string_view kText =
      "Tonga, the New York Times: CSTO in Port-au-Prince. NEW ZEALAND alias U.S. a";
  nutgraf::LayerRows<nutgraf::Token> tokens;
  nutgraf::Tokenize(kText, tokens);
  nutgraf::LayerRows<nutgraf::MentionCandidate> candidates;
  nutgraf::StringPool strings;
  nutgraf::MatchGazetteer(kText, tokens, *gazetteer, {}, candidates, strings);
  size_t bytes = 0;
  for (const auto& c : candidates) bytes += c.id.size() + c.name.size() + c.label.size();
  (void)gazetteer->Lookup("New York Times");
  return bytes > (size_t{1} << 40) ? 1 : 0;
}
