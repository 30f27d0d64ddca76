#include "lib/input/json_error.h"

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "lib/text/unicode.h"

namespace nutgraf::internal {

namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWordLike(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The value of four hexadecimal digits at i, or -1.
int32_t FourHex(std::string_view line, size_t i) {
  int32_t value = 0;
  for (size_t k = i; k < i + 4; ++k) {
    if (k >= line.size()) return -1;
    const char c = line[k];
    int32_t digit = 0;
    if (IsDigit(c)) {
      digit = c - '0';
    } else if (c >= 'a' && c <= 'f') {
      digit = c - 'a' + 10;
    } else if (c >= 'A' && c <= 'F') {
      digit = c - 'A' + 10;
    } else {
      return -1;
    }
    value = value * 16 + digit;
  }
  return value;
}

class Finder {
 public:
  explicit Finder(std::string_view line) : line_(line) {}

  JsonError Run() {
    std::vector<bool> objects;  // for each level, whether it is an object
    bool value_due = true;
    for (;;) {
      SkipSpace();
      if (!value_due && objects.empty()) {
        return i_ == line_.size() ? JsonError{std::string_view::npos, {}}
                                  : Fail("text after the end of the object");
      }
      if (i_ == line_.size()) return Fail("the line ends too early");
      const char c = line_[i_];
      if (value_due) {
        if (c == '{' || c == '[') {
          ++i_;
          objects.push_back(c == '{');
          SkipSpace();
          if (At(c == '{' ? '}' : ']')) {
            ++i_;
            objects.pop_back();
            value_due = false;
          } else if (c == '{' && !Key()) {
            return error_;
          }
        } else if (Scalar()) {
          value_due = false;
        } else {
          return error_;
        }
        continue;
      }
      const char close = objects.back() ? '}' : ']';
      if (c == close) {
        ++i_;
        objects.pop_back();
      } else if (c == ',') {
        ++i_;
        SkipSpace();
        if (objects.back() && !Key()) return error_;
        value_due = true;
      } else {
        return Fail(objects.back() ? "',' or '}' is missing" : "',' or ']' is missing");
      }
    }
  }

 private:
  bool At(char c) const { return i_ < line_.size() && line_[i_] == c; }
  void SkipSpace() {
    while (i_ < line_.size() && IsSpace(line_[i_])) ++i_;
  }
  JsonError Fail(std::string_view reason) const { return JsonError{i_, reason}; }
  bool Bad(std::string_view reason) {
    error_ = Fail(reason);
    return false;
  }

  // A field's name and its colon.
  bool Key() {
    if (!At('"')) return Bad("a field's name in double quotes is missing");
    if (!String()) return false;
    SkipSpace();
    if (!At(':')) return Bad("':' is missing");
    ++i_;
    return true;
  }

  bool Scalar() {
    const char c = line_[i_];
    if (c == '"') return String();
    if (c == '-' || IsDigit(c)) return Number();
    for (const std::string_view word : {"true", "false", "null"}) {
      if (line_.substr(i_, word.size()) != word) continue;
      if (i_ + word.size() < line_.size() && IsWordLike(line_[i_ + word.size()])) break;
      i_ += word.size();
      return true;
    }
    return Bad("not a JSON value");
  }

  bool String() {
    const size_t begin = i_++;
    while (i_ < line_.size()) {
      const DecodedChar c = DecodeUtf8(line_, i_);
      if (c.code_point == kIllFormed) return Bad("not UTF-8");
      if (c.code_point == '"') {
        ++i_;
        return true;
      }
      if (c.code_point < 0x20) return Bad("a control character in a string");
      if (c.code_point != '\\') {
        i_ += c.size;
      } else if (!Escape()) {
        return false;
      }
    }
    i_ = begin;
    return Bad("a string that does not end");
  }

  bool Escape() {
    const char c = i_ + 1 < line_.size() ? line_[i_ + 1] : '\0';
    if (c != 'u') {
      if (std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos)
        return Bad("no such escape");
      i_ += 2;
      return true;
    }
    const int32_t unit = FourHex(line_, i_ + 2);
    if (unit < 0) return Bad("\\u without four hexadecimal digits");
    if (unit < 0xD800 || unit > 0xDFFF) {
      i_ += 6;
      return true;
    }
    const int32_t low = line_.substr(i_ + 6, 2) == "\\u" ? FourHex(line_, i_ + 8) : -1;
    if (unit > 0xDBFF || low < 0xDC00 || low > 0xDFFF) return Bad("half of a surrogate pair");
    i_ += 12;
    return true;
  }

  bool Number() {
    if (At('-')) ++i_;
    const size_t integer = i_;
    if (!Digits()) return Bad("a number without digits");
    if (line_[integer] == '0' && i_ > integer + 1) return Bad("a number with a leading zero");
    if (At('.')) {
      ++i_;
      if (!Digits()) return Bad("a number without digits after its point");
    }
    if (At('e') || At('E')) {
      ++i_;
      if (At('-') || At('+')) ++i_;
      if (!Digits()) return Bad("a number without digits in its exponent");
    }
    if (i_ < line_.size() && (IsWordLike(line_[i_]) || line_[i_] == '.'))
      return Bad("not a number");
    return true;
  }
  bool Digits() {
    const size_t begin = i_;
    while (i_ < line_.size() && IsDigit(line_[i_])) ++i_;
    return i_ > begin;
  }

  std::string_view line_;
  size_t i_ = 0;
  JsonError error_ = {};
};

}  // namespace

JsonError FindJsonError(std::string_view line) { return Finder(line).Run(); }

}  // namespace nutgraf::internal
