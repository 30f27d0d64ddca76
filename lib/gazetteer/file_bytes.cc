#include "lib/gazetteer/file_bytes.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <new>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace nutgraf::internal {

namespace {

absl::Status Error(const std::string& path, const char* what, int error) {
  const std::string message = absl::StrCat(path, ": ", what, ": ", std::strerror(error));
  if (error == ENOENT) return absl::NotFoundError(message);
  if (error == EACCES || error == EPERM) return absl::PermissionDeniedError(message);
  return absl::UnavailableError(message);
}

// Closes when it goes.
class File {
 public:
  explicit File(const std::string& path) : fd_(::open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  ~File() {
    if (fd_ >= 0) ::close(fd_);
  }
  int fd() const { return fd_; }

 private:
  int fd_;
};

absl::StatusOr<size_t> SizeOf(const File& file, const std::string& path) {
  if (file.fd() < 0) return Error(path, "cannot open", errno);
  struct stat status = {};
  if (::fstat(file.fd(), &status) != 0) return Error(path, "cannot tell its size", errno);
  if (S_ISDIR(status.st_mode)) return Error(path, "cannot read", EISDIR);
  return static_cast<size_t>(status.st_size);
}

}  // namespace

std::shared_ptr<char> ImageMemory(size_t size) {
  constexpr std::align_val_t kLine{64};
  return std::shared_ptr<char>(static_cast<char*>(::operator new(std::max(size, size_t{1}), kLine)),
                               [](char* memory) { ::operator delete(memory, kLine); });
}

absl::StatusOr<FileBytes> MapFile(const std::string& path) {
  const File file(path);
  const absl::StatusOr<size_t> size = SizeOf(file, path);
  if (!size.ok()) return size.status();
  if (*size == 0) return FileBytes{};
  void* const address = ::mmap(nullptr, *size, PROT_READ, MAP_SHARED, file.fd(), 0);
  if (address == MAP_FAILED) return Error(path, "cannot map", errno);
  std::shared_ptr<const void> owner(
      address, [size = *size](const void* p) { ::munmap(const_cast<void*>(p), size); });
  return FileBytes{std::string_view(static_cast<const char*>(address), *size), std::move(owner)};
}

absl::StatusOr<FileBytes> ReadFile(const std::string& path) {
  const File file(path);
  const absl::StatusOr<size_t> size = SizeOf(file, path);
  if (!size.ok()) return size.status();
  const std::shared_ptr<char> bytes = ImageMemory(*size);
  char* const begin = bytes.get();
  size_t read = 0;
  while (read < *size) {
    const ssize_t n = ::read(file.fd(), begin + read, *size - read);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return Error(path, "cannot read", errno);
    if (n == 0) break;  // it was truncated meanwhile
    read += static_cast<size_t>(n);
  }
  return FileBytes{std::string_view(begin, read), bytes};
}

}  // namespace nutgraf::internal
