#include "modem/remedies.hpp"

#include "at/reply.hpp"
#include "modem/verdict.hpp"

namespace burstd::modem {

at::Remedy Remedies::after(const Verdict& verdict, const std::vector<Code>& codes) {
  const auto* refused = std::get_if<Refused>(&verdict);
  if (refused == nullptr) {
    *this = Remedies{};
    return at::Remedy::none;
  }
  if (refused->result != x_result) *this = Remedies{};
  x_result = refused->result;
  ++x_in_a_row;
  const auto failure = at::failure_of(refused->result);
  if (!failure || own_code(*failure, codes) != nullptr) return at::Remedy::none;
  const at::Meaning& meaning = at::meaning(*failure);
  if (meaning.remedy == at::Remedy::none || x_in_a_row < meaning.remedy_after) return at::Remedy::none;
  x_in_a_row = 0;
  return meaning.remedy;
}

}  // namespace burstd::modem
