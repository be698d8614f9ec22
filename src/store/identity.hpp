// Public ids: "<epoch>-<key>" names a message, "<epoch>-B<key>" a burst, "<epoch>-R<key>" a reply. The epoch names the
// record, so that an id of another record is never taken for one of this. Look-ups read the key out of the id and
// compare.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace burstd::store {

// Six characters of Crockford's base 32, at random.
std::string new_epoch();

std::string message_id(std::string_view epoch, std::int64_t key);
std::string batch_id(std::string_view epoch, std::int64_t key);
std::string reply_id(std::string_view epoch, std::int64_t key);

// The key that the id speaks of; the caller compares the whole id with the one stored.
std::optional<std::int64_t> message_key(std::string_view id);
std::optional<std::int64_t> batch_key(std::string_view id);
std::optional<std::int64_t> reply_key(std::string_view id);

}  // namespace burstd::store
