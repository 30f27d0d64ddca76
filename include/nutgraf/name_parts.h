// NameParts: what single words are as parts of persons' names: first names with the sex they tell,
// last names, how frequent they are, which spellings and nicknames stand for each other.
//
//   const nutgraf::NameParts names = nutgraf::english::DefaultNameParts();
//   names.Lookup("Olga").sex;                  // NameSex::kFemale
//   names.Relate("Mohammed", "Muhammad");      // NameRelation::kSpelling
//   names.Relate("Bill", "William");           // NameRelation::kNickname
//
// For stages that weigh evidence: a word that is a first name is no mention of a person yet. Words
// are compared by their folded form (nutgraf/token.h): case and diacritics do not matter. Two words
// whose 64-bit hashes collide would be taken for each other; with a million words that is one chance
// in 30 million.
//
// Threads: immutable, safe on any thread. Lifetime: a cheap handle; copies share the image. Cost: a
// look-up of a token is constant time and allocates nothing; one of a string tokenizes it first.

#ifndef NUTGRAF_NAME_PARTS_H_
#define NUTGRAF_NAME_PARTS_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "nutgraf/token.h"

namespace nutgraf {

/// Whose name it is.
enum class NameSex : uint8_t { kUnknown = 0, kFemale, kMale, kBoth };

/// What is known of a word.
struct NamePart {
  bool is_first = false;  ///< A first name
  bool is_last = false;   ///< A last name
  NameSex sex = NameSex::kUnknown;
  /// 0 to 255, log scale: round(16 log2(1 + n)) for n bearers in a million.
  uint8_t first_frequency = 0;
  uint8_t last_frequency = 0;
};

/// How two words stand for each other as names.
enum class NameRelation : uint8_t {
  kNone = 0,
  kSame,      ///< The same word, but for case and diacritics
  kSpelling,  ///< Spellings of one name: "Mohammed", "Muhammad"
  kNickname,  ///< One is the other's nickname, or both are nicknames of one name: "Bill", "William"
};

/// See the top of the file.
class NameParts {
 public:
  static constexpr uint16_t kMajorVersion = 1;
  static constexpr uint16_t kMinorVersion = 0;

  /// Knows nothing.
  NameParts() = default;

  /// Maps the file; like Gazetteer::Open().
  static absl::StatusOr<NameParts> Open(const std::string& path);

  /// Uses `image` where it lies; `owner`, where not null, keeps it alive. Requires an address
  /// divisible by 8. InvalidArgument where it is no image of name parts.
  static absl::StatusOr<NameParts> FromBytes(std::string_view image,
                                             std::shared_ptr<const void> owner = nullptr);

  /// Checks the whole image. DataLoss that says what is wrong.
  absl::Status Verify() const;

  /// Words that are known.
  size_t size() const { return word_count_; }
  std::string_view image() const { return image_; }

  /// What is known of the word.
  NamePart Lookup(const Token& word) const { return LookupHash(word.folded); }
  NamePart Lookup(std::string_view word) const;

  /// How the words stand for each other.
  NameRelation Relate(const Token& a, const Token& b) const {
    return RelateHashes(a.folded, b.folded);
  }
  NameRelation Relate(std::string_view a, std::string_view b) const;

 private:
  struct Slot;
  friend class NamePartsBuilder;

  const Slot* Find(uint64_t folded) const;
  NamePart LookupHash(uint64_t folded) const;
  NameRelation RelateHashes(uint64_t a, uint64_t b) const;

  std::string_view image_;
  std::shared_ptr<const void> owner_;
  const Slot* slots_ = nullptr;
  size_t slot_count_ = 0;
  size_t word_count_ = 0;
  const uint32_t* groups_ = nullptr;
  size_t group_count_ = 0;
};

/// Collects tables and compiles them. Not thread-safe. The same tables in the same order give the
/// same bytes. Tables are TSV, with the columns that data/names/ has; lines that begin with # are
/// skipped. `source` names a table in errors, which say the line.
class NamePartsBuilder {
 public:
  NamePartsBuilder();
  ~NamePartsBuilder();
  NamePartsBuilder(NamePartsBuilder&&) noexcept;
  NamePartsBuilder& operator=(NamePartsBuilder&&) noexcept;

  /// Columns name, sex (f, m or u), frequency (0 to 255). Names of several tokens are left out.
  absl::Status AddFirstNames(std::string_view tsv, std::string_view source);
  /// Columns name, frequency.
  absl::Status AddLastNames(std::string_view tsv, std::string_view source);
  /// Column forms: spellings of one name, separated by |.
  absl::Status AddSpellings(std::string_view tsv, std::string_view source);
  /// Columns name, nicknames (separated by |).
  absl::Status AddNicknames(std::string_view tsv, std::string_view source);

  std::string BuildImage() const;
  absl::StatusOr<NameParts> Build() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace nutgraf

#endif  // NUTGRAF_NAME_PARTS_H_
