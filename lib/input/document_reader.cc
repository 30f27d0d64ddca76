#include "nutgraf/document_reader.h"

#include <fcntl.h>
#include <re2/re2.h>
#include <simdjson.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <iterator>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "lib/input/json_error.h"
#include "lib/text/re2_string.h"
#include "lib/text/string_view.h"

namespace nutgraf {

namespace {

using internal::Absl;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr size_t kChunk = size_t{256} << 10;
// Past this the memory of an enormous line is given back after it.
constexpr size_t kKeep = size_t{16} << 20;
// What the parser takes.
constexpr size_t kLargestLine = (size_t{1} << 32) - 65;

bool IsBlank(std::string_view line) {
  return line.find_first_not_of(" \t\r") == std::string_view::npos;
}

// A number as an id: as JSON has it, but for the zeros of 1.50.
template <class Number>
std::string IdOf(Number number) {
  char buffer[64];
  return std::string(buffer, std::to_chars(std::begin(buffer), std::end(buffer), number).ptr);
}

// The text that may be quoted in an error, of bounded length.
std::string Quoted(std::string_view text) {
  constexpr size_t kMost = 60;
  if (text.size() <= kMost) return absl::StrCat("'", Absl(text), "'");
  return absl::StrCat("'", Absl(text.substr(0, kMost)), "...'");
}

}  // namespace

absl::Status ValidateDate(std::string_view date) {
  static const re2::RE2* const kPattern =
      new re2::RE2(R"(\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?)", re2::RE2::Quiet);
  if (!re2::RE2::FullMatch(internal::Re2(date), *kPattern)) {
    return absl::InvalidArgumentError(
        absl::StrCat("date ", Quoted(date),
                     " is not of the form YYYY-MM-DD, YYYY-MM-DDThh:mm or YYYY-MM-DDThh:mm:ss; "
                     "write it so, or leave it out"));
  }
  const auto number = [date](size_t begin, size_t size) {
    int value = 0;
    if (begin < date.size())
      std::from_chars(date.data() + begin, date.data() + begin + size, value);
    return value;
  };
  const std::chrono::year_month_day day{std::chrono::year(number(0, 4)),
                                        std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                        std::chrono::day(static_cast<unsigned>(number(8, 2)))};
  if (!day.ok()) {
    return absl::InvalidArgumentError(absl::StrCat("there is no day ", Absl(date.substr(0, 10)),
                                                   "; correct the date, or leave it out"));
  }
  if (number(11, 2) > 23 || number(14, 2) > 59 || number(17, 2) > 59) {
    return absl::InvalidArgumentError(absl::StrCat("there is no time of day ",
                                                   Absl(date.substr(11)),
                                                   "; correct the date, or leave the time out"));
  }
  return absl::OkStatus();
}

class DocumentReader::Impl {
 public:
  explicit Impl(const DocumentReaderOptions& options) : options_(options) {
    options_.max_line_bytes = std::min(options_.max_line_bytes, kLargestLine);
  }
  ~Impl() { Close(); }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  absl::Status Open(std::string_view path);
  absl::StatusOr<bool> Next(InputDocument& document) {
    if (file_ < 0) return false;
    return options_.format == InputFormat::kText ? NextText(document) : NextLine(document);
  }
  bool Ready() const {
    if (file_ < 0) return true;
    const char* const from = buffer_.get() + begin_;
    return options_.format == InputFormat::kJsonLines && end_ > begin_ &&
           std::memchr(from, '\n', end_ - begin_) != nullptr;
  }
  uint64_t bytes_read() const { return bytes_read_; }

 private:
  void Close() {
    if (file_ >= 0 && !is_stdin_) close(file_);
    file_ = -1;
  }
  absl::Status SystemError(std::string_view what) const {
    return absl::ErrnoToStatus(errno, absl::StrCat(path_, ": ", Absl(what)));
  }
  std::string Place() const { return absl::StrCat(path_, ":", line_, ": "); }

  // Room for `size` bytes and the parser's padding, keeping those from begin_ to end_, which move
  // to the front.
  bool Reserve(size_t size);
  // Appends what is there to the buffer: the number of bytes, 0 at the end, or negative with errno
  // set.
  ssize_t Fill();

  absl::StatusOr<bool> NextText(InputDocument& document);
  absl::StatusOr<bool> NextLine(InputDocument& document);
  absl::Status ParseLine(size_t size, size_t column, InputDocument& document);
  absl::Status ParseFields(std::string_view line, size_t column, const simdjson::dom::element& root,
                           InputDocument& document);

  DocumentReaderOptions options_;
  std::string path_;  // as errors name it
  bool is_stdin_ = false;
  int file_ = -1;
  bool at_end_ = false;
  uint64_t line_ = 0;
  uint64_t bytes_read_ = 0;
  std::unique_ptr<char[]> buffer_;  // capacity_ bytes and SIMDJSON_PADDING more
  size_t capacity_ = 0;
  size_t begin_ = 0;
  size_t end_ = 0;
  std::unique_ptr<simdjson::dom::parser> parser_;
};

absl::Status DocumentReader::Impl::Open(std::string_view path) {
  Close();
  is_stdin_ = path == "-";
  path_ = is_stdin_ ? "(standard input)" : std::string(path);
  at_end_ = false;
  line_ = 0;
  bytes_read_ = 0;
  begin_ = 0;
  end_ = 0;
  if (is_stdin_) {
    file_ = STDIN_FILENO;
  } else {
    // open() takes the path up to the first NUL.
    if (path.find('\0') != std::string_view::npos) {
      return absl::InvalidArgumentError("a path with a NUL byte in it names no file");
    }
    do {
      file_ = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
    } while (file_ < 0 && errno == EINTR);
  }
  struct stat info = {};
  if (file_ < 0 || fstat(file_, &info) != 0) {
    absl::Status status = SystemError("cannot open the file");
    Close();
    return status;
  }
  if (S_ISDIR(info.st_mode)) {
    Close();
    return absl::InvalidArgumentError(
        absl::StrCat(path_, ": is a directory; name the files in it"));
  }
  return absl::OkStatus();
}

bool DocumentReader::Impl::Reserve(size_t size) {
  if (size <= capacity_) {
    if (begin_ > 0) std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
  } else {
    std::unique_ptr<char[]> larger(new (std::nothrow) char[size + simdjson::SIMDJSON_PADDING]);
    if (larger == nullptr) return false;
    if (end_ > begin_) std::memcpy(larger.get(), buffer_.get() + begin_, end_ - begin_);
    std::memset(larger.get() + size, 0, simdjson::SIMDJSON_PADDING);
    buffer_ = std::move(larger);
    capacity_ = size;
  }
  end_ -= begin_;
  begin_ = 0;
  return true;
}

ssize_t DocumentReader::Impl::Fill() {
  ssize_t count = 0;
  do {
    count = read(file_, buffer_.get() + end_, std::min(capacity_ - end_, kChunk));
  } while (count < 0 && errno == EINTR);
  if (count > 0) {
    end_ += static_cast<size_t>(count);
    bytes_read_ += static_cast<uint64_t>(count);
  }
  if (count == 0) at_end_ = true;
  return count;
}

absl::StatusOr<bool> DocumentReader::Impl::NextText(InputDocument& document) {
  document.line = 0;
  document.id = is_stdin_ ? "-" : path_;
  document.date.clear();
  document.text.clear();
  if (!Reserve(kChunk))
    return absl::ResourceExhaustedError(
        absl::StrCat(path_, ": not enough memory to read the file"));
  for (;;) {
    begin_ = 0;
    end_ = 0;
    const ssize_t count = Fill();
    if (count < 0) {
      absl::Status status = SystemError("cannot read the file");
      Close();
      return status;
    }
    if (count == 0) break;
    if (document.text.size() + end_ > options_.max_text_bytes) {
      Close();
      return absl::InvalidArgumentError(absl::StrCat(path_, ": text is over the limit of ",
                                                     options_.max_text_bytes,
                                                     " bytes; split the file, or raise the limit"));
    }
    document.text.append(buffer_.get(), end_);
  }
  Close();
  return true;
}

absl::StatusOr<bool> DocumentReader::Impl::NextLine(InputDocument& document) {
  if (capacity_ > kKeep && end_ - begin_ < kKeep) {
    capacity_ = 0;  // the last line was enormous
    parser_ = nullptr;
  }
  if (capacity_ == 0 && !Reserve(kChunk)) {
    Close();
    return absl::ResourceExhaustedError(
        absl::StrCat(path_, ": not enough memory to read the file"));
  }
  for (;;) {
    // One line: bytes from begin_ to `stop`, the line feed or the end of the file.
    size_t seen = 0;
    size_t skipped = 0;
    const char* stop = nullptr;
    for (;;) {
      stop = static_cast<const char*>(
          std::memchr(buffer_.get() + begin_ + seen, '\n', end_ - begin_ - seen));
      if (stop != nullptr || at_end_) break;
      seen = end_ - begin_;
      if (seen > options_.max_line_bytes) {
        skipped += seen;
        seen = 0;
        begin_ = end_ = 0;
      }
      if (end_ == capacity_) {
        const size_t most = options_.max_line_bytes + 1;
        const size_t want =
            begin_ > 0 ? capacity_ : std::max(kChunk, std::min(2 * capacity_, most));
        if (!Reserve(want)) {
          Close();
          return absl::ResourceExhaustedError(
              absl::StrCat(path_, ":", line_ + 1, ": not enough memory for a line of more than ",
                           seen, " bytes; split it"));
        }
      }
      if (Fill() < 0) {
        absl::Status status = SystemError(absl::StrCat("cannot read on after line ", line_));
        Close();
        return status;
      }
    }
    const bool last = stop == nullptr;
    const size_t size = last ? end_ - begin_ : static_cast<size_t>(stop - (buffer_.get() + begin_));
    if (last && size == 0 && skipped == 0) {
      Close();
      return false;
    }
    ++line_;
    const size_t from = begin_;
    begin_ += size + (last ? 0 : 1);
    if (skipped + size > options_.max_line_bytes) {
      return absl::InvalidArgumentError(
          absl::StrCat(Place(), "line of ", skipped + size, " bytes is over the limit of ",
                       options_.max_line_bytes, " bytes; split the document, or raise the limit"));
    }
    std::string_view line(buffer_.get() + from, size);
    size_t column = 0;
    if (line_ == 1 && line.substr(0, kByteOrderMark.size()) == kByteOrderMark)
      column = kByteOrderMark.size();
    if (IsBlank(line.substr(column))) continue;
    document.line = line_;
    if (absl::Status status = ParseLine(size, column, document); !status.ok()) return status;
    return true;
  }
}

// The line ends at begin_ or, with its line feed, one before.
absl::Status DocumentReader::Impl::ParseLine(size_t size, size_t column, InputDocument& document) {
  const size_t line_end = begin_ - (begin_ > 0 && buffer_[begin_ - 1] == '\n' ? 1 : 0);
  const std::string_view line(buffer_.get() + line_end - size + column, size - column);
  if (parser_ == nullptr) parser_ = std::make_unique<simdjson::dom::parser>();
  simdjson::dom::element root;
  // Newer parsers skip a byte order mark, whichever line it begins.
  const simdjson::error_code error =
      line.substr(0, kByteOrderMark.size()) == kByteOrderMark
          ? simdjson::TAPE_ERROR
          : parser_->parse(line.data(), line.size(), false).get(root);
  if (error == simdjson::SUCCESS) return ParseFields(line, column, root, document);
  if (error == simdjson::MEMALLOC) {
    return absl::ResourceExhaustedError(absl::StrCat(
        Place(), "not enough memory to parse a line of ", size, " bytes; split the document"));
  }
  const internal::JsonError found = internal::FindJsonError(line);
  if (found.byte == std::string_view::npos) {  // nested too deeply, or a number that is too large
    return absl::InvalidArgumentError(absl::StrCat(Place(), "not JSON that can be read (",
                                                   simdjson::error_message(error),
                                                   "); correct the line"));
  }
  std::string advice = "a line must be one JSON object; correct it";
  if (found.reason == "not UTF-8")
    advice = "JSON must be UTF-8; convert the file, for example with iconv";
  return absl::InvalidArgumentError(absl::StrCat(Place(), "byte ", found.byte + column + 1, ": ",
                                                 Absl(found.reason), "; ", advice));
}

absl::Status DocumentReader::Impl::ParseFields(std::string_view line, size_t column,
                                               const simdjson::dom::element& root,
                                               InputDocument& document) {
  simdjson::dom::object object;
  if (root.get(object) != simdjson::SUCCESS) {
    const size_t byte = line.find_first_not_of(" \t") + column + 1;
    return absl::InvalidArgumentError(
        absl::StrCat(Place(), "byte ", byte,
                     ": not an object; write {\"id\": \"...\", \"text\": \"...\"}, one a line"));
  }
  simdjson::dom::element text;
  simdjson::dom::element id;
  simdjson::dom::element date;
  simdjson::dom::element ref;
  bool has_text = false;
  bool has_id = false;
  bool has_date = false;
  bool has_ref = false;
  for (const simdjson::dom::key_value_pair field : object) {
    const auto take = [&field](simdjson::dom::element& element, bool& has) {
      element = field.value;
      has = !element.is_null();
    };
    if (field.key == "text") take(text, has_text);
    if (field.key == "id") take(id, has_id);
    if (field.key == "date") take(date, has_date);
    if (field.key == "ref") take(ref, has_ref);
  }
  if (!has_date && has_ref) std::swap(date, ref);
  has_date = has_date || has_ref;

  std::string_view string;
  if (!has_text)
    return absl::InvalidArgumentError(
        absl::StrCat(Place(), "no field \"text\"; add it, \"\" for an empty text"));
  if (text.get(string) != simdjson::SUCCESS) {
    return absl::InvalidArgumentError(
        absl::StrCat(Place(), "\"text\" is not a string; put it in double quotes"));
  }
  document.text.assign(string);

  document.id.clear();
  if (has_id) {
    int64_t integer = 0;
    uint64_t large = 0;
    double number = 0;
    if (id.get(string) == simdjson::SUCCESS) {
      document.id.assign(string);
    } else if (id.is_int64() && id.get(integer) == simdjson::SUCCESS) {
      document.id = IdOf(integer);
    } else if (id.is_uint64() && id.get(large) == simdjson::SUCCESS) {
      document.id = IdOf(large);
    } else if (id.is_double() && id.get(number) == simdjson::SUCCESS) {
      document.id = IdOf(number);
    } else {
      return absl::InvalidArgumentError(
          absl::StrCat(Place(), "\"id\" is neither a string nor a number; make it one"));
    }
  }

  document.date.clear();
  if (has_date) {
    if (date.get(string) != simdjson::SUCCESS) {
      return absl::InvalidArgumentError(
          absl::StrCat(Place(), "the date is not a string; write \"YYYY-MM-DD\""));
    }
    if (const absl::Status status = ValidateDate(string); !status.ok()) {
      return absl::Status(status.code(), absl::StrCat(Place(), status.message()));
    }
    document.date.assign(string);
  }
  return absl::OkStatus();
}

DocumentReader::DocumentReader(const DocumentReaderOptions& options)
    : impl_(std::make_unique<Impl>(options)) {}
DocumentReader::~DocumentReader() = default;
DocumentReader::DocumentReader(DocumentReader&&) noexcept = default;
DocumentReader& DocumentReader::operator=(DocumentReader&&) noexcept = default;
absl::Status DocumentReader::Open(std::string_view path) { return impl_->Open(path); }
absl::StatusOr<bool> DocumentReader::Next(InputDocument& document) { return impl_->Next(document); }
bool DocumentReader::Ready() const { return impl_->Ready(); }
uint64_t DocumentReader::bytes_read() const { return impl_->bytes_read(); }

}  // namespace nutgraf
