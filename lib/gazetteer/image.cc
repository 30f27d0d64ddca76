#include "lib/gazetteer/image.h"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "lib/gazetteer/surface.h"
#include "lib/text/string_view.h"
#include "nutgraf/tokenizer.h"

namespace nutgraf {

namespace format = gazetteer_format;

using format::Bucket;
using format::Header;
using format::SectionRow;
using internal::Absl;

namespace {
constexpr std::string_view kSectionNames[] = {"filter",  "buckets", "names",   "text", "entries",
                                              "records", "types",   "licence", "near"};
}  // namespace

absl::StatusOr<std::shared_ptr<const Gazetteer::Image>> Gazetteer::Image::Make(
    std::string_view bytes, std::shared_ptr<const void> owner, std::string_view source) {
  const auto invalid = [source](const auto&... parts) {
    return absl::InvalidArgumentError(absl::StrCat(Absl(source), ": ", parts...));
  };
  if (std::endian::native != std::endian::little) {
    return absl::UnimplementedError("gazetteer images are little-endian; this processor is not");
  }
  if (reinterpret_cast<uintptr_t>(bytes.data()) % alignof(uint64_t) != 0) {
    return invalid("image at an address that is not divisible by 8; copy it to one that is");
  }
  Header header;
  if (bytes.size() < sizeof(header)) {
    return invalid("not a gazetteer: ", bytes.size(), " bytes, less than a header");
  }
  std::memcpy(&header, bytes.data(), sizeof(header));
  if (std::memcmp(header.magic, gazetteer_format::kMagic, sizeof(header.magic)) != 0) {
    return invalid(
        "not a gazetteer: it does not begin with NUTGAZ; make one with nutgraf::GazetteerBuilder");
  }
  if (header.major != kMajorVersion) {
    return invalid("gazetteer format ", header.major, ".", header.minor, "; this library reads ",
                   kMajorVersion, ".x; compile it again with this version's GazetteerBuilder");
  }
  if (header.tokenizer_version != gazetteer_format::kTokenizerVersion) {
    return invalid("compiled for tokenizer version ", header.tokenizer_version, ", this is ",
                   gazetteer_format::kTokenizerVersion,
                   "; compile it again with this version's GazetteerBuilder");
  }
  if (header.file_size != bytes.size()) {
    return invalid("gazetteer of ", header.file_size, " bytes, but ", bytes.size(),
                   " are there: truncated?");
  }
  if (header.section_count < gazetteer_format::kSectionCount || header.section_count > 1024 ||
      sizeof(Header) + header.section_count * sizeof(SectionRow) > bytes.size()) {
    return invalid("section table of ", header.section_count, " rows does not fit");
  }
  std::string_view sections[format::kSectionCount];
  for (uint32_t i = 0; i < gazetteer_format::kSectionCount; ++i) {
    SectionRow row;
    std::memcpy(&row, bytes.data() + sizeof(Header) + i * sizeof(row), sizeof(row));
    if (row.id != i || row.offset % gazetteer_format::kAlignment != 0 ||
        row.offset > bytes.size() || row.size > bytes.size() - row.offset) {
      return invalid("section ", Absl(kSectionNames[i]), " at byte ", row.offset, " of ", row.size,
                     " bytes does not fit");
    }
    sections[i] = bytes.substr(row.offset, row.size);
  }
  const auto rows = [&](uint32_t section, size_t size) { return sections[section].size() / size; };
  if (!std::has_single_bit(rows(format::kFilter, 8))) {
    return invalid("section filter must have a power of two of rows");
  }
  if (rows(format::kBuckets, sizeof(Bucket)) == 0 ||
      rows(format::kBuckets, sizeof(Bucket)) > std::numeric_limits<uint32_t>::max()) {
    return invalid("section buckets must have between 1 and 2^32 - 1 rows");
  }
  for (const uint32_t i : {format::kNames, format::kText, format::kRecords}) {
    if (sections[i].size() > std::numeric_limits<int32_t>::max())
      return invalid("section ", Absl(kSectionNames[i]), " of ", sections[i].size(),
                     " bytes; at most 2 GiB are addressed");
  }
  const auto image = std::make_shared<Image>();
  image->bytes_ = bytes;
  image->owner_ = std::move(owner);
  image->filter_ = reinterpret_cast<const uint64_t*>(sections[format::kFilter].data());
  image->filter_mask_ = rows(format::kFilter, 8) - 1;
  image->buckets_ = reinterpret_cast<const Bucket*>(sections[format::kBuckets].data());
  image->bucket_count_ = rows(format::kBuckets, sizeof(Bucket));
  image->multiplier_ = header.multiplier;
  image->flags_ = header.flags;
  image->names_ = sections[format::kNames];
  image->name_count_ = header.name_count;
  image->text_ = sections[format::kText];
  image->entries_ = {reinterpret_cast<const uint32_t*>(sections[format::kEntries].data()),
                     rows(format::kEntries, sizeof(uint32_t))};
  image->records_ = sections[format::kRecords];
  image->types_ = reinterpret_cast<const format::TypeRow*>(sections[format::kTypes].data());
  const size_t types = rows(format::kTypes, sizeof(format::TypeRow));
  if (types > image->entity_types_.size()) return invalid(types, " types; at most 256 are read");
  image->type_count_ = static_cast<uint32_t>(types);
  image->licence_ = sections[format::kLicence];
  image->near_ = {reinterpret_cast<const format::NearSlot*>(sections[format::kNear].data()),
                  rows(format::kNear, sizeof(format::NearSlot))};
  for (uint32_t i = 0; i < types; ++i)
    image->entity_types_[i] = EntityTypeFromName(image->type_name(i));
  return std::shared_ptr<const Image>(image);
}

size_t Gazetteer::Image::TextSize(const Name& name) const {
  if (name.word_count == 0) return name.text.size();
  size_t size = name.word_count - 1;
  for (WordCursor w = WordsOf(name); w.Next();) size += w.word().size();
  return size;
}

void Gazetteer::Image::WriteText(const Name& name, char* out) const {
  if (name.word_count == 0) {
    std::copy(name.text.begin(), name.text.end(), out);
    return;
  }
  bool first = true;
  for (WordCursor w = WordsOf(name); w.Next(); first = false) {
    if (!first) *out++ = ' ';
    out = std::copy(w.word().begin(), w.word().end(), out);
  }
}

absl::Status Gazetteer::Image::Verify() const {
  const auto loss = [](const auto&... parts) {
    return absl::DataLossError(absl::StrCat("gazetteer: ", parts...));
  };
  if (internal::Checksum(bytes_.substr(sizeof(Header))) != header().checksum) {
    return loss("the checksum is not that of the content: the file is damaged");
  }
  for (uint32_t i = 0; i < type_count_; ++i) {
    if (text(types_[i].name, types_[i].size).size() != types_[i].size)
      return loss("type ", i, " lies outside the text");
  }
  const auto record_fits = [this](uint64_t place) {
    format::RecordHead head;
    if (place > records_.size() || records_.size() - place < sizeof(head)) return false;
    std::memcpy(&head, records_.data() + place, sizeof(head));
    return records_.size() - place - sizeof(head) >= size_t{head.name_size} + head.id_size &&
           head.entry < entries_.size() && head.type < type_count_;
  };
  // Where names begin, and where those of a sequence do.
  size_t names = 0;
  bool last = true;
  uint32_t first = 0;  // name of the sequence at hand
  absl::flat_hash_set<uint32_t> places;
  absl::flat_hash_set<uint32_t> firsts;
  uint64_t end = 0;
  LayerRows<Token> tokens;
  for (NameCursor c = AllNames(); c.Next(); ++names) {
    const Name& name = c.name();
    if (name.type >= type_count_) return loss("name ", names, " has a type that is not there");
    if (name.has_record && (!record_fits(name.record) || record(name.record).type != name.type)) {
      return loss("name ", names, " belongs to a record that is not there");
    }
    for (WordCursor w = WordsOf(name); w.Next();) {
      if (w.word().empty()) return loss("name ", names, " has a word that is not there");
    }
    places.insert(name.place);
    if (last) {
      first = name.place;
      firsts.insert(first);
    }
    last = (name.flags & format::kNameLast) != 0;
    end = c.End();
    if (!c.whole()) return loss("name ", names, " is cut off");
    const std::string text = Text(name);
    tokens.clear();
    Tokenize(text, tokens);
    // Words that stand apart may make other tokens ("'s"): of those nothing can be said.
    if (AreWordsOf(name, text, tokens) && !LeadsTo(tokens, first))
      return loss("name ", names, " is not found by its words");
  }
  if (!last) return loss("the last name does not end its sequence");
  if (names != name_count_ || end != names_.size())
    return loss(names, " names are there, ", name_count_, " should be");
  for (size_t i = 0; i < entries_.size(); ++i) {
    const bool is_name = (entries_[i] & format::kIsName) != 0;
    const uint32_t place = entries_[i] & ~format::kIsName;
    if (is_name ? !places.contains(place) : !record_fits(place) || record(place).entry != i)
      return loss("entry ", i, " is not there");
  }
  for (uint64_t i = 0; i < bucket_count_; ++i) {
    for (const uint32_t link : buckets_[i].links) {
      if (link > 1 && !firsts.contains((link >> 1) - 1))
        return loss("bucket ", i, " leads to no name");
    }
  }
  for (size_t i = 0; i < near_.size(); ++i) {
    if (near_[i].name != format::kNoName && !places.contains(near_[i].name))
      return loss("near slot ", i, " leads to no name");
  }
  return absl::OkStatus();
}

bool Gazetteer::Image::AreWordsOf(const Name& name, std::string_view text,
                                  absl::Span<const Token> tokens) const {
  if (name.word_count == 0) return true;
  WordCursor w = WordsOf(name);
  for (const Token& token : tokens) {
    if (!w.Next() || Slice(text, token.span()) != w.word()) return false;
  }
  return !w.Next();
}

bool Gazetteer::Image::LeadsTo(absl::Span<const Token> tokens, uint32_t place) const {
  uint64_t hash = 0;
  bool begun = false;
  Sequence sequence;
  for (size_t i = 0; i < tokens.size(); ++i) {
    if (internal::IsLeftOut(tokens, i)) continue;
    if (begun && !sequence.longer) return false;
    hash = begun ? internal::ExtendPrefix(hash, tokens[i].folded)
                 : internal::BeginSequence(tokens[i].folded);
    if (!begun && !MayBegin(tokens[i])) return false;
    begun = true;
    sequence = Find(hash);
  }
  return std::find(sequence.places, sequence.places + sequence.count, place) !=
         sequence.places + sequence.count;
}

namespace internal {

uint64_t Checksum(std::string_view bytes) {
  const auto* const data = reinterpret_cast<const unsigned char*>(bytes.data());
  uint64_t state = bytes.size();
  size_t i = 0;
  for (; i + 16 <= bytes.size(); i += 16) {
    state = HashBlock(state, LoadLittleEndian64(data + i), LoadLittleEndian64(data + i + 8));
  }
  unsigned char rest[16] = {};
  std::memcpy(rest, data + i, bytes.size() - i);
  return HashBlock(state, LoadLittleEndian64(rest), LoadLittleEndian64(rest + 8));
}

}  // namespace internal

}  // namespace nutgraf
