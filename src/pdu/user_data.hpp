// TP-UD: header and payload, at most 140 octets. The payload is kept as characters' codes rather than as text, because
// senders do split a surrogate pair or an escape between two parts: join the payloads first, then read the text.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "base/hex.hpp"
#include "base/result.hpp"
#include "pdu/coding.hpp"
#include "pdu/header.hpp"

namespace burstd::pdu {

struct UserData {
  Encoding encoding = Encoding::gsm7;
  Header header;
  base::Octets payload;  // gsm7: septets, one an octet; ucs2: UTF-16, most significant octet first; octets: as they are

  bool operator==(const UserData&) const = default;
};

// The payload as UTF-8; empty for 8-bit data. A lone surrogate is shown as U+FFFD.
std::string text(const UserData& data);

// The same over the joined payloads of a message's parts.
std::string text_of(Encoding encoding, std::span<const std::uint8_t> payload, Alphabet alphabet = {});

// Characters' codes that a message holds beside this header: septets, UTF-16 units or octets (23.040, 9.2.3.24.1).
std::size_t capacity(Encoding encoding, const Header& header);

// One message's worth of text in GSM-7 where it can be, else UCS-2. Fails with "utf8-invalid" or "text-too-long".
base::Result<UserData> user_data(std::string_view utf8);

}  // namespace burstd::pdu
