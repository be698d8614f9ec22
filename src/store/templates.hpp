// The table `template`: texts with placeholders that staff keep. They may be changed and taken away; every change is a
// row of the history that names who. clinic::TemplateShelf calls it; what a text must be is not known here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "store/connection.hpp"

namespace burstd::store {

struct StoredTemplate {
  std::string name, text, description;
  std::optional<int> most_segments;
  base::Time changed_at;
  std::string changed_by;  // "anna of reception"
  std::int64_t change_seq = 0;

  bool says_the_same(const StoredTemplate& other) const {
    return text == other.text && description == other.description && most_segments == other.most_segments;
  }
};

std::optional<StoredTemplate> find_template(const Connection& connection, const std::string& name);

// In order of name, after the one given.
std::vector<StoredTemplate> list_templates(const Connection& connection, const std::string& after, std::size_t limit);

std::size_t count_templates(const Connection& connection);

// New, or in the place of the one of that name. One that says the same changes nothing. Returns it as it now is.
StoredTemplate save_template(Transaction& transaction, StoredTemplate given);

// False: there is none of that name.
bool remove_template(Transaction& transaction, const std::string& name, const std::string& who, base::Time at);

}  // namespace burstd::store
