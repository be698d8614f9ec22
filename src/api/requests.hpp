// JSON bodies → what clinic takes. Each reads its whole object and notes every fault; with faults the value is not
// whole and must not be used. They may run beside the loop: they touch nothing but what they are given.
#pragma once

#include <boost/json/value.hpp>

#include "api/problem.hpp"
#include "clinic/bursts.hpp"
#include "clinic/messages.hpp"
#include "clinic/options.hpp"

namespace burstd::api {

template <class T>
struct Reading {
  T value;
  Faults faults;
};

struct CheckDraft {
  std::string to, text;
};

Reading<CheckDraft> read_check(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::Draft> read_message(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::BurstDraft> read_burst(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::Selection> read_selection(const boost::json::value& body, const clinic::Options& options);
Reading<clinic::Withdrawal> read_withdrawal(const boost::json::value& body, const clinic::Options& options);

}  // namespace burstd::api
