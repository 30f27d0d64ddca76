// Gazetteer: many names, in one image that is used where it lies: in a file, in the binary, in
// memory.
//
//   nutgraf::GazetteerBuilder builder;
//   builder.Add({.name = "Kazakhstan", .type = "LOCATION", .id = "country/KZ"});
//   absl::StatusOr<nutgraf::Gazetteer> gazetteer = builder.Build();  // or Gazetteer::Open(path)
//   pipeline.Add(nutgraf::GazetteerMatcher(*gazetteer));
//
// Names are found token by token, through the folded hashes of nutgraf/token.h: case, diacritics,
// typographic apostrophes, hyphen or space ("Port-au-Prince"), and periods in abbreviations do not
// hinder a find; whether they may differ is then decided by the name's policy, on the bytes.
// docs/gazetteer.md describes policies and file format.
//
// Threads: a Gazetteer is immutable and safe on any thread. Lifetime: a cheap handle; copies share
// the image. Cost: Open() maps the file and looks at header, section table and types only. A file whose
// content is wrong (truncated, flipped bits) can give wrong names, but never reads outside the
// image; Verify() checks all of it.

#ifndef NUTGRAF_GAZETTEER_H_
#define NUTGRAF_GAZETTEER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nutgraf/mention.h"

namespace nutgraf {

/// How a name must be written to be found. Bits.
enum GazetteerPolicy : uint8_t {
  kExactCase = 0,          ///< Letters in the case of the name
  kAnyCase = 1U << 0,      ///< In any case
  kUpperCase = 1U << 1,    ///< Also in capitals throughout (headlines, datelines)
  kContextOnly = 1U << 2,  ///< Believed only with support around it: MentionFlag kNeedsContext
  kNeverAlone = 1U << 3,   ///< Believed only where the document also has another name of the same
                           ///< entry that is not marked so: MentionFlag kNeverAloneName
  kLiteral = 1U << 4,    ///< Spelled as given, byte for byte, apart from ASCII letters' case where
                         ///< a bit above lets it differ; no variants
  kWholeName = 1U << 5,  ///< Its legal form and article belong to it: "Block Inc", not "Block"
};

/// One entry, as callers give it.
struct GazetteerEntry {
  std::string name;     ///< Canonical name; also found
  std::string type;     ///< "LOCATION", ... or a type of your own
  std::string id = {};  ///< Entries added with the same id and type are one entry; may be empty
  std::vector<std::string> aliases = {};
  double prior = 1.0;           ///< 0 to 1: how likely this is what the name means, standing alone
  uint8_t policy = kUpperCase;  ///< GazetteerPolicy bits, for name and aliases
};

/// What a builder does with names.
struct GazetteerBuilderOptions {
  /// Also find "Johnson and Johnson" for "Johnson & Johnson", "Saint Louis" and "St Louis" for "St.
  /// Louis", "Siemens" for "Siemens AG", "Washington Post" for "The Washington Post"; not for names
  /// that are kLiteral. docs/gazetteer.md has the rules.
  bool variants = true;
  /// Make the image searchable for near matches (GazetteerMatcherOptions::near_matches). About 200
  /// bytes more a name.
  bool near_matches = false;
  /// Called after each 65,536 rows of a table with the number of rows read so far.
  std::function<void(size_t rows)> progress = {};
};

/// See the top of the file.
class Gazetteer {
 public:
  /// The image format. A file of the same major version and a newer minor one is readable.
  static constexpr uint16_t kMajorVersion = 2;
  static constexpr uint16_t kMinorVersion = 0;

  /// An entry of the image. Views live as long as any copy of the gazetteer.
  struct Entry {
    std::string name;
    std::string_view id;
    std::string_view type;
  };

  /// A name of the image, for those who look into it.
  struct Name {
    std::string text;  ///< As it is compared: tokens with one blank between
    Entry entry;
    float prior;
    uint8_t policy;    ///< GazetteerPolicy bits, without kWholeName
    bool common_word;  ///< See GazetteerBuilder::AddCommonWord()
  };

  /// An empty gazetteer.
  Gazetteer();

  /// Maps the file. NotFound or PermissionDenied where it cannot be read, InvalidArgument where it
  /// is no gazetteer or of another major version; messages name the file. The file must not be
  /// truncated while mapped (that is SIGBUS, as with every mapped file): where others may do so,
  /// use OpenCopy().
  static absl::StatusOr<Gazetteer> Open(const std::string& path);

  /// Reads the whole file into memory of its own.
  static absl::StatusOr<Gazetteer> OpenCopy(const std::string& path);

  /// Uses `image` where it lies; `owner`, where not null, keeps it alive. Requires an address
  /// divisible by 8.
  static absl::StatusOr<Gazetteer> FromBytes(std::string_view image,
                                             std::shared_ptr<const void> owner = nullptr);

  /// Checks the whole image: checksum, every offset. Linear. DataLoss that says what is wrong and
  /// where.
  absl::Status Verify() const;

  size_t entry_count() const;
  /// Names, aliases and their variants.
  size_t name_count() const;
  /// The image's bytes.
  std::string_view image() const;
  /// What its makers ask to be told to users of the data.
  std::string_view licence() const;

  /// Entry `i`, in the order in which they were added; empty where i is no entry.
  Entry entry(uint32_t i) const;

  /// Entries that have this name or alias, each once, best prior first. Written as a text would write
  /// it, whatever the case: "U.S." finds US, "US" does not find U.S. (docs/gazetteer.md).
  std::vector<Entry> Lookup(std::string_view name) const;

  /// The same with the names by which they were found: a row for each name of each entry.
  std::vector<Name> LookupNames(std::string_view name) const;

  /// Calls `use` with each name, those of the same tokens in a row, in no order otherwise.
  void ForEachName(const std::function<void(const Name&)>& use) const;

  /// Whether it was built with GazetteerBuilderOptions::near_matches and has a name long enough.
  bool has_near_matches() const;

  /// Of the image.
  uint16_t major_version() const;
  uint16_t minor_version() const;

  /// For matchers; see lib/gazetteer/image.h.
  class Image;
  const Image& internal_image() const { return *image_; }
  std::shared_ptr<const void> owner() const { return image_; }

 private:
  explicit Gazetteer(std::shared_ptr<const Image> image) : image_(std::move(image)) {}
  std::shared_ptr<const Image> image_;
};

/// Collects entries and compiles them. Not thread-safe. The same entries in the same order give the
/// same bytes.
class GazetteerBuilder {
 public:
  explicit GazetteerBuilder(GazetteerBuilderOptions options = {});
  ~GazetteerBuilder();
  GazetteerBuilder(GazetteerBuilder&&) noexcept;
  GazetteerBuilder& operator=(GazetteerBuilder&&) noexcept;

  /// Adds an entry. InvalidArgument where the name has no token, a name is longer than 32 tokens or
  /// 65,535 bytes, or is no UTF-8, or the prior is out of range; the entry is then left out.
  absl::Status Add(const GazetteerEntry& entry);

  /// Adds the rows of a table. TSV: a header line names the columns name, type, id, aliases
  /// (separated by |), prior, policy (exact, any, upper, context, never-alone, literal, whole; separated by
  /// commas; empty: upper); only name is required, and type unless `default_type` is given. Empty lines and lines
  /// that begin with # are skipped. `source` names it in errors, which say the line; the
  /// first one ends the reading.
  absl::Status AddTsv(std::string_view text, std::string_view source,
                      std::string_view default_type = {});

  /// The same from JSON Lines: {"name", "type", "id", "aliases": [...], "prior", "policy"}.
  absl::Status AddJsonLines(std::string_view text, std::string_view source,
                            std::string_view default_type = {});

  /// The same from CSV, without comments (RFC 4180: fields may stand in double quotes, a double quote in them is
  /// doubled, and may hold commas and line ends).
  absl::Status AddCsv(std::string_view text, std::string_view source,
                      std::string_view default_type = {});

  /// A word that is common in lower case: as a name of one word it is marked kCommonWord.
  void AddCommonWord(std::string_view word);

  /// Text that the image carries for Gazetteer::licence().
  void SetLicence(std::string_view text);

  /// The image as bytes, to write to a file. ResourceExhausted where its
  /// names, its words or its entries would pass 2 GiB.
  absl::StatusOr<std::string> BuildImage() const;

  /// The image, opened.
  absl::StatusOr<Gazetteer> Build() const;

  const GazetteerBuilderOptions& options() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_GAZETTEER_H_
