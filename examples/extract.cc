// nutgraf-extract: names and numbers out of texts, as a report for people or as JSON Lines for
// programs.
//
//   nutgraf-extract article.txt
//   nutgraf-extract --input=jsonl --format=jsonl --offsets=codepoints news.jsonl > found.jsonl
//
// docs/command_line.md is its manual.

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <new>
#include <string>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nutgraf/document.h"
#include "nutgraf/document_reader.h"
#include "nutgraf/english.h"
#include "nutgraf/json_writer.h"
#include "nutgraf/pipeline.h"
#include "nutgraf/quantity_extractor.h"
#include "nutgraf/text_report.h"
#include "nutgraf/version.h"
#include "ordered_workers.h"

namespace {

constexpr std::string_view kHelp =
    R"(Usage: nutgraf-extract [OPTION]... [FILE]...

Reads English news texts and writes the names, numbers and times that are in them, each with
its place. Reads standard input where there is no FILE, or where FILE is -.

  --input=text|jsonl     what a FILE is: one text, or JSON Lines, an object a line with
                         "text" and perhaps "id" and "date" (text)
  --format=text|jsonl    a report for people, or JSON Lines for programs (text)
  --threads=N            work with N threads; the output is the same for any N
                         (as many as there are processors)
  --date=DATE            when texts without a date of their own were written: YYYY-MM-DD,
                         or YYYY-MM-DDThh:mm:ss
  --model=FILE           the recogniser's model, made by nutgraf-train (the default one)
  --date-order=ORDER     how 03/05/21 is read: month-first or day-first (month-first)
  --week-starts=DAY      the first day of "this week": monday to sunday (monday)
  --time-spans=HOW       spans of times with or without the preposition that bounds them,
                         "before Friday": with, or without as TimeML (with)
  --quantities=LIST      what is no quantity where opinions differ: no-relative-ordinals ("the last
                         page"), no-article-units ("a mile"), no-vague ("dozens of"),
                         no-from-to-ranges ("from $5 to $7": two)
  --max-bytes=N          a text of more bytes is an error; K, M and G may follow (256M)

For --format=jsonl:
  --offsets=UNIT         what "begin" and "end" count: bytes, codepoints (as Python does) or
                         utf16 (as JavaScript and Java do) (bytes)
  --layers=LAYER,...     what to write: sentences, tokens, mentions, quantities, times;
                         also default (all but the first two) and all (default)

  --parts-of-speech      with the part of speech and the lemma of each token, in layer tokens
  --trace                with "rule" in quantities and times: what made them

For --format=text:
  --color=WHEN           auto, always or never; auto is yes on a terminal (auto)
  --show-text            the text as well, with what was found in it marked
  --rows=N               at most N rows a section, 0 for all (25)
  --width=N              columns of a line (those of the terminal, 100 elsewhere)

  --help, --version, --licences

Errors go to standard error and name the file, the line and the reason; what is not wrong is
done nevertheless. Exit status: 0 if all went well, 1 if a document or the output failed, 2 if
the command line is wrong.

Examples:
  nutgraf-extract article.txt
  nutgraf-extract --format=jsonl --date=2022-01-11 articles/*.txt > found.jsonl
  nutgraf-extract --input=jsonl --format=jsonl --layers=all --offsets=codepoints < news.jsonl
)";

constexpr std::string_view kName = "nutgraf-extract: ";
constexpr size_t kBatchBytes = size_t{256} << 10;
constexpr size_t kBatchDocuments = 256;
// Past this a buffer's memory is given back.
constexpr size_t kKeepBytes = size_t{8} << 20;

// -- What may change in the library
// -----------------------------------------------------------------

absl::StatusOr<nutgraf::Pipeline> BuildPipeline(const nutgraf::NewsPipelineOptions& options) {
  return nutgraf::NewsPipeline(options);
}

std::string_view LicenceText() { return nutgraf::english::Licence(); }

// -- Command line
// ------------------------------------------------------------------------------------

enum class Format : uint8_t { kText, kJsonLines };
enum class When : uint8_t { kAuto, kAlways, kNever };

struct Settings {
  nutgraf::InputFormat input = nutgraf::InputFormat::kText;
  Format format = Format::kText;
  nutgraf::JsonOptions json;
  size_t threads = 0;
  std::string date;
  When color = When::kAuto;
  bool show_text = false;
  uint32_t rows = 25;
  uint32_t width = 0;
  nutgraf::NewsPipelineOptions pipeline;
  std::string model;
  std::vector<std::string> files;
};

std::string View(absl::string_view view) { return std::string(view.data(), view.size()); }

// A number with perhaps K, M or G after it where `suffixes` is true.
bool ParseNumber(std::string_view text, bool suffixes, uint64_t most, uint64_t& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end == text.data()) return false;
  const std::string_view rest(end, static_cast<size_t>(text.data() + text.size() - end));
  uint64_t factor = 1;
  if (suffixes && rest == "K") factor = uint64_t{1} << 10;
  if (suffixes && rest == "M") factor = uint64_t{1} << 20;
  if (suffixes && rest == "G") factor = uint64_t{1} << 30;
  if (factor == 1 && !rest.empty()) return false;
  if (value > most / factor) return false;
  value *= factor;
  return true;
}

// One option: sets what it says; the answer is empty, or what is wrong with the value.
using OptionSetter = std::string (*)(std::string_view value, Settings& settings);

template <class Value>
std::string Choose(std::string_view value,
                   std::initializer_list<std::pair<std::string_view, Value>> choices,
                   Value& chosen) {
  std::string names;
  for (const auto& [name, choice] : choices) {
    if (name == value) {
      chosen = choice;
      return {};
    }
    names += (names.empty() ? "" : ", ") + std::string(name);
  }
  return "it is one of " + names;
}

struct Option {
  std::string_view name;
  bool has_value;
  OptionSetter set;
};

constexpr Option kOptions[] = {
    {"--input", true,
     [](std::string_view value, Settings& settings) {
       return Choose(
           value,
           {{"text", nutgraf::InputFormat::kText}, {"jsonl", nutgraf::InputFormat::kJsonLines}},
           settings.input);
     }},
    {"--format", true,
     [](std::string_view value, Settings& settings) {
       return Choose(value, {{"text", Format::kText}, {"jsonl", Format::kJsonLines}},
                     settings.format);
     }},
    {"--offsets", true,
     [](std::string_view value, Settings& settings) {
       return Choose(value,
                     {{"bytes", nutgraf::OffsetUnit::kBytes},
                      {"codepoints", nutgraf::OffsetUnit::kCodePoints},
                      {"utf16", nutgraf::OffsetUnit::kUtf16}},
                     settings.json.offsets);
     }},
    {"--layers", true,
     [](std::string_view value, Settings& settings) {
       const absl::StatusOr<nutgraf::JsonLayers> layers = nutgraf::JsonLayers::Parse(value);
       if (!layers.ok()) return View(layers.status().message());
       settings.json.layers = *layers;
       return std::string();
     }},
    {"--quantities", true,
     [](std::string_view value, Settings& settings) {
       while (!value.empty()) {
         const size_t comma = std::min(value.find(','), value.size());
         const std::string_view name = value.substr(0, comma);
         value.remove_prefix(std::min(comma + 1, value.size()));
         if (name == "no-relative-ordinals") {
           settings.pipeline.quantities.relative_ordinals = false;
         } else if (name == "no-article-units") {
           settings.pipeline.quantities.article_units = false;
         } else if (name == "no-vague") {
           settings.pipeline.quantities.vague = false;
         } else if (name == "no-from-to-ranges") {
           settings.pipeline.quantities.from_to_ranges = false;
         } else {
           return std::string(
               "it is a list of no-relative-ordinals, no-article-units, no-vague, "
               "no-from-to-ranges");
         }
       }
       return std::string();
     }},
    {"--parts-of-speech", false,
     [](std::string_view /*value*/, Settings& settings) {
       settings.pipeline.parts_of_speech = true;
       return std::string();
     }},
    {"--trace", false,
     [](std::string_view /*value*/, Settings& settings) {
       settings.json.trace = true;
       return std::string();
     }},
    {"--threads", true,
     [](std::string_view value, Settings& settings) {
       uint64_t number = 0;
       if (!ParseNumber(value, false, 1024, number) || number == 0)
         return std::string("it is a number from 1 to 1024");
       settings.threads = number;
       return std::string();
     }},
    {"--date", true,
     [](std::string_view value, Settings& settings) {
       settings.date = value;
       return View(nutgraf::ValidateDate(value).message());
     }},
    {"--model", true,
     [](std::string_view value, Settings& settings) {
       settings.model = value;
       return std::string();
     }},
    {"--date-order", true,
     [](std::string_view value, Settings& settings) {
       using Order = nutgraf::TimeOptions::DateOrder;
       return Choose(value, {{"month-first", Order::kMonthFirst}, {"day-first", Order::kDayFirst}},
                     settings.pipeline.times.date_order);
     }},
    {"--week-starts", true,
     [](std::string_view value, Settings& settings) {
       return Choose(value,
                     {{"monday", 1},
                      {"tuesday", 2},
                      {"wednesday", 3},
                      {"thursday", 4},
                      {"friday", 5},
                      {"saturday", 6},
                      {"sunday", 7}},
                     settings.pipeline.times.week_starts_on);
     }},
    {"--time-spans", true,
     [](std::string_view value, Settings& settings) {
       return Choose(value, {{"with", true}, {"without", false}},
                     settings.pipeline.times.spans_with_prepositions);
     }},
    {"--color", true,
     [](std::string_view value, Settings& settings) {
       return Choose(value,
                     {{"auto", When::kAuto}, {"always", When::kAlways}, {"never", When::kNever}},
                     settings.color);
     }},
    {"--show-text", false,
     [](std::string_view /*value*/, Settings& settings) {
       settings.show_text = true;
       return std::string();
     }},
    {"--rows", true,
     [](std::string_view value, Settings& settings) {
       uint64_t number = 0;
       if (!ParseNumber(value, false, 1000000000, number))
         return std::string("it is a number, 0 for all rows");
       settings.rows = static_cast<uint32_t>(number);
       return std::string();
     }},
    {"--width", true,
     [](std::string_view value, Settings& settings) {
       uint64_t number = 0;
       if (!ParseNumber(value, false, 10000, number) || number < 40)
         return std::string("it is a number from 40 to 10000");
       settings.width = static_cast<uint32_t>(number);
       return std::string();
     }},
    {"--max-bytes", true,
     [](std::string_view value, Settings& settings) {
       uint64_t number = 0;
       if (!ParseNumber(value, true, nutgraf::Pipeline::kLargestMaxTextBytes, number)) {
         return "it is a number of bytes, at most " +
                std::to_string(nutgraf::Pipeline::kLargestMaxTextBytes) + "; K, M and G may follow";
       }
       settings.pipeline.max_text_bytes = number;
       return std::string();
     }},
};

void Print(int file, std::string_view text);

[[noreturn]] void UsageError(std::string_view message) {
  std::string line(kName);
  nutgraf::AppendPrintable(message, line);
  Print(STDERR_FILENO, line + "; try --help\n");
  std::exit(2);
}

Settings ParseCommandLine(const std::vector<std::string_view>& arguments) {
  Settings settings;
  bool options_end = false;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (options_end || argument.substr(0, 1) != "-" || argument == "-") {
      settings.files.emplace_back(argument);
      continue;
    }
    if (argument == "--") {
      options_end = true;
      continue;
    }
    if (argument == "--help" || argument == "-h") {
      Print(STDOUT_FILENO, kHelp);
      std::exit(0);
    }
    if (argument == "--version") {
      Print(STDOUT_FILENO, "nutgraf " + std::string(nutgraf::Version()) + "\n");
      std::exit(0);
    }
    if (argument == "--licences" || argument == "--licenses") {
      Print(STDOUT_FILENO, LicenceText());
      std::exit(0);
    }
    const size_t equals = argument.find('=');
    const std::string_view name = argument.substr(0, equals);
    const auto* const option = std::find_if(std::begin(kOptions), std::end(kOptions),
                                            [name](const Option& o) { return o.name == name; });
    if (option == std::end(kOptions)) UsageError("there is no option '" + std::string(name) + "'");
    std::string_view value;
    if (equals != std::string_view::npos) {
      if (!option->has_value) UsageError(std::string(name) + " takes no value");
      value = argument.substr(equals + 1);
    } else if (option->has_value) {
      if (++i == arguments.size()) UsageError(std::string(name) + " needs a value");
      value = arguments[i];
    }
    if (const std::string wrong = option->set(value, settings); !wrong.empty()) {
      UsageError(std::string(name) + ": '" + std::string(value) + "' will not do: " + wrong);
    }
  }
  if (settings.files.empty()) settings.files.emplace_back("-");
  if (settings.threads == 0)
    settings.threads = std::clamp(std::thread::hardware_concurrency(), 1U, 64U);
  return settings;
}

// -- Output
// ------------------------------------------------------------------------------------------

// Writes all of it: 0, or the error.
int WriteAll(int file, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(file, text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno;
    text.remove_prefix(static_cast<size_t>(count));
  }
  return 0;
}

// For what nobody can be told about if it fails.
void Print(int file, std::string_view text) { static_cast<void>(WriteAll(file, text)); }

// At once, since another thread may be waiting for input that never comes. Quietly where the reader
// has enough.
[[noreturn]] void FailToWrite(int error) {
  if (error == EPIPE) std::_Exit(0);
  Print(STDERR_FILENO, std::string(kName) + "cannot write the output: " +
                           std::generic_category().message(error) + "\n");
  std::_Exit(1);
}

uint32_t TerminalWidth() {
  winsize size = {};
  if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return 100;
  return size.ws_col;
}

bool WantsColor(When when) {
  if (when != When::kAuto) return when == When::kAlways;
  const char* const no_color = std::getenv("NO_COLOR");
  const char* const term = std::getenv("TERM");
  if (no_color != nullptr && *no_color != '\0') return false;
  return isatty(STDOUT_FILENO) == 1 && (term == nullptr || std::string_view(term) != "dumb");
}

// How far it is, on standard error where that is a terminal: files, MB, MB/s, time left. Silent for
// the first second.
class Progress {
 public:
  explicit Progress(const Settings& settings)
      : files_(settings.files.size()), enabled_(isatty(STDERR_FILENO) == 1) {
    if (!enabled_) return;
    for (const std::string& file : settings.files) {
      struct stat info = {};
      const int error = file == "-" ? fstat(STDIN_FILENO, &info) : stat(file.c_str(), &info);
      if (error != 0) continue;
      if (S_ISREG(info.st_mode)) {
        total_ += static_cast<uint64_t>(info.st_size);
      } else {
        total_known_ = false;
      }
    }
  }

  void Show(uint64_t bytes, size_t files) {
    const Clock::time_point now = Clock::now();
    if (!enabled_ || now - start_ < std::chrono::seconds(1) ||
        now - shown_ < std::chrono::milliseconds(200))
      return;
    shown_ = now;
    const double seconds = std::chrono::duration<double>(now - start_).count();
    const double rate = static_cast<double>(bytes) / seconds;
    std::array<char, 160> line = {};
    int size =
        std::snprintf(line.data(), line.size(), "\r\x1B[K%zu of %zu files, %.1f MB, %.1f MB/s",
                      files, files_, static_cast<double>(bytes) / 1e6, rate / 1e6);
    if (total_known_ && bytes > 0 && bytes <= total_) {
      const auto left = static_cast<uint64_t>(static_cast<double>(total_ - bytes) / rate);
      size +=
          std::snprintf(line.data() + size, line.size() - static_cast<size_t>(size),
                        ", %d:%02d left", static_cast<int>(left / 60), static_cast<int>(left % 60));
    }
    Print(STDERR_FILENO, std::string_view(line.data(), static_cast<size_t>(size)));
    visible_ = true;
  }

  // Makes room for other output.
  void Clear() {
    if (!visible_) return;
    Print(STDERR_FILENO, "\r\x1B[K");
    visible_ = false;
    shown_ = Clock::time_point();
  }

 private:
  using Clock = std::chrono::steady_clock;
  size_t files_;
  bool enabled_;
  bool total_known_ = true;
  bool visible_ = false;
  uint64_t total_ = 0;
  Clock::time_point start_ = Clock::now();
  Clock::time_point shown_;
};

// -- The work
// ------------------------------------------------------------------------------------------

// Some documents in a row, what came of them, and what went wrong.
struct Batch {
  struct Entry {
    nutgraf::InputDocument document;
    size_t file = 0;
    std::string error;  // of reading; the document is then none
  };
  std::vector<Entry> entries;
  size_t count = 0;  // of entries in use
  size_t text_bytes = 0;
  uint64_t bytes_read = 0;  // of all input, at the time
  size_t files_read = 0;
  std::string output;
  std::string errors;

  size_t bytes() const { return text_bytes; }
  Entry& Next() {
    if (count == entries.size()) entries.emplace_back();
    Entry& entry = entries[count];
    entry.error.clear();
    return entry;
  }
};

// Reads batches from one file after the other.
class Source {
 public:
  explicit Source(const Settings& settings) : settings_(settings), reader_(Options(settings)) {}

  // Where memory runs out the input ends.
  absl::StatusOr<bool> Next(nutgraf::InputDocument& document) {
    if (out_of_memory_) return false;
    try {
      return reader_.Next(document);
    } catch (const std::bad_alloc&) {
      out_of_memory_ = true;
      file_ = settings_.files.size() - 1;  // no further file
      return absl::ResourceExhaustedError(
          "not enough memory to read on; use fewer threads, or a smaller --max-bytes");
    }
  }

  bool Read(Batch& batch) {
    batch.count = 0;
    batch.text_bytes = 0;
    while (batch.text_bytes < kBatchBytes && batch.count < kBatchDocuments) {
      // What is there goes on its way before a wait for more.
      if (batch.count > 0 && open_ && !reader_.Ready()) break;
      if (!open_) {
        if (file_ == settings_.files.size()) break;
        const absl::Status status = reader_.Open(settings_.files[file_]);
        if (!status.ok()) {
          batch.Next().error = View(status.message());
          ++batch.count;
          ++file_;
          continue;
        }
        open_ = true;
      }
      Batch::Entry& entry = batch.Next();
      entry.file = file_;
      const absl::StatusOr<bool> more = Next(entry.document);
      if (!more.ok()) {
        entry.error = View(more.status().message());
        ++batch.count;
      } else if (*more) {
        batch.text_bytes += entry.document.text.size();
        ++batch.count;
      } else {
        bytes_before_ += reader_.bytes_read();
        open_ = false;
        ++file_;
      }
    }
    batch.bytes_read = bytes_before_ + (open_ ? reader_.bytes_read() : 0);
    batch.files_read = file_;
    return batch.count > 0;
  }

 private:
  static nutgraf::DocumentReaderOptions Options(const Settings& settings) {
    // A character of the text has up to six bytes in its line ("\u00e9"), and there may be other
    // fields.
    const size_t line = 6 * settings.pipeline.max_text_bytes + (size_t{1} << 20);
    return {.format = settings.input,
            .max_text_bytes = settings.pipeline.max_text_bytes,
            .max_line_bytes = line};
  }

  const Settings& settings_;
  nutgraf::DocumentReader reader_;
  size_t file_ = 0;
  bool open_ = false;
  bool out_of_memory_ = false;
  uint64_t bytes_before_ = 0;
};

// What each thread has of its own.
class Worker {
 public:
  Worker(const Settings& settings, const nutgraf::Pipeline& pipeline,
         const nutgraf::TextReportOptions& report)
      : settings_(settings), pipeline_(pipeline), json_(settings.json), report_(report) {}

  void Work(Batch& batch) {
    batch.output.clear();
    batch.errors.clear();
    for (size_t i = 0; i < batch.count; ++i) {
      Batch::Entry& entry = batch.entries[i];
      if (entry.error.empty()) entry.error = Process(entry, batch.output);
      if (!entry.error.empty()) {
        batch.errors += kName;
        nutgraf::AppendPrintable(entry.error, batch.errors);
        batch.errors += '\n';
      }
      if (entry.document.text.capacity() > kKeepBytes) entry.document.text = std::string();
    }
  }

 private:
  // The answer is empty, or what went wrong; nothing is written then.
  std::string Process(const Batch::Entry& entry, std::string& out) {
    const size_t size = out.size();
    const nutgraf::InputDocument& in = entry.document;
    std::string error;
    try {
      const absl::Status status = pipeline_.Process(
          {.text = in.text, .id = in.id, .date = in.date.empty() ? settings_.date : in.date},
          document_);
      if (status.ok()) {
        if (settings_.format == Format::kJsonLines) {
          json_.Append(document_, out);
        } else {
          report_.Append(document_, out);
          out += '\n';
        }
      } else {
        error = View(status.message());
      }
    } catch (const std::bad_alloc&) {
      error = "not enough memory for a text of " + std::to_string(in.text.size()) +
              " bytes; use fewer threads, or split it";
    }
    if (!error.empty()) {
      out.resize(size);
      error = Place(entry) + ": " + error;
    }
    if (!error.empty() || in.text.size() > kKeepBytes) document_.ReleaseMemory();
    return error;
  }

  std::string Place(const Batch::Entry& entry) const {
    const std::string& file = settings_.files[entry.file];
    std::string place = file == "-" ? "(standard input)" : file;
    if (entry.document.line > 0) place.append(":").append(std::to_string(entry.document.line));
    return place;
  }

  const Settings& settings_;
  const nutgraf::Pipeline& pipeline_;
  nutgraf::Document document_;
  nutgraf::JsonWriter json_;
  nutgraf::TextReport report_;
};

int Extract(const Settings& settings) {
  nutgraf::NewsPipelineOptions options = settings.pipeline;
  if (!settings.model.empty()) {
    absl::StatusOr<nutgraf::TaggerModel> opened = nutgraf::TaggerModel::Open(settings.model);
    if (!opened.ok()) {
      Print(STDERR_FILENO, std::string(kName) + View(opened.status().message()) + "\n");
      return 1;
    }
    options.model = *opened;
  }
  const absl::StatusOr<nutgraf::Pipeline> pipeline = BuildPipeline(options);
  if (!pipeline.ok()) {
    Print(STDERR_FILENO, std::string(kName) + View(pipeline.status().message()) + "\n");
    return 1;
  }
  const nutgraf::TextReportOptions report = {
      .color = WantsColor(settings.color),
      .width = settings.width > 0 ? settings.width : TerminalWidth(),
      .max_rows = settings.rows,
      .show_text = settings.show_text};
  Source source(settings);
  std::vector<std::unique_ptr<Worker>> workers;
  for (size_t i = 0; i < settings.threads; ++i) {
    workers.push_back(std::make_unique<Worker>(settings, *pipeline, report));
  }
  Progress progress(settings);
  uint64_t failed = 0;
  OrderedWorkers<Batch>({.threads = settings.threads})
      .Run([&](Batch& batch) { return source.Read(batch); },
           [&](Batch& batch, size_t thread) { workers[thread]->Work(batch); },
           [&](Batch& batch) {
             if (!batch.errors.empty() || isatty(STDOUT_FILENO) == 1) progress.Clear();
             if (const int error = WriteAll(STDOUT_FILENO, batch.output); error != 0)
               FailToWrite(error);
             Print(STDERR_FILENO, batch.errors);
             failed += static_cast<uint64_t>(
                 std::count_if(batch.entries.begin(),
                               batch.entries.begin() + static_cast<std::ptrdiff_t>(batch.count),
                               [](const Batch::Entry& entry) { return !entry.error.empty(); }));
             if (batch.output.capacity() > kKeepBytes) batch.output = std::string();
             progress.Show(batch.bytes_read, batch.files_read);
             return true;
           });
  progress.Clear();
  if (close(STDOUT_FILENO) != 0)
    FailToWrite(errno);  // some file systems say only now that they are full
  if (failed > 1)
    Print(STDERR_FILENO, std::string(kName) + std::to_string(failed) + " documents failed\n");
  return failed > 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // a write then fails with EPIPE
  try {
    return Extract(
        ParseCommandLine(std::vector<std::string_view>(argv + std::min(argc, 1), argv + argc)));
  } catch (const std::bad_alloc&) {
    Print(STDERR_FILENO, std::string(kName) + "not enough memory\n");
    return 1;
  }
}
