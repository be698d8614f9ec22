#include "store/attempts.hpp"

#include "store/desk.hpp"

namespace burstd::store::test {
namespace {

class Attempts : public Desk {
 protected:
  Attempts() : message(record_message(a_message(1))) {}

  std::int64_t attempted(std::optional<int> reference, base::Time started, const std::string& result = "accepted") {
    auto attempt = an_attempt(message.key);
    attempt.reference = reference;
    attempt.started_at = started;
    attempt.result = result;
    return insert_attempt(transaction, attempt);
  }

  std::vector<message::Candidate> found(int reference, std::optional<base::Time> submitted = {}) {
    return candidates(connection, "8944-1", {message.number, reference, at(200), submitted});
  }
  static std::vector<std::int64_t> keys(const std::vector<message::Candidate>& candidates) {
    std::vector<std::int64_t> all;
    for (const auto& candidate : candidates) all.push_back(candidate.attempt);
    return all;
  }

  message::Message message;
};
class Reports : public Attempts {};

TEST_F(Attempts, AnAttemptBeginsOpenAndIsFinishedOnce) {
  auto attempt = an_attempt(message.key);
  attempt.validity_minutes = 1440;
  attempt.key = insert_attempt(transaction, attempt);
  EXPECT_EQ(find_attempt(connection, attempt.key)->result, "open");
  EXPECT_FALSE(find_attempt(connection, attempt.key)->ended_at);
  attempt.ended_at = at(101);
  attempt.reference = 255;
  attempt.result = "refused";
  attempt.failure = "+CMS ERROR: 38";
  finish_attempt(transaction, attempt);
  const auto found = attempts_of(connection, message.key).at(0);
  EXPECT_EQ(found.key, attempt.key);
  EXPECT_EQ(found.message, message.key);
  EXPECT_EQ(found.part, 1);
  EXPECT_EQ(found.modem, "left");
  EXPECT_EQ(found.sim, "8944-1");
  EXPECT_EQ(found.started_at, at(100));
  EXPECT_EQ(found.ended_at, at(101));
  EXPECT_EQ(found.reference, 255);
  EXPECT_EQ(found.validity_minutes, 1440);
  EXPECT_EQ(found.result, "refused");
  EXPECT_EQ(found.failure, "+CMS ERROR: 38");
  EXPECT_FALSE(find_attempt(connection, attempt.key + 1));
}

TEST_F(Attempts, ReferencesAndResultsOutsideTheStandardAreRefused) {
  EXPECT_THROW(attempted(256, at(1)), Failure);
  EXPECT_THROW(attempted(std::nullopt, at(1), "maybe"), Failure);
  EXPECT_THROW(insert_attempt(transaction, an_attempt(message.key, 2)), Failure);
}

TEST_F(Attempts, UnresolvedIsTheNewestOfTheModemWithoutAVerdict) {
  EXPECT_FALSE(unresolved_attempt(connection, "left", at(0)));
  const auto open = attempted(std::nullopt, at(1), "open");
  EXPECT_EQ(unresolved_attempt(connection, "left", at(0))->key, open);
  EXPECT_FALSE(unresolved_attempt(connection, "right", at(0)));
  const auto unknown = attempted(std::nullopt, at(2), "unknown");
  EXPECT_EQ(unresolved_attempt(connection, "left", at(0))->key, unknown);
  attempted(3, at(3), "accepted");
  EXPECT_FALSE(unresolved_attempt(connection, "left", at(0)));
}

TEST_F(Attempts, CandidatesShareSimAndReference) {
  const auto old = attempted(7, at(10));
  const auto young = attempted(7, at(20));
  attempted(8, at(20));
  auto other = an_attempt(message.key);
  other.sim = "8944-2";
  other.reference = 7;
  insert_attempt(transaction, other);
  EXPECT_EQ(keys(found(7)), (std::vector{old, young}));
  const auto candidate = found(7).at(1);
  EXPECT_EQ(candidate.recipient, message.number);
  EXPECT_EQ(candidate.reference, 7);
  EXPECT_EQ(candidate.started_at, at(20));
  EXPECT_EQ(candidate.window_ends_at, at(20) + std::chrono::days{3}) << "the service centre's own validity";
  EXPECT_TRUE(candidate.open);
  EXPECT_FALSE(candidate.in_flight);
}

TEST_F(Attempts, ByTimeAreThoseBegunAroundTheCentresTime) {
  using std::chrono::minutes;
  attempted(7, at(0) - minutes{16});
  const auto early = attempted(7, at(0) - minutes{14});
  const auto late = attempted(7, at(0) + minutes{1});
  attempted(7, at(0) + minutes{3});
  attempted(8, at(0));
  attempted(std::nullopt, at(0), "unknown");
  const message::Reported report{message.number, 7, at(200), at(0)};
  EXPECT_EQ(keys(candidates_by_time(connection, "8944-1", report)), (std::vector{early, late}));
  EXPECT_TRUE(candidates_by_time(connection, "8944-2", report).empty());
  EXPECT_TRUE(candidates_by_time(connection, "8944-1", {message.number, 7, at(200), {}}).empty());
}

TEST_F(Attempts, ACandidateIsClosedByAFinalReport) {
  attempted(7, at(10));
  auto reported = part(message.key, message::State::delivered);
  save_part(transaction, reported);
  EXPECT_TRUE(found(7).at(0).open);
  reported.standing.reported = true;
  save_part(transaction, reported);
  EXPECT_FALSE(found(7).at(0).open);
}

TEST_F(Attempts, ThoseWithoutAReferenceAreFoundAroundTheCentresTime) {
  attempted(std::nullopt, at(12), "not-sent");
  const auto refused = attempted(std::nullopt, at(13), "refused");
  const auto accepted = attempted(std::nullopt, at(14), "accepted");
  const auto unknown = attempted(std::nullopt, at(15), "unknown");
  const auto open = attempted(std::nullopt, at(16), "open");
  EXPECT_EQ(keys(found(9, at(15))), (std::vector{refused, accepted, unknown, open}));
  EXPECT_TRUE(found(9, at(15)).at(3).in_flight);
  EXPECT_TRUE(found(9).empty()) << "without the centre's time nothing speaks for them";
  EXPECT_TRUE(found(9, at(15) + std::chrono::hours{1}).empty());
}

TEST_F(Reports, AReportComesBackAsItCame) {
  auto report = a_report();
  report.attempt = attempted(7, at(10));
  report.status = 0x41;
  report.service_centre_at = at(150);
  report.discharged_at = at(160);
  report.ambiguous = true;
  const auto key = insert_report(transaction, report);
  const auto found = reports_of(connection, message.key).at(0);
  EXPECT_EQ(found.key, key);
  EXPECT_EQ(found.attempt, report.attempt);
  EXPECT_EQ(found.modem, report.modem);
  EXPECT_EQ(found.sim, report.sim);
  EXPECT_EQ(found.pdu, report.pdu);
  EXPECT_EQ(found.recipient, report.recipient);
  EXPECT_EQ(found.reference, 7);
  EXPECT_EQ(found.status, 0x41);
  EXPECT_EQ(found.received_at, at(200));
  EXPECT_EQ(found.service_centre_at, at(150));
  EXPECT_EQ(found.discharged_at, at(160));
  EXPECT_TRUE(found.ambiguous);
}

TEST_F(Reports, AnOrphanIsAdoptedOnce) {
  const auto orphan = insert_report(transaction, a_report());
  EXPECT_EQ(orphan_reports(connection, "8944-1", 9).at(0).key, orphan);
  EXPECT_TRUE(orphan_reports(connection, "8944-2", 9).empty());
  const auto attempt = attempted(7, at(10));
  adopt_report(transaction, orphan, attempt);
  EXPECT_TRUE(orphan_reports(connection, "8944-1", 9).empty());
  EXPECT_EQ(reports_of(connection, message.key).at(0).key, orphan);
  EXPECT_THROW(adopt_report(transaction, orphan, attempted(8, at(10))), Failure);
}

TEST_F(Reports, ARepeatedReportIsKnown) {
  insert_report(transaction, a_report("0006AA"));
  EXPECT_TRUE(knows_report(connection, "8944-1", "0006AA"));
  EXPECT_FALSE(knows_report(connection, "8944-1", "0006AB"));
  EXPECT_FALSE(knows_report(connection, "8944-2", "0006AA"));
}

}  // namespace
}  // namespace burstd::store::test
