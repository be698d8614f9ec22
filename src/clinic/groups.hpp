// Groups of recipients that staff keep: made, replaced whole and taken away by whoever may; each change is on record
// with who. api asks. Numbers are judged when a burst to the group is previewed, never here.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clinic/page.hpp"
#include "clinic/word.hpp"
#include "gateway/gateway.hpp"
#include "store/groups.hpp"

namespace burstd::clinic {

inline constexpr std::size_t most_members = 10'000;

struct GroupDraft {
  std::string description;
  std::vector<store::Member> members;
  std::optional<base::Time> synced_at;  // nothing: now
};

struct PutGroup {
  store::Group group;
  bool created = false;
};

struct WholeGroup {
  store::Group group;
  std::vector<store::Member> members;
};

class Groups {
 public:
  explicit Groups(gateway::Gateway& gateway) : x_gateway(gateway) {}

  // In order of name, after the one given.
  async::Task<Page<store::Group>> list(std::string after, std::size_t limit);

  // Fails with "group-unknown".
  async::Task<base::Result<WholeGroup>> find(std::string name);

  // Fails with "name-invalid" or "groups-full".
  async::Task<base::Result<PutGroup>> put(Hand hand, std::string name, GroupDraft draft);

  // Fails with "group-unknown".
  async::Task<base::Result<void>> remove(std::string name, Withdrawal withdrawal);

 private:
  gateway::Gateway& x_gateway;
};

base::Error unknown_group(const std::string& name);

}  // namespace burstd::clinic
