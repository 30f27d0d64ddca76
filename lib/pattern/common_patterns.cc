#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "nutgraf/pattern_matcher.h"

namespace nutgraf {

namespace {

// 10 for A to 35 for Z.
int Value(char c) { return c <= '9' ? c - '0' : c - 'A' + 10; }

// ISO 6166: Luhn's sum over the digits of the values, from the right.
bool IsIsin(std::string_view isin) {
  std::string digits;
  for (const char c : isin) digits += std::to_string(Value(c));
  int sum = 0;
  for (size_t i = 0; i < digits.size(); ++i) {
    const int digit = digits[digits.size() - 1 - i] - '0';
    const int twice = digit * 2;
    sum += i % 2 == 0 ? digit : twice / 10 + twice % 10;
  }
  return sum % 10 == 0;
}

// ISO 13616: the first four characters moved to the end, as a number, leave 1 modulo 97.
bool IsIban(std::string_view iban) {
  std::string letters;
  for (const char c : iban) {
    if (c != ' ') letters += c;
  }
  if (letters.size() < 15 || letters.size() > 34) return false;
  int rest = 0;
  for (size_t i = 0; i < letters.size(); ++i) {
    const int value = Value(letters[(i + 4) % letters.size()]);
    rest = (value > 9 ? rest * 100 + value : rest * 10 + value) % 97;
  }
  return rest == 1;
}

// ITU-T E.164: at most 15 digits; fewer than 8 are no number of a subscriber with its area.
bool IsPhone(std::string_view phone) {
  size_t digits = 0;
  for (const char c : phone) digits += c >= '0' && c <= '9' ? 1 : 0;
  return digits >= 8 && digits <= 15;
}

}  // namespace

std::vector<Pattern> CommonPatterns() {
  return {
      {.name = "url",
       .type = "URL",
       .regex = R"(\b(?:https?://|ftp://|www\.)[^\s<>"“”]*[^\s<>"“”.,;:!?()\[\]'’])"},
      {.name = "email",
       .type = "EMAIL",
       .regex = R"(\b[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,24}\b)"},
      {.name = "handle", .type = "HANDLE", .regex = R"(\B@[A-Za-z0-9_]{2,30}\b)"},
      {.name = "phone",
       .type = "PHONE",
       .regex = R"(\+\d{1,3}(?:[ .-]?\(\d{1,4}\))?(?:[ .-]?\d{1,4}){2,5}\b|)"
                R"((?:\(\d{3}\) ?|\b\d{3}[.-])\d{3}[.-]\d{4}\b)",
       .accept = IsPhone},
      {.name = "isin",
       .type = "ISIN",
       .regex = R"(\b[A-Z]{2}[A-Z0-9]{9}[0-9]\b)",
       .accept = IsIsin},
      {.name = "iban",
       .type = "IBAN",
       .regex = R"(\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b)",
       .accept = IsIban},
      {.name = "flight",
       .type = "FLIGHT",
       .regex = R"(\b[Ff]light ((?:[A-Z][A-Z0-9]|[0-9][A-Z]) ?-?\d{1,4}|\d{1,4})\b)"},
      {.name = "coordinates",
       .type = "COORDINATES",
       .regex =
           R"(\b\d{1,2}(?:\.\d+)? ?°(?: ?\d{1,2}(?:\.\d+)? ?['′’](?: ?\d{1,2}(?:\.\d+)? ?["″”])?)? ?[NS][,;]? ?)"
           R"(\d{1,3}(?:\.\d+)? ?°(?: ?\d{1,2}(?:\.\d+)? ?['′’](?: ?\d{1,2}(?:\.\d+)? ?["″”])?)? ?[EW]\b|)"
           R"([+-]?\b\d{1,2}\.\d{3,}, ?[+-]?\d{1,3}\.\d{3,}\b)"},
  };
}

}  // namespace nutgraf
