// What makes the record tamper-evident: a chain of HMAC-SHA-256 seals over canonical rows, and salted
// commitments to a message's number and text. store calls it; it never reads or writes the record itself.
// A keyed chain rather than a bare hash chain: who can change rows but has not the key cannot repair it. The key lies
// in the record itself (a backup must carry it), so the chain tells damage and careless hands, not an owner of the
// file.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/hex.hpp"

namespace burstd::seal {

using Bytes = base::Octets;
using View = std::span<const std::uint8_t>;
using Seal = std::array<std::uint8_t, 32>;

inline constexpr std::size_t key_size = 32;
inline constexpr std::size_t salt_size = 32;

// The canonical form of a row: each field is one octet of kind (0 nothing, 1 integer, 2 text, 3 octets), then
// for all but nothing the length in 8 octets and the value; integers are 8 octets, two's complement. Numbers
// are big-endian. No two different rows have the same form.
class Fields {
 public:
  Fields& add(std::nullopt_t);
  Fields& add(std::int64_t value);
  Fields& add(std::string_view text);
  Fields& add(View octets);

  template <class T>
  Fields& add(const std::optional<T>& value) {
    return value ? add(*value) : add(std::nullopt);
  }
  Fields& add(int value) { return add(std::int64_t{value}); }
  Fields& add(const std::string& text) { return add(std::string_view(text)); }
  Fields& add(const char* text) { return add(std::string_view(text)); }
  Fields& add(const Bytes& octets) { return add(View(octets)); }

  View octets() const { return x_octets; }

 private:
  void put(std::uint8_t kind, View value);

  Bytes x_octets;
};

// HMAC-SHA-256 under `key` of the previous seal followed by the row. The first row follows no_seal.
Seal chain(View key, const Seal& previous, const Fields& row);
inline constexpr Seal no_seal{};

// HMAC-SHA-256 under the salt of Fields(number, text): says nothing about either once the salt is erased.
Seal commitment(View salt, std::string_view number, std::string_view text);

// SHA-256 in lower-case hexadecimal.
std::string digest(std::string_view content);

// HMAC-SHA-256 of the fields in lower-case hexadecimal, under a key derived from `key` for this purpose alone: equal
// fields have equal digests within one purpose, and none can be compared across two.
std::string keyed_digest(View key, std::string_view purpose, const Fields& fields);

// From the system's cryptographic generator.
Bytes random_bytes(std::size_t count);

// Takes the same time wherever the two differ.
bool equal(View one, View other);

}  // namespace burstd::seal
