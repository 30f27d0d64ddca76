// The first byte chooses: an image of any bytes, which is an error or stays inside itself; or tables
// of any bytes, which are errors with file and line, or name parts that verify.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "lib/names/format.h"
#include "nutgraf/name_parts.h"

namespace {

void CheckImage(std::string_view bytes) {
  const auto owner = std::make_shared<std::vector<uint64_t>>(bytes.size() / 8 + 1);
  if (!bytes.empty()) std::memcpy(owner->data(), bytes.data(), bytes.size());
  // The size in the header is what a fuzzer guesses last.
  if (bytes.size() >= sizeof(nutgraf::name_parts_format::Header)) {
    const uint64_t size = bytes.size();
    std::memcpy(reinterpret_cast<char*>(owner->data()) +
                    offsetof(nutgraf::name_parts_format::Header, file_size),
                &size, sizeof(size));
  }
  const auto names = nutgraf::NameParts::FromBytes(
      {reinterpret_cast<const char*>(owner->data()), bytes.size()}, owner);
  if (!names.ok()) return;
  (void)names->Verify();
  for (const char* word : {"Olga", "Bill", "Nobody"}) {
    (void)names->Lookup(word);
    (void)names->Relate(word, "William");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 5 == 0) {
    CheckImage(text);
    return 0;
  }
  nutgraf::NamePartsBuilder builder;
  const absl::Status status = data[0] % 5 == 1   ? builder.AddFirstNames(text, "fuzz")
                              : data[0] % 5 == 2 ? builder.AddLastNames(text, "fuzz")
                              : data[0] % 5 == 3 ? builder.AddSpellings(text, "fuzz")
                                                 : builder.AddNicknames(text, "fuzz");
  if (!status.ok() && status.message().find("fuzz:") == absl::string_view::npos) std::abort();
  const auto names = builder.Build();
  if (!names.ok() || !names->Verify().ok()) std::abort();
  return 0;
}
