// JSON bodies → what clinic takes. Each reads its whole object and notes every fault; with faults the value is not
// whole and must not be used. They may run beside the loop: they touch nothing but what they are given.
#pragma once

#include <boost/json/value.hpp>

#include "api/problem.hpp"
#include "clinic/bursts.hpp"
#include "clinic/messages.hpp"
#include "clinic/modems.hpp"
#include "clinic/options.hpp"

namespace burstd::api {

template <class T>
struct Reading {
  T value;
  Faults faults;
};

struct CheckDraft {
  std::string to, text, category;
};

struct UnlockDraft {
  gateway::Unlocking unlocking;
  clinic::Hand hand;
};

// Who answers for something, and why.
struct Vouching {
  clinic::Hand hand;
  std::string reason;
};

struct AdoptionDraft {
  gateway::Adoption adoption;
  clinic::Hand hand;
};

Reading<CheckDraft> read_check(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::Draft> read_message(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::BurstDraft> read_burst(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::Selection> read_selection(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::Withdrawal> read_withdrawal(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::Word> read_word(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::Again> read_again(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::Remark> read_remark(const boost::json::value& body, const clinic::Options& options);

// Who does something to a modem; nobody named is fine. No fault ever repeats a PIN.
Reading<clinic::Hand> read_hand(const boost::json::value& body, const clinic::Options& options);
Reading<Vouching> read_vouching(const boost::json::value& body, const clinic::Options& options);
Reading<UnlockDraft> read_unlocking(const boost::json::value& body, const clinic::Options& options);
Reading<AdoptionDraft> read_adoption(const boost::json::value& body, const clinic::Options& options);

}  // namespace burstd::api
