#include "config/masking.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "base/mask.hpp"
#include "config/document.hpp"

namespace burstd::config {

namespace {

// Values under these keys are kept back whole.
constexpr std::array<std::string_view, 10> secret{"pin",         "sim",
                                                  "imei",        "text",
                                                  "description", "clinic_name",
                                                  "words",       "confidential_words",
                                                  "to",          "opt_out_confirmation"};

bool is_numeral(char letter) { return letter >= '0' && letter <= '9'; }

// From five digits on, because a number within a hospital's own exchange is short.
std::string without_numbers(const std::string& value) { return base::without_numbers(value, {.shortest = 5}); }

// By its form, for an option may be mistyped.
bool may_be_pin(const std::string& value) {
  constexpr std::size_t shortest = 4, longest = 8;
  return value.size() >= shortest && value.size() <= longest && std::ranges::all_of(value, is_numeral);
}

YAML::Node masked(const YAML::Node& node);

// Of a modem: nothing in it is a number of this length but its speed and what must not be seen.
YAML::Node masked_modem(const YAML::Node& modem) {
  YAML::Node out = masked(modem);
  if (!modem.IsMap()) return out;
  YAML::Node kept(YAML::NodeType::Map);
  for (const auto& entry : out) {
    const std::string key = entry.first.Scalar();
    const bool pin = entry.second.IsScalar() && may_be_pin(entry.second.Scalar()) && key != "baud";
    kept[may_be_pin(key) ? "…" : key] = pin ? YAML::Node("…") : entry.second;
  }
  return kept;
}

YAML::Node masked_modems(const YAML::Node& modems) {
  if (!modems.IsSequence()) return masked(modems);
  YAML::Node out(YAML::NodeType::Sequence);
  for (const auto& modem : modems) out.push_back(masked_modem(modem));
  return out;
}

YAML::Node masked(const YAML::Node& node) {
  if (node.IsScalar()) return YAML::Node(without_numbers(node.Scalar()));
  YAML::Node out(node.Type());
  for (const auto& entry : node) {
    if (node.IsSequence()) {
      out.push_back(masked(entry));
      continue;
    }
    const std::string key = entry.first.Scalar();
    const bool kept_back = std::ranges::find(secret, key) != secret.end() && !entry.second.IsNull();
    const auto mask = key == "modems" ? masked_modems : masked;
    out[without_numbers(key)] = kept_back ? YAML::Node("…") : mask(entry.second);
  }
  return out;
}

}  // namespace

std::string masked_document(const std::filesystem::path& file) {
  std::vector<Complaint> complaints;
  const auto document = read_document(file, complaints);
  if (!document) return complaints.empty() ? "" : to_string(complaints.front()) + "\n";
  return YAML::Dump(masked(*document)) + "\n";
}

}  // namespace burstd::config
