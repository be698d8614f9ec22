#include "config/slot.hpp"

#include <algorithm>
#include <set>

#include "config/words.hpp"

namespace burstd::config {

void Notes::add(const YAML::Mark& mark, std::string sentence) {
  // YAML counts from 0, and has no place for what was made up (-1).
  if (!sentence.ends_with('.') && !sentence.ends_with('?')) sentence += '.';
  x_complaints.push_back({x_file, std::max(mark.line, 0) + 1, std::max(mark.column, 0) + 1, std::move(sentence)});
}

std::optional<std::string> Notes::home_of(const std::string& key) const {
  const auto found = x_homes.find(key);
  return found == x_homes.end() ? std::nullopt : std::optional(found->second);
}

void Slot::complain(const std::string& sentence) const {
  const bool has_place = !x_node.IsNull() || x_key.is_null();
  x_notes->add(has_place ? x_node.Mark() : x_key, x_name.empty() ? sentence : x_name + ": " + sentence);
}

void Slot::complain_at(std::initializer_list<std::string_view> keys, const std::string& sentence) const {
  const auto* const written = std::ranges::find_if(keys, [&](std::string_view key) { return under(key).has_value(); });
  if (written == keys.end()) return complain(sentence);
  Slot there = *under(*written);
  there.x_name = x_name;
  there.complain(sentence);
}

std::optional<Slot> Slot::under(std::string_view key) const {
  if (!x_node.IsMap()) return std::nullopt;
  for (const auto& pair : x_node) {
    if (!pair.first.IsScalar() || pair.first.Scalar() != key) continue;
    return Slot(std::string(key), pair.second, *x_notes, pair.first.Mark());
  }
  return std::nullopt;
}

std::vector<std::string> Slot::keys() const {
  std::vector<std::string> out;
  if (!x_node.IsMap()) return out;
  for (const auto& pair : x_node) {
    if (pair.first.IsScalar()) out.push_back(pair.first.Scalar());
  }
  return out;
}

bool Slot::says_one_of(std::initializer_list<std::string_view> keys) const {
  return std::ranges::any_of(keys, [&](std::string_view key) {
    const auto value = under(key);
    return value && (value->is_scalar() || value->x_node.size() > 0);
  });
}

std::optional<std::string> Slot::scalar() const {
  if (x_node.IsScalar()) return x_node.Scalar();
  if (x_node.IsSequence()) complain("must be a single value, not a list");
  if (x_node.IsMap()) complain("must be a single value, not a group of keys");
  if (x_node.IsNull()) complain("has no value; write one or remove the line");
  return std::nullopt;
}

std::vector<Slot> Slot::items() const {
  std::vector<Slot> out;
  if (x_node.IsNull()) return out;
  if (!x_node.IsSequence()) {
    complain("must be a list, each item on a line that begins with \"- \"");
    return out;
  }
  for (const auto& item : x_node) out.emplace_back(x_name, item, *x_notes);
  return out;
}

bool Slot::holds(std::string_view word) const {
  if (!x_node.IsSequence()) return false;
  return std::any_of(x_node.begin(), x_node.end(),
                     [&](const YAML::Node& item) { return item.IsScalar() && item.Scalar() == word; });
}

Slot Slot::without(std::string_view word) const {
  if (!x_node.IsSequence()) return *this;
  YAML::Node rest(YAML::NodeType::Sequence);
  for (const auto& item : x_node) {
    if (!item.IsScalar() || item.Scalar() != word) rest.push_back(item);
  }
  return {x_name, rest, *x_notes};
}

std::vector<Entry> Slot::entries() const {
  std::vector<Entry> out;
  if (x_node.IsNull()) return out;
  if (!x_node.IsMap()) {
    complain("must be a group of keys such as \"name: value\"");
    return out;
  }
  std::set<std::string> seen;
  for (const auto& pair : x_node) {
    Slot at_key(x_name, pair.first, *x_notes);
    if (!pair.first.IsScalar()) {
      at_key.complain("a key must be a plain word");
      continue;
    }
    const std::string key = pair.first.Scalar();
    if (!seen.insert(key).second) {
      at_key.complain("the key \"" + key + "\" comes twice; remove one of the two");
      continue;
    }
    out.push_back({key, at_key, Slot(key, pair.second, *x_notes, pair.first.Mark())});
  }
  return out;
}

std::vector<Entry> Slot::entries_of(const std::vector<std::string_view>& known) const {
  std::vector<Entry> out;
  for (const Entry& entry : entries()) {
    if (std::ranges::find(known, entry.key) != known.end()) {
      out.push_back(entry);
    } else {
      const auto home = x_name.empty() ? x_notes->home_of(entry.key) : std::nullopt;
      const std::string hint = home ? " here; it belongs under \"" + *home + "\"" : did_you_mean(entry.key, known);
      entry.at_key.complain("there is no option \"" + entry.key + "\"" + hint);
    }
  }
  return out;
}

}  // namespace burstd::config
