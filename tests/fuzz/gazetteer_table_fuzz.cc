// Tables of any bytes: an error with file and line, or a gazetteer that verifies. The first byte
// chooses the format.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "nutgraf/gazetteer.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  nutgraf::GazetteerBuilder builder({.near_matches = (data[0] & 8U) != 0});
  const std::string_view type = (data[0] & 2U) != 0 ? "X" : "";
  const absl::Status status = (data[0] & 1U) != 0   ? builder.AddTsv(text, "fuzz", type)
                              : (data[0] & 4U) != 0 ? builder.AddCsv(text, "fuzz", type)
                                                    : builder.AddJsonLines(text, "fuzz", type);
  if (!status.ok() && status.message().find("fuzz:") == absl::string_view::npos) std::abort();
  const auto gazetteer = builder.Build();
  if (!gazetteer.ok() || !gazetteer->Verify().ok()) std::abort();
  return 0;
}
