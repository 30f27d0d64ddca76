// Prints the English country/territory or language names held by ICU (which
// takes them from Unicode CLDR) as tab-separated text, one code a line:
//
//   cldr_names regions     code  name  short  variant
//   cldr_names languages   code  name  short  variant
//
// Regions are limited to two-letter ISO 3166 codes, languages to codes of two
// or three letters without script or region subtags. The output is the raw
// material of data/gazetteer/countries.tsv and languages.tsv, which are then
// completed by hand.
//
// Build: c++ -std=c++20 -O1 cldr_names.cc -o cldr_names $(pkg-config --cflags --libs icu-uc)
//
// The names are data of the Unicode Consortium under the Unicode License; see
// data/SOURCES.md.

#include <unicode/uclean.h>
#include <unicode/udata.h>
#include <unicode/unistr.h>
#include <unicode/ures.h>
#include <unicode/utypes.h>

#include <cstdio>
#include <cstring>
#include <iostream>
#include <map>
#include <memory>
#include <string>

// ICU names its region and language display tables by these package paths.
#define NUTGRAF_ICUDATA(tree) U_ICUDATA_NAME "-" tree

namespace {

struct Close {
  void operator()(UResourceBundle* b) const { ures_close(b); }
};
using Bundle = std::unique_ptr<UResourceBundle, Close>;

bool wanted(const std::string& code, bool regions) {
  if (regions) {
    return code.size() == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
  }
  if (code.size() < 2 || code.size() > 3) return false;
  for (char c : code)
    if (c < 'a' || c > 'z') return false;
  return true;
}

std::map<std::string, std::string> table(const UResourceBundle* root, const char* key,
                                         bool regions) {
  std::map<std::string, std::string> out;
  UErrorCode status = U_ZERO_ERROR;
  Bundle rows(ures_getByKey(root, key, nullptr, &status));
  if (U_FAILURE(status)) return out;  // a table may be absent
  ures_resetIterator(rows.get());
  while (ures_hasNext(rows.get())) {
    UErrorCode row_status = U_ZERO_ERROR;
    Bundle row(ures_getNextResource(rows.get(), nullptr, &row_status));
    if (U_FAILURE(row_status)) break;
    if (ures_getType(row.get()) != URES_STRING) continue;
    const char* code = ures_getKey(row.get());
    if (code == nullptr || !wanted(code, regions)) continue;
    int32_t length = 0;
    const UChar* text = ures_getString(row.get(), &length, &row_status);
    if (U_FAILURE(row_status)) continue;
    std::string utf8;
    icu::UnicodeString(text, length).toUTF8String(utf8);
    out.emplace(code, utf8);
  }
  return out;
}

}  // namespace

int main(int argc, char** argv) {
  const bool regions = argc == 2 && std::strcmp(argv[1], "regions") == 0;
  const bool languages = argc == 2 && std::strcmp(argv[1], "languages") == 0;
  if (!regions && !languages) {
    std::cerr << "usage: cldr_names regions|languages\n";
    return 2;
  }
  UErrorCode status = U_ZERO_ERROR;
  const char* package = regions ? NUTGRAF_ICUDATA("region") : NUTGRAF_ICUDATA("lang");
  Bundle root(ures_open(package, "en", &status));
  if (U_FAILURE(status)) {
    std::cerr << "cldr_names: " << package << ": " << u_errorName(status) << '\n';
    return 1;
  }
  const std::string base = regions ? "Countries" : "Languages";
  const auto names = table(root.get(), base.c_str(), regions);
  const auto shorts = table(root.get(), (base + "%short").c_str(), regions);
  const auto variants = table(root.get(), (base + "%variant").c_str(), regions);
  if (names.empty()) {
    std::cerr << "cldr_names: no names in " << package << '\n';
    return 1;
  }
  for (const auto& [code, name] : names) {
    const auto s = shorts.find(code);
    const auto v = variants.find(code);
    std::cout << code << '\t' << name << '\t' << (s == shorts.end() ? "" : s->second) << '\t'
              << (v == variants.end() ? "" : v->second) << '\n';
  }
  return std::cout.flush() ? 0 : 1;
}
