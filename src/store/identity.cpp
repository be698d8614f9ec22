#include "store/identity.hpp"

#include <charconv>

#include "seal/chain.hpp"

namespace burstd::store {

namespace {

constexpr std::size_t epoch_size = 6;
constexpr std::string_view crockford = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

std::optional<std::int64_t> key_after(std::string_view id, std::string_view mark) {
  if (id.size() <= epoch_size + mark.size() || id.substr(epoch_size, mark.size()) != mark) return std::nullopt;
  const std::string_view digits = id.substr(epoch_size + mark.size());
  std::int64_t key = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, fault] = std::from_chars(digits.data(), end, key);
  if (fault != std::errc{} || stop != end || key < 1) return std::nullopt;
  return key;
}

}  // namespace

std::string new_epoch() {
  std::string epoch;
  for (const std::uint8_t octet : seal::random_bytes(epoch_size)) epoch.push_back(crockford[octet % crockford.size()]);
  return epoch;
}

std::string message_id(std::string_view epoch, std::int64_t key) {
  return std::string(epoch) + "-" + std::to_string(key);
}

std::string batch_id(std::string_view epoch, std::int64_t key) {
  return std::string(epoch) + "-B" + std::to_string(key);
}

std::string reply_id(std::string_view epoch, std::int64_t key) {
  return std::string(epoch) + "-R" + std::to_string(key);
}

std::optional<std::int64_t> message_key(std::string_view id) { return key_after(id, "-"); }

std::optional<std::int64_t> batch_key(std::string_view id) { return key_after(id, "-B"); }

std::optional<std::int64_t> reply_key(std::string_view id) { return key_after(id, "-R"); }

}  // namespace burstd::store
