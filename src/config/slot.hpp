// One place in a YAML file together with the list of complaints: what the fields of schema.hpp read from. Knows
// YAML's shapes (scalar, list, mapping) and where they stand, nothing of what they mean.
#pragma once

#include <yaml-cpp/yaml.h>

#include <initializer_list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/complaint.hpp"

namespace burstd::config {

// The complaints about one file.
class Notes {
 public:
  Notes(std::string file, std::vector<Complaint>& complaints) : x_file(std::move(file)), x_complaints(complaints) {}

  void add(const YAML::Mark& mark, std::string sentence);

  // Sections by the keys that belong under them, for whoever writes one at the left margin.
  void know_homes(std::map<std::string, std::string> homes) { x_homes = std::move(homes); }
  std::optional<std::string> home_of(const std::string& key) const;

 private:
  std::string x_file;
  std::vector<Complaint>& x_complaints;
  std::map<std::string, std::string> x_homes;
};

struct Entry;

class Slot {
 public:
  // `key` is where the key stands that this is the value of: a value that is left out has no place of its own.
  Slot(std::string name, YAML::Node node, Notes& notes, const YAML::Mark& key = YAML::Mark::null_mark())
      : x_name(std::move(name)), x_node(std::move(node)), x_notes(&notes), x_key(key) {}

  // To assign a YAML::Node rewrites the tree that it belongs to.
  Slot(const Slot&) = default;
  Slot& operator=(const Slot&) = delete;

  // The complaint begins with the name of the key and ends with a full stop.
  void complain(const std::string& sentence) const;

  // The same, at the first of these keys below it that is written.
  void complain_at(std::initializer_list<std::string_view> keys, const std::string& sentence) const;

  // What stands under a key, and the keys: nothing is complained of.
  std::optional<Slot> under(std::string_view key) const;
  std::vector<std::string> keys() const;

  // Whether something stands under one of these keys, if only something that cannot be read.
  bool says_one_of(std::initializer_list<std::string_view> keys) const;

  // Nothing written after the key, or "~".
  bool is_empty() const { return x_node.IsNull(); }

  bool is_scalar() const { return x_node.IsScalar(); }
  bool is_mapping() const { return x_node.IsMap(); }

  // Whether this word is an item of a list; the list without it.
  bool holds(std::string_view word) const;
  Slot without(std::string_view word) const;

  // Nothing, after a complaint, when it is a list, a mapping or empty.
  std::optional<std::string> scalar() const;

  // Complains when it is no list; "[]" and nothing at all are empty lists.
  std::vector<Slot> items() const;

  // Complains when it is no mapping, and about keys that are no plain words or come twice.
  std::vector<Entry> entries() const;

  // The same, and about keys that are not known.
  std::vector<Entry> entries_of(const std::vector<std::string_view>& known) const;

 private:
  std::string x_name;
  YAML::Node x_node;
  Notes* x_notes;
  YAML::Mark x_key;
};

struct Entry {
  std::string key;
  Slot at_key;
  Slot value;
};

}  // namespace burstd::config
