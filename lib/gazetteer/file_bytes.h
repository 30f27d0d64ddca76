// Bytes of a file: mapped, or read into memory.

#ifndef NUTGRAF_LIB_GAZETTEER_FILE_BYTES_H_
#define NUTGRAF_LIB_GAZETTEER_FILE_BYTES_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace nutgraf::internal {

struct FileBytes {
  std::string_view bytes;
  std::shared_ptr<const void> owner;
};

// Memory for an image, aligned as its sections are (64 bytes).
std::shared_ptr<char> ImageMemory(size_t size);

// Errors name the path and say what the system said.
absl::StatusOr<FileBytes> MapFile(const std::string& path);
absl::StatusOr<FileBytes> ReadFile(const std::string& path);

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_GAZETTEER_FILE_BYTES_H_
