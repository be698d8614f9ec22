#include "seal/chain.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#include <algorithm>
#include <stdexcept>

namespace burstd::seal {

namespace {

using Word = std::array<std::uint8_t, 8>;

Word big_endian(std::uint64_t value) {
  Word octets{};
  for (auto octet = octets.rbegin(); octet != octets.rend(); ++octet, value >>= 8U) {
    *octet = static_cast<std::uint8_t>(value & 0xFFU);
  }
  return octets;
}

Seal hmac(View key, View content) {
  Seal seal{};
  unsigned int size = 0;
  // A null key would ask libcrypto to go on with the key before.
  static constexpr std::uint8_t nothing = 0;
  const void* const data = key.empty() ? &nothing : key.data();
  const auto* const done =
      HMAC(EVP_sha256(), data, static_cast<int>(key.size()), content.data(), content.size(), seal.data(), &size);
  if (done == nullptr || size != seal.size()) throw std::runtime_error("libcrypto could not compute an HMAC-SHA-256");
  return seal;
}

std::string lower_hex(const Seal& seal) {
  std::string text = base::to_hex(seal);
  std::ranges::transform(text, text.begin(), [](char c) { return c >= 'A' ? static_cast<char>(c + ('a' - 'A')) : c; });
  return text;
}

}  // namespace

Fields& Fields::add(std::nullopt_t) {
  x_octets.push_back(0);
  return *this;
}

Fields& Fields::add(std::int64_t value) {
  put(1, big_endian(static_cast<std::uint64_t>(value)));
  return *this;
}

Fields& Fields::add(std::string_view text) {
  Bytes octets(text.begin(), text.end());
  put(2, octets);
  return *this;
}

Fields& Fields::add(View octets) {
  put(3, octets);
  return *this;
}

void Fields::put(std::uint8_t kind, View value) {
  x_octets.push_back(kind);
  std::ranges::copy(big_endian(value.size()), std::back_inserter(x_octets));
  std::ranges::copy(value, std::back_inserter(x_octets));
}

Seal chain(View key, const Seal& previous, const Fields& row) {
  Bytes content(previous.begin(), previous.end());
  std::ranges::copy(row.octets(), std::back_inserter(content));
  return hmac(key, content);
}

Seal commitment(View salt, std::string_view number, std::string_view text) {
  Fields fields;
  fields.add(number).add(text);
  return hmac(salt, fields.octets());
}

std::string digest(std::string_view content) {
  Seal hash{};
  unsigned int size = 0;
  if (EVP_Digest(content.data(), content.size(), hash.data(), &size, EVP_sha256(), nullptr) != 1) {
    throw std::runtime_error("libcrypto could not compute a SHA-256");
  }
  return lower_hex(hash);
}

std::string keyed_digest(View key, std::string_view purpose, const Fields& fields) {
  const Bytes words(purpose.begin(), purpose.end());
  return lower_hex(hmac(hmac(key, words), fields.octets()));
}

Bytes random_bytes(std::size_t count) {
  Bytes octets(count);
  if (RAND_bytes(octets.data(), static_cast<int>(octets.size())) != 1) {
    throw std::runtime_error("The system's random generator gave nothing. Start again when it is ready.");
  }
  return octets;
}

bool equal(View one, View other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace burstd::seal
