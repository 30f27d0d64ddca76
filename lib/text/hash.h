// Hashes of token bytes: one function, computed the same way by the SIMD tokenizer, by the portable
// one, by the gazetteer compiler and by tools/abbreviation_table.py. Part of the image format:
// changing it is a new major version.
//
//   uint64_t h = HashBytes("tokayev");
//   uint64_t p = ExtendPrefix(ExtendPrefix(0, HashBytes("collective")), HashBytes("security"));
//
// The bytes are taken in blocks of 16, the last one padded with zero bytes; tokens never hold a
// zero byte, so the padding loses nothing. Mixing is one 64x64->128-bit multiplication a block
// (after wyhash, public domain). A hash is never trusted: whoever finds something by it verifies
// the bytes.

#ifndef NUTGRAF_LIB_TEXT_HASH_H_
#define NUTGRAF_LIB_TEXT_HASH_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace nutgraf::internal {

inline constexpr uint64_t kHashSeed0 = 0xa0761d6478bd642fULL;
inline constexpr uint64_t kHashSeed1 = 0xe7037ed1a0b428dbULL;
inline constexpr uint64_t kPrefixSeed0 = 0x8ebc6af09c88c6e3ULL;
inline constexpr uint64_t kPrefixSeed1 = 0x589965cc75374cc3ULL;

// The two halves of the 128-bit product, xored.
constexpr uint64_t Mix(uint64_t a, uint64_t b) {
#if defined(__SIZEOF_INT128__)
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
#else
  const uint64_t a0 = a & 0xffffffffU, a1 = a >> 32, b0 = b & 0xffffffffU, b1 = b >> 32;
  const uint64_t low = a0 * b0, mid0 = a1 * b0, mid1 = a0 * b1, high = a1 * b1;
  const uint64_t carry = ((low >> 32) + (mid0 & 0xffffffffU) + (mid1 & 0xffffffffU)) >> 32;
  return (low + (mid0 << 32) + (mid1 << 32)) ^ (high + (mid0 >> 32) + (mid1 >> 32) + carry);
#endif
}

constexpr uint64_t HashBlock(uint64_t state, uint64_t low, uint64_t high) {
  return Mix(low ^ kHashSeed0 ^ state, high ^ kHashSeed1);
}

inline uint64_t LoadLittleEndian64(const unsigned char* bytes) {
  uint64_t value;
  std::memcpy(&value, bytes, sizeof(value));
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  value = __builtin_bswap64(value);
#endif
  return value;
}

// Hash of bytes that arrive one at a time (a folded form).
class ByteHasher {
 public:
  void Add(unsigned char byte) {
    block_[fill_++] = byte;
    if (fill_ == sizeof(block_)) Flush();
  }
  void Add(std::string_view bytes) {
    for (const char c : bytes) Add(static_cast<unsigned char>(c));
  }
  uint64_t Finish() {
    if (fill_ > 0 || !started_) {
      std::memset(block_ + fill_, 0, sizeof(block_) - fill_);
      Flush();
    }
    return state_;
  }

 private:
  void Flush() {
    state_ = HashBlock(state_, LoadLittleEndian64(block_), LoadLittleEndian64(block_ + 8));
    fill_ = 0;
    started_ = true;
  }
  unsigned char block_[16];
  size_t fill_ = 0;
  uint64_t state_ = 0;
  bool started_ = false;
};

inline uint64_t HashBytes(std::string_view bytes) {
  ByteHasher hasher;
  hasher.Add(bytes);
  return hasher.Finish();
}

// The same for at most 16 ASCII bytes, at compile time.
constexpr uint64_t HashShort(std::string_view bytes) {
  uint64_t low = 0;
  uint64_t high = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    const uint64_t byte = static_cast<unsigned char>(bytes[i]);
    (i < 8 ? low : high) |= byte << (8 * (i & 7U));
  }
  return HashBlock(0, low, high);
}

// Hash of a sequence of tokens, one token longer.
inline uint64_t ExtendPrefix(uint64_t prefix, uint64_t token_hash) {
  return Mix(prefix ^ kPrefixSeed0, token_hash ^ kPrefixSeed1);
}

}  // namespace nutgraf::internal

#endif  // NUTGRAF_LIB_TEXT_HASH_H_
