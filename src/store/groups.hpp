// The tables `recipient_group` and `group_member`: to whom bursts go again and again, in the order given. Numbers stay
// as they were typed: they are judged when a burst is previewed. Every change is a row of the history that names who.
// clinic::Groups calls it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/time.hpp"
#include "store/connection.hpp"

namespace burstd::store {

struct Member {
  std::optional<std::string> patient, patient_name;
  std::string typed;  // the number
  bool operator==(const Member&) const = default;
};

struct Group {
  std::int64_t key = 0;
  std::string name, description;
  base::Time synced_at;    // as of when the members are
  std::string changed_by;  // "anna of reception"
  std::int64_t change_seq = 0;
  std::size_t size = 0;  // members
};

std::optional<Group> find_group(const Connection& connection, const std::string& name);

// In order of name, after the one given.
std::vector<Group> list_groups(const Connection& connection, const std::string& after, std::size_t limit);

std::size_t count_groups(const Connection& connection);
std::vector<Member> members_of(const Connection& connection, std::int64_t group);

// New, or in the place of the one of that name. Where only the time is another the history says "synced". Returns it
// as it now is.
Group save_group(Transaction& transaction, Group given, const std::vector<Member>& members, base::Time at);

// False: there is none of that name.
bool remove_group(Transaction& transaction, const std::string& name, const std::string& who, base::Time at);

}  // namespace burstd::store
