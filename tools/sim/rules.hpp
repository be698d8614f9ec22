// What the network does with which recipient: refuse, report failure, keep silent. Set by the command line
// and by orders while it runs; the newest rule that fits wins.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "sim/numbers.hpp"

namespace burstd::sim {

// "+41791234567" fits exactly, "*4567" every number that ends so, "*" all.
bool fits(std::string_view pattern, std::string_view number);

struct Refusal {
  int code = 0;       // +CMS ERROR
  bool sent = false;  // refused in words, yet it reaches the network
};

class Rules {
 public:
  // `count` times, then the rule is spent; 0: always.
  void refuse(std::string pattern, Refusal refusal, int count = 0);
  void fail(std::string pattern, std::vector<int> statuses);
  void silence(std::string pattern);
  void clear();
  void know_numbers() { x_knows_numbers = true; }  // endings count where no rule fits

  // Spends one of the rule's times.
  std::optional<Refusal> refusal(std::string_view number);

  // TP-Status of each report to come; none: no report is sent. Without a rule one, 0.
  std::vector<int> statuses(std::string_view number) const;

  // What only endings say.
  bool swallows(std::string_view number) const { return fate(number).swallowed; }
  int slowness(std::string_view number) const { return fate(number).slowness; }
  std::string answer(std::string_view number) const { return fate(number).answer; }

 private:
  struct Refuse {
    std::string pattern;
    Refusal refusal;
    int left;  // -1: always
  };
  struct Fail {
    std::string pattern;
    std::vector<int> statuses;
  };
  std::optional<Refusal> refusal_by_ending(std::string_view number);
  Fate fate(std::string_view number) const;

  std::vector<Refuse> x_refusals;
  std::vector<Fail> x_failures;
  bool x_knows_numbers = false;
  std::set<std::string, std::less<>> x_refused;  // those that are refused once, and were
};

// The texts of the command line and of orders. `code[xCOUNT]`, and statuses as "48,0" or "0x30,0".
struct Counted {
  int code = 0;
  int count = 0;
};
base::Result<Counted> read_counted(std::string_view text);
base::Result<std::vector<int>> read_statuses(std::string_view text);

// "NUMBER=REST" cut at the first equals sign.
struct Assignment {
  std::string pattern;
  std::string value;
};
base::Result<Assignment> read_assignment(std::string_view text);

// Decimal, or hexadecimal after "0x"; nothing for anything else.
std::optional<int> read_number(std::string_view text);

}  // namespace burstd::sim
