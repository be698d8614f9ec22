// Texts that are said again and again (SIMs, categories) as small numbers, so that a hundred thousand jobs do not each
// carry them. The plan's; the numbers mean nothing outside of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace burstd::message {

class Words {
 public:
  using Id = std::uint16_t;
  static constexpr Id none = 0;  // no text

  Id id(const std::string& word) {
    const auto known = x_ids.find(word);
    if (known != x_ids.end()) return known->second;
    x_words.push_back(word);
    const auto id = static_cast<Id>(x_words.size());
    x_ids.emplace(word, id);
    return id;
  }
  Id id(const std::optional<std::string>& word) { return word ? id(*word) : none; }

  std::optional<std::string> word(Id id) const {
    if (id == none) return std::nullopt;
    return x_words.at(id - 1U);
  }

 private:
  std::vector<std::string> x_words;
  std::unordered_map<std::string, Id> x_ids;
};

}  // namespace burstd::message
