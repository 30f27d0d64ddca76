// nutgraf-gazetteer: makes gazetteer images of tables, and looks into them.
//
//   nutgraf-gazetteer compile -o ships.gaz ships.tsv more_ships.csv
//   nutgraf-gazetteer lookup ships.gaz "Pacific Heron"
//
// docs/gazetteer.md is its manual. The build uses it for the library's own data as well.

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <new>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nutgraf/gazetteer.h"
#include "nutgraf/name_parts.h"
#include "nutgraf/version.h"

namespace {

constexpr std::string_view kHelp =
    R"(Usage: nutgraf-gazetteer COMMAND ...

  compile -o IMAGE [OPTION]... TABLE...
      Makes an image of tables: .tsv, .csv, .jsonl; - is TSV from standard input.
      --type=TYPE           of the rows of the tables after it that name none
      --common-words=FILE   words, one a line, that as a name need more than a capital
      --licence=FILE        text for those who ask whose the data is
      --near-matches        for searches with one wrong letter; a larger image
      --no-variants         only the names given: no "and" for "&", no "Siemens" for "Siemens AG"
      --quiet               no progress
  compile-names -o IMAGE --first=TSV --last=TSV --spellings=TSV --nicknames=TSV
      Makes an image of name parts of the tables that data/names/ has.
  inspect IMAGE
      What is in it. Checks the whole image.
  lookup IMAGE NAME...
      The entries that have this name, whatever its case.
  collisions IMAGE [WORDS]
      Names of one word that are words of the file WORDS, one a line (where there is none, the
      common words that the image was compiled with), in lower case.
  names IMAGE
      All names, a row each: name, type, id, prior, policy.

  --help, --version

Errors go to standard error and name the file, the line and the reason. Exit status: 0 if all
went well, 1 if something failed or a name was not found, 2 if the command line is wrong.
)";

constexpr std::string_view kProgram = "nutgraf-gazetteer: ";

int Fail(std::string_view message) {
  std::cerr << kProgram << message << "\n";
  return 1;
}

int WrongCommandLine(std::string_view message) {
  std::cerr << kProgram << message << "; --help shows how\n";
  return 2;
}

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

// The whole file; false and errno where that fails.
bool Read(const std::string& path, std::string& text) {
  std::FILE* const file = path == "-" ? stdin : std::fopen(path.c_str(), "rb");
  if (file == nullptr) return false;
  text.clear();
  std::array<char, 1 << 16> block;
  for (size_t n = 0; (n = std::fread(block.data(), 1, block.size(), file)) > 0;)
    text.append(block.data(), n);
  const int error = std::ferror(file) != 0 ? errno : 0;
  if (file != stdin) std::fclose(file);
  errno = error;
  return error == 0;
}

int FailToRead(const std::string& path) {
  return Fail(path + ": cannot read: " + std::strerror(errno));
}

bool EndsWith(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Calls `use` with each line that is neither empty nor a comment.
template <typename Fn>
void ForEachWord(std::string_view text, const Fn& use) {
  while (!text.empty()) {
    std::string_view word = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), word.size() + 1));
    if (!word.empty() && word.back() == '\r') word.remove_suffix(1);
    if (!word.empty() && word[0] != '#') use(word);
  }
}

std::string PolicyText(const nutgraf::Gazetteer::Name& name) {
  std::string text = (name.policy & nutgraf::kAnyCase) != 0     ? "any"
                     : (name.policy & nutgraf::kUpperCase) != 0 ? "upper"
                                                                : "exact";
  if ((name.policy & nutgraf::kContextOnly) != 0) text += ",context";
  if ((name.policy & nutgraf::kNeverAlone) != 0) text += ",never-alone";
  if ((name.policy & nutgraf::kLiteral) != 0) text += ",literal";
  return text;
}

void PrintRow(const nutgraf::Gazetteer::Name& name) {
  const nutgraf::Gazetteer::Entry& entry = name.entry;
  std::printf("%.*s\t%.*s\t%.*s\t%.2f\t%s\n", static_cast<int>(name.text.size()), name.text.data(),
              static_cast<int>(entry.type.size()), entry.type.data(),
              static_cast<int>(entry.id.size()), entry.id.data(), static_cast<double>(name.prior),
              PolicyText(name).c_str());
}

constexpr const char* kRowHeader = "name\ttype\tid\tprior\tpolicy\n";

// A reader of the old image keeps it: the new one takes its name when it is whole.
int WriteImage(const std::string& path, const std::string& image) {
  const std::string unfinished = path + ".unfinished";
  std::ofstream file(unfinished, std::ios::binary | std::ios::trunc);
  file.write(image.data(), static_cast<std::streamsize>(image.size()));
  file.close();
  const bool written = static_cast<bool>(file);
  if (written && std::rename(unfinished.c_str(), path.c_str()) == 0) return 0;
  std::remove(unfinished.c_str());
  return Fail(path + ": cannot write");
}

// -- compile --------------------------------------------------------------------------------------

class Progress {
 public:
  explicit Progress(bool wanted) : wanted_(wanted) {}
  void Show(size_t rows) const {
    if (wanted_)
      std::fprintf(stderr, "\r%.*s%zu rows", static_cast<int>(kProgram.size()), kProgram.data(),
                   rows);
  }
  void Clear() const {
    if (wanted_) std::fputs("\r\x1b[K", stderr);
  }

 private:
  bool wanted_;
};

struct CompileSettings {
  std::string out;
  std::string common_words;
  std::string licence;
  bool quiet = false;
  nutgraf::GazetteerBuilderOptions builder;
  std::vector<std::pair<std::string, std::string>> tables;  // path, type
};

// The value of "--name=value" or of "--name" and the argument after it.
bool TakeValue(const std::vector<std::string>& arguments, size_t& i, std::string_view name,
               std::string& value) {
  const std::string& argument = arguments[i];
  if (argument == name && i + 1 < arguments.size()) {
    value = arguments[++i];
    return true;
  }
  if (argument.size() > name.size() && argument.compare(0, name.size(), name) == 0 &&
      argument[name.size()] == '=') {
    value = argument.substr(name.size() + 1);
    return true;
  }
  return false;
}

int Compile(const std::vector<std::string>& arguments) {
  CompileSettings settings;
  std::string type;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (TakeValue(arguments, i, "-o", settings.out) || TakeValue(arguments, i, "--type", type) ||
        TakeValue(arguments, i, "--common-words", settings.common_words) ||
        TakeValue(arguments, i, "--licence", settings.licence)) {
      continue;
    }
    if (argument == "--near-matches") {
      settings.builder.near_matches = true;
    } else if (argument == "--no-variants") {
      settings.builder.variants = false;
    } else if (argument == "--quiet") {
      settings.quiet = true;
    } else if (argument.size() > 1 && argument[0] == '-') {
      return WrongCommandLine("unknown option " + argument + ", or its value is missing");
    } else {
      settings.tables.emplace_back(argument, type);
    }
  }
  if (settings.out.empty()) return WrongCommandLine("-o IMAGE says where the image goes");
  if (settings.tables.empty()) return WrongCommandLine("no table to compile");

  const Progress progress(!settings.quiet && isatty(STDERR_FILENO) == 1);
  settings.builder.progress = [&progress](size_t rows) { progress.Show(rows); };
  nutgraf::GazetteerBuilder builder(settings.builder);
  std::string text;
  if (!settings.common_words.empty()) {
    if (!Read(settings.common_words, text)) return FailToRead(settings.common_words);
    ForEachWord(text, [&](std::string_view word) { builder.AddCommonWord(word); });
  }
  if (!settings.licence.empty()) {
    if (!Read(settings.licence, text)) return FailToRead(settings.licence);
    builder.SetLicence(text);
  }
  for (const auto& [path, default_type] : settings.tables) {
    if (!Read(path, text)) return FailToRead(path);
    const std::string source = path == "-" ? "(standard input)" : path;
    const absl::Status status = EndsWith(path, ".csv") ? builder.AddCsv(text, source, default_type)
                                : EndsWith(path, ".jsonl") || EndsWith(path, ".json")
                                    ? builder.AddJsonLines(text, source, default_type)
                                    : builder.AddTsv(text, source, default_type);
    progress.Clear();
    if (!status.ok()) return Fail(Message(status));
  }
  text = std::string();
  const absl::StatusOr<std::string> image = builder.BuildImage();
  if (!image.ok()) return Fail(Message(image.status()));
  return WriteImage(settings.out, *image);
}

// -- compile-names --------------------------------------------------------------------------------

int CompileNames(const std::vector<std::string>& arguments) {
  std::string out, first, last, spellings, nicknames;
  for (size_t i = 0; i < arguments.size(); ++i) {
    if (!TakeValue(arguments, i, "-o", out) && !TakeValue(arguments, i, "--first", first) &&
        !TakeValue(arguments, i, "--last", last) &&
        !TakeValue(arguments, i, "--spellings", spellings) &&
        !TakeValue(arguments, i, "--nicknames", nicknames)) {
      return WrongCommandLine("unknown argument " + arguments[i]);
    }
  }
  if (out.empty()) return WrongCommandLine("-o IMAGE says where the image goes");
  nutgraf::NamePartsBuilder builder;
  using Add = absl::Status (nutgraf::NamePartsBuilder::*)(std::string_view, std::string_view);
  const std::pair<std::string, Add> tables[] = {
      {first, &nutgraf::NamePartsBuilder::AddFirstNames},
      {last, &nutgraf::NamePartsBuilder::AddLastNames},
      {spellings, &nutgraf::NamePartsBuilder::AddSpellings},
      {nicknames, &nutgraf::NamePartsBuilder::AddNicknames}};
  std::string text;
  for (const auto& [path, add] : tables) {
    if (path.empty()) continue;
    if (!Read(path, text)) return FailToRead(path);
    if (const absl::Status status = (builder.*add)(text, path); !status.ok())
      return Fail(Message(status));
  }
  return WriteImage(out, builder.BuildImage());
}

// -- What looks into an image ---------------------------------------------------------------------

int Inspect(const nutgraf::Gazetteer& gazetteer) {
  if (const absl::Status status = gazetteer.Verify(); !status.ok()) return Fail(Message(status));
  std::map<std::string_view, std::pair<size_t, size_t>> types;  // entries, names
  for (uint32_t i = 0; i < gazetteer.entry_count(); ++i) ++types[gazetteer.entry(i).type].first;
  gazetteer.ForEachName(
      [&](const nutgraf::Gazetteer::Name& name) { ++types[name.entry.type].second; });
  std::printf("format    %u.%u\nbytes     %zu\nentries   %zu\nnames     %zu\n",
              +gazetteer.major_version(), +gazetteer.minor_version(), gazetteer.image().size(),
              gazetteer.entry_count(), gazetteer.name_count());
  std::printf("near      %s\n\n", gazetteer.has_near_matches() ? "yes" : "no");
  std::printf("%-16s %10s %10s\n", "type", "entries", "names");
  for (const auto& [type, counts] : types) {
    std::printf("%-16.*s %10zu %10zu\n", static_cast<int>(type.size()), type.data(), counts.first,
                counts.second);
  }
  const std::string_view licence = gazetteer.licence();
  if (!licence.empty()) {
    std::printf("\n%.*s\n", static_cast<int>(licence.size()), licence.data());
  }
  return 0;
}

int Lookup(const nutgraf::Gazetteer& gazetteer, const std::vector<std::string>& names) {
  if (names.empty()) return WrongCommandLine("no name to look up");
  int status = 0;
  std::fputs(kRowHeader, stdout);
  for (const std::string& name : names) {
    const std::vector<nutgraf::Gazetteer::Name> found = gazetteer.LookupNames(name);
    for (const nutgraf::Gazetteer::Name& row : found) PrintRow(row);
    if (found.empty()) status = Fail(name + ": no such name");
  }
  return status;
}

int Collisions(const nutgraf::Gazetteer& gazetteer, const std::vector<std::string>& arguments) {
  if (arguments.size() > 1) return WrongCommandLine("one file of words at most");
  std::fputs(kRowHeader, stdout);
  if (arguments.empty()) {
    gazetteer.ForEachName([&](const nutgraf::Gazetteer::Name& name) {
      if (name.common_word) PrintRow(name);
    });
    return 0;
  }
  std::string text;
  if (!Read(arguments[0], text)) return FailToRead(arguments[0]);
  ForEachWord(text, [&](std::string_view word) {
    const bool lower =
        std::none_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (!lower) return;
    for (const nutgraf::Gazetteer::Name& row : gazetteer.LookupNames(word)) PrintRow(row);
  });
  return 0;
}

int Names(const nutgraf::Gazetteer& gazetteer) {
  std::fputs(kRowHeader, stdout);
  gazetteer.ForEachName([&](const nutgraf::Gazetteer::Name& name) { PrintRow(name); });
  return 0;
}

int Main(const std::vector<std::string>& arguments) {
  if (arguments.empty()) return WrongCommandLine("no command");
  const std::string& command = arguments[0];
  if (command == "--help" || command == "-h") {
    std::cout << kHelp;
    return 0;
  }
  if (command == "--version") {
    std::cout << "nutgraf-gazetteer " << nutgraf::Version() << "\n";
    return 0;
  }
  std::vector<std::string> rest(arguments.begin() + 1, arguments.end());
  if (command == "compile") return Compile(rest);
  if (command == "compile-names") return CompileNames(rest);
  if (command != "inspect" && command != "lookup" && command != "collisions" && command != "names")
    return WrongCommandLine("unknown command " + command);
  if (rest.empty()) return WrongCommandLine("no image to look into");
  const absl::StatusOr<nutgraf::Gazetteer> gazetteer = nutgraf::Gazetteer::Open(rest[0]);
  if (!gazetteer.ok()) return Fail(Message(gazetteer.status()));
  rest.erase(rest.begin());
  if ((command == "inspect" || command == "names") && !rest.empty())
    return WrongCommandLine("unknown argument " + rest[0]);
  if (command == "inspect") return Inspect(*gazetteer);
  if (command == "lookup") return Lookup(*gazetteer, rest);
  if (command == "collisions") return Collisions(*gazetteer, rest);
  return Names(*gazetteer);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    const int status = Main(std::vector<std::string>(argv + std::min(argc, 1), argv + argc));
    if (std::fflush(stdout) != 0 && status == 0) return Fail("cannot write the output");
    return status;
  } catch (const std::bad_alloc&) {
    return Fail("not enough memory");
  }
}
