// nutgraf-compile: tables to a gazetteer image, at build time.
//
//   nutgraf-compile -o OUT [--type TYPE] [--common-words FILE] [--licence FILE] TABLE.tsv...
//
// --type holds for the tables after it that name none.

#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nutgraf/gazetteer.h"

namespace {

int Fail(const std::string& message) {
  std::cerr << "nutgraf-compile: " << message << "\n";
  return 1;
}

bool Read(const std::string& path, std::string& text) {
  std::ifstream in(path, std::ios::binary);
  text.assign(std::istreambuf_iterator<char>(in), {});
  return static_cast<bool>(in) || in.eof();
}

}  // namespace

int main(int argc, char** argv) {
  nutgraf::GazetteerBuilder builder;
  std::string out;
  std::string type;
  std::string text;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const bool option = argument == "-o" || argument.rfind("--", 0) == 0;
    if (option && ++i == argc) return Fail(argument + " wants a value");
    if (argument == "-o") {
      out = argv[i];
    } else if (argument == "--type") {
      type = argv[i];
    } else if (argument == "--common-words" || argument == "--licence") {
      if (!Read(argv[i], text)) return Fail(std::string("cannot read ") + argv[i]);
      if (argument == "--licence") {
        builder.SetLicence(text);
        continue;
      }
      std::string_view rest = text;
      while (!rest.empty()) {
        const std::string_view word = rest.substr(0, rest.find('\n'));
        if (!word.empty() && word[0] != '#') builder.AddCommonWord(word);
        rest.remove_prefix(std::min(rest.size(), word.size() + 1));
      }
    } else if (option) {
      return Fail("unknown option " + argument);
    } else {
      if (!Read(argument, text)) return Fail("cannot read " + argument);
      if (const absl::Status status = builder.AddTsv(text, argument, type); !status.ok()) {
        return Fail(std::string(status.message()));
      }
    }
  }
  if (out.empty()) return Fail("-o OUT says where the image goes");
  const absl::StatusOr<std::string> image = builder.BuildImage();
  if (!image.ok()) return Fail(std::string(image.status().message()));
  std::ofstream file(out, std::ios::binary | std::ios::trunc);
  file.write(image->data(), static_cast<std::streamsize>(image->size()));
  file.close();
  if (!file) return Fail("cannot write " + out);
  return 0;
}
