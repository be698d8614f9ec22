// What a modem needs after the verdicts that it gives: pure, one after the other. The tables of at/ say what a code
// asks for and after how many in a row; one that means something else in the driver asks for nothing. The session's.
#pragma once

#include <string>
#include <vector>

#include "at/failure.hpp"
#include "modem/driver.hpp"
#include "modem/link.hpp"

namespace burstd::modem {

class Remedies {
 public:
  at::Remedy after(const Verdict& verdict, const std::vector<Code>& codes);

 private:
  std::string x_result;  // of the last verdicts in a row
  int x_in_a_row = 0;
};

}  // namespace burstd::modem
