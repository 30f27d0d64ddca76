#include "nutgraf/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/text/string_view.h"
#include "lib/text/unicode.h"
#include "nutgraf/mention.h"
#include "nutgraf/part_of_speech.h"
#include "nutgraf/quantity.h"
#include "nutgraf/sentence.h"
#include "nutgraf/span.h"
#include "nutgraf/time_expression.h"
#include "nutgraf/token.h"

namespace nutgraf {

namespace {

// -- Values
// ----------------------------------------------------------------------------------------

void AppendEscape(uint32_t code_point, std::string& out) {
  static constexpr char kHex[] = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += kHex[(code_point >> shift) & 15U];
}

// Characters that readers of lines take for the end of one, or terminals for a command.
bool MustEscape(uint32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x2028 ||
         code_point == 0x2029;
}

// One of the characters that are copied as they are, without a closer look.
bool IsPlain(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
}

void AppendString(std::string_view text, std::string& out) {
  out += '"';
  for (size_t i = 0; i < text.size();) {
    const size_t begin = i;
    while (i < text.size() && IsPlain(text[i])) ++i;
    out.append(text.data() + begin, i - begin);
    if (i == text.size()) break;
    const internal::DecodedChar c = internal::DecodeUtf8(text, i);
    switch (c.code_point) {
      case '"':
        out += "\\\"";
        break;
      case '\\':
        out += "\\\\";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      case '\t':
        out += "\\t";
        break;
      case internal::kIllFormed:
        out += "\xEF\xBF\xBD";
        break;
      default:
        if (MustEscape(c.code_point)) {
          AppendEscape(c.code_point, out);
        } else {
          out.append(text.data() + i, c.size);
        }
    }
    i += c.size;
  }
  out += '"';
}

// The shortest text that reads back as the same number, without a point where it is whole; null
// where there is none in JSON. Digits alone only where they fit 64 bits: strict readers refuse
// longer ones.
template <class Float>
void AppendNumber(Float value, std::string& out) {
  if (!std::isfinite(value)) {
    out += "null";
    return;
  }
  char buffer[64];
  std::to_chars_result result = {};
  if (std::abs(value) >= static_cast<Float>(9e18)) {
    result =
        std::to_chars(std::begin(buffer), std::end(buffer), value, std::chars_format::scientific);
  } else if (value == std::trunc(value)) {
    result = std::to_chars(std::begin(buffer), std::end(buffer), static_cast<int64_t>(value));
  } else {
    result = std::to_chars(std::begin(buffer), std::end(buffer), value);
  }
  out.append(buffer, result.ptr);
}

void AppendNumber(uint32_t value, std::string& out) {
  char buffer[16];
  out.append(buffer, std::to_chars(std::begin(buffer), std::end(buffer), value).ptr);
}

// -- Objects
// ---------------------------------------------------------------------------------------

// Writes one document: knows its text, its offsets, and whether a comma is due.
class Writer {
 public:
  Writer(std::string_view text, const OffsetMap& offsets, bool trace, std::string& out)
      : text_(text), offsets_(offsets), trace_(trace), out_(out) {}

  bool trace() const { return trace_; }

  void Begin(char bracket) {
    Comma();
    out_ += bracket;
    first_ = true;
  }
  void End(char bracket) {
    out_ += bracket;
    first_ = false;
  }
  void Key(std::string_view key) {
    Comma();
    out_ += '"';
    out_ += key;
    out_ += "\":";
    first_ = true;
  }

  void Literal(std::string_view literal) {
    Comma();
    out_ += literal;
  }
  void String(std::string_view string) {
    Comma();
    AppendString(string, out_);
  }
  template <class Number>
  void Value(Number value) {
    Comma();
    AppendNumber(value, out_);
  }

  // A field that is left out where it is empty.
  void Field(std::string_view key, std::string_view string) {
    if (string.empty()) return;
    Key(key);
    String(string);
  }
  template <class Number>
  void Field(std::string_view key, Number value) {
    Key(key);
    Value(value);
  }

  // [begin, end]
  void Pair(ByteSpan span) {
    Begin('[');
    Places(span);
    End(']');
  }
  void Places(ByteSpan span) {
    Value(offsets_.Convert(Clip(span).begin));
    Value(offsets_.Convert(Clip(span).end));
  }
  // The fields begin, end, text.
  void SpanFields(ByteSpan span) {
    span = Clip(span);
    Field("begin", offsets_.Convert(span.begin));
    Field("end", offsets_.Convert(span.end));
    Key("text");
    String(Slice(text_, span));
  }
  // An object of these; left out where the span is empty.
  void SpanField(std::string_view key, ByteSpan span) {
    if (Clip(span).empty()) return;
    Key(key);
    Begin('{');
    SpanFields(span);
    End('}');
  }

 private:
  void Comma() {
    if (!first_) out_ += ',';
    first_ = false;
  }
  // Rows may come from anybody's stage.
  ByteSpan Clip(ByteSpan span) const {
    const auto size = static_cast<uint32_t>(text_.size());
    const uint32_t end = std::min(span.end, size);
    return ByteSpan{std::min(span.begin, end), end};
  }

  std::string_view text_;
  const OffsetMap& offsets_;
  const bool trace_;
  std::string& out_;
  bool first_ = true;
};

// -- Layers: one function each
// -----------------------------------------------------------------------

void WriteRow(const Sentence& sentence, Writer& writer) { writer.Pair(sentence.span); }

void WriteRow(const Token& token, Writer& writer) { writer.Pair(token.span()); }

void WriteRow(const Mention& mention, Writer& writer) {
  writer.Begin('{');
  writer.SpanFields(mention.span);
  writer.Key("type");
  writer.String(mention.label.empty() ? EntityTypeName(mention.type) : mention.label);
  writer.Field("id", mention.id);
  writer.Field("name", mention.name);
  writer.Field("confidence", mention.confidence);
  writer.Field("source", mention.source);
  writer.End('}');
}

void WriteRow(const Quantity& quantity, Writer& writer) {
  writer.Begin('{');
  writer.SpanFields(quantity.span);
  writer.Field("kind", QuantityKindName(quantity.kind));
  if (quantity.is_range) {
    const auto end = [&writer](std::string_view key, bool open, double value) {
      writer.Key(key);
      if (open) {
        writer.Literal("null");
      } else {
        writer.Value(value);
      }
    };
    end("low", quantity.low_open, quantity.low);
    end("high", quantity.high_open, quantity.high);
  } else if (quantity.anchor != OrdinalAnchor::kStart && std::isfinite(quantity.value)) {
    // "end-1", "current+1"
    std::string value(OrdinalAnchorName(quantity.anchor));
    if (quantity.value >= 0) value += '+';
    AppendNumber(quantity.value, value);
    writer.Field("value", std::string_view(value));
  } else {
    writer.Field("value", quantity.value);
  }
  if (quantity.vague) {
    writer.Key("vague");
    writer.Literal("true");
  }
  writer.Field("unit", quantity.unit);
  writer.Field("dimension", quantity.dimension);
  writer.Field("currency", quantity.currency);
  writer.Field("bound", QuantityBoundName(quantity.bound));
  switch (quantity.approximation) {
    case Approximation::kExact:
      break;
    case Approximation::kApproximate:
      writer.Key("approximate");
      writer.Literal("true");
      break;
    case Approximation::kSlightlyBelow:
      writer.Field("approximate", std::string_view("slightly_below"));
      break;
    case Approximation::kSlightlyAbove:
      writer.Field("approximate", std::string_view("slightly_above"));
      break;
  }
  if (quantity.only) writer.Field("focus", std::string_view("only"));
  writer.SpanField("modifier", quantity.modifier);
  writer.SpanField("counted", quantity.counted);
  writer.SpanField("of", quantity.of);
  writer.Field("per", quantity.per);
  if (writer.trace()) writer.Field("rule", quantity.rule);
  writer.End('}');
}

// "2022-01-11", or with the time of day where there is one.
void AppendCivil(absl::CivilSecond t, bool day, std::string& out) {
  const auto number = [&out](int64_t value, size_t width) {
    char digits[24];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), value).ptr;
    const auto size = static_cast<size_t>(end - digits);
    if (size < width) out.append(width - size, '0');
    out.append(digits, size);
  };
  number(t.year(), 4);
  out += '-';
  number(t.month(), 2);
  out += '-';
  number(t.day(), 2);
  if (day) return;
  out += 'T';
  number(t.hour(), 2);
  out += ':';
  number(t.minute(), 2);
  if (t.second() == 0) return;
  out += ':';
  number(t.second(), 2);
}

void WriteRow(const TimeExpression& time, Writer& writer) {
  writer.Begin('{');
  writer.SpanFields(time.span);
  writer.Field("kind", TimeKindName(time.kind));
  writer.Field("value", time.value);
  writer.Field("mod", TimeModifierName(time.modifier_kind));
  writer.SpanField("modifier", time.modifier);
  if (time.has_interval) {
    const bool day = absl::CivilSecond(absl::CivilDay(time.begin)) == time.begin &&
                     absl::CivilSecond(absl::CivilDay(time.end)) == time.end;
    writer.Key("interval");
    writer.Begin('[');
    std::string text;
    const auto end = [&](bool open, absl::CivilSecond t) {
      if (open) {
        writer.Literal("null");
        return;
      }
      text.clear();
      AppendCivil(t, day, text);
      writer.String(text);
    };
    end(time.begin_open, time.begin);
    end(time.end_open, time.end);
    writer.End(']');
  }
  if (writer.trace()) writer.Field("rule", time.rule);
  writer.End('}');
}

template <class Row>
bool WriteRows(const Document& document, std::string_view key, Writer& writer) {
  if (!document.Has<Row>()) return false;
  writer.Key(key);
  writer.Begin('[');
  for (const Row& row : document.Get<Row>()) WriteRow(row, writer);
  writer.End(']');
  return true;
}

// With part of speech and lemma, where a stage has told them.
bool WriteTokens(const Document& document, std::string_view key, Writer& writer) {
  const absl::Span<const Token> tokens = document.Get<Token>();
  const absl::Span<const PartOfSpeech> parts = document.Get<PartOfSpeech>();
  if (parts.empty() || parts.size() != tokens.size())
    return WriteRows<Token>(document, key, writer);
  writer.Key(key);
  writer.Begin('[');
  for (size_t i = 0; i < tokens.size(); ++i) {
    writer.Begin('[');
    writer.Places(tokens[i].span());
    writer.String(PosTagName(parts[i].tag));
    writer.String(parts[i].lemma);
    writer.End(']');
  }
  writer.End(']');
  return true;
}

struct Layer {
  JsonLayer layer;
  std::string_view name;
  bool (*write)(const Document& document, std::string_view key, Writer& writer);
};

constexpr Layer kLayers[] = {
    {JsonLayer::kSentences, "sentences", WriteRows<Sentence>},
    {JsonLayer::kTokens, "tokens", WriteTokens},
    {JsonLayer::kMentions, "mentions", WriteRows<Mention>},
    {JsonLayer::kQuantities, "quantities", WriteRows<Quantity>},
    {JsonLayer::kTimes, "times", WriteRows<TimeExpression>},
};

}  // namespace

absl::StatusOr<JsonLayers> JsonLayers::Parse(std::string_view list) {
  JsonLayers layers;
  for (size_t begin = 0; begin <= list.size();) {
    const size_t end = std::min(list.find(',', begin), list.size());
    const std::string_view name = list.substr(begin, end - begin);
    begin = end + 1;
    const auto* const found =
        std::find_if(std::begin(kLayers), std::end(kLayers),
                     [name](const Layer& layer) { return layer.name == name; });
    if (found != std::end(kLayers)) {
      layers.Add({found->layer});
    } else if (name == "default") {
      layers.Add(Default());
    } else if (name == "all") {
      layers.Add(All());
    } else {
      std::string known;
      for (const Layer& layer : kLayers) absl::StrAppend(&known, internal::Absl(layer.name), ", ");
      return absl::InvalidArgumentError(absl::StrCat("there is no layer '", internal::Absl(name),
                                                     "'; the layers are ", known,
                                                     "and for sets of them default, all"));
    }
  }
  return layers;
}

void JsonWriter::Append(const Document& document, std::string& out) {
  offsets_.Reset(document.text(), options_.offsets);
  Writer writer(document.text(), offsets_, options_.trace, out);
  writer.Begin('{');
  writer.Field("id", document.id());
  writer.Field("date", document.date());
  for (const Layer& layer : kLayers) {
    if (options_.layers.Has(layer.layer)) layer.write(document, layer.name, writer);
  }
  writer.End('}');
  out += '\n';
}

}  // namespace nutgraf
