#include "store/pins.hpp"

#include "store/desk.hpp"
#include "store/evidence.hpp"

namespace burstd::store::test {
namespace {

class Pins : public Desk {
 protected:
  std::int64_t tried(const std::string& result, const std::string& pin = "1234") {
    const auto key = begin_pin_attempt(transaction, pin_pair(connection, "8944-1", pin), "left", at(1));
    if (result != "open") end_pin_attempt(transaction, key, result, at(2));
    return key;
  }
  bool blocked(const std::string& pin = "1234", const std::string& card = "8944-1") {
    return pin_blocked(connection, pin_pair(connection, card, pin));
  }
  std::string text_of(const std::string& sql) {
    Statement row = connection.query(sql);
    return row.step() ? row.next<std::optional<std::string>>().value_or("null") : "none";
  }
};

TEST_F(Pins, OnlyADigestOfCardAndPinIsStored) {
  tried("refused");
  const auto pair = pin_pair(connection, "8944-1", "1234");
  EXPECT_EQ(pair.card, "8944-1");
  EXPECT_EQ(text_of("SELECT digest FROM pin_attempt"), pair.digest);
  EXPECT_EQ(pair.digest.size(), 64U);
  EXPECT_EQ(text_of("SELECT count(*) FROM pin_attempt WHERE card || digest || modem LIKE '%1234%'"), "0");
  EXPECT_NE(pin_pair(connection, "8944-2", "1234").digest, pair.digest);
  EXPECT_NE(pin_pair(connection, "8944-1", "1235").digest, pair.digest);
}

TEST_F(Pins, AnotherRecordHasOtherDigests) {
  const Folder other;
  const RecordFile second(other.options());
  EXPECT_NE(pin_pair(second.connection(), "8944-1", "1234").digest, pin_pair(connection, "8944-1", "1234").digest);
}

TEST_F(Pins, ARefusedOrUnansweredOneIsNotTriedAgain) {
  EXPECT_FALSE(blocked());
  for (const char* result : {"open", "refused", "unanswered"}) {
    const auto key = tried(result);
    EXPECT_TRUE(blocked()) << result;
    EXPECT_FALSE(blocked("0000")) << "another PIN";
    EXPECT_FALSE(blocked("1234", "8944-2")) << "another card";
    release_pin(transaction, pin_pair(connection, "8944-1", "1234"), at(3));
    EXPECT_FALSE(blocked()) << result << key;
  }
}

TEST_F(Pins, AnAcceptedOneMayBeRepeatedAndTheNewestTryCounts) {
  tried("accepted");
  EXPECT_FALSE(blocked());
  tried("refused");
  EXPECT_TRUE(blocked());
  tried("accepted");
  EXPECT_FALSE(blocked());
}

TEST_F(Pins, AReleaseLeavesOtherCardsAndOtherPinsAlone) {
  tried("refused");
  tried("refused", "2222");
  end_pin_attempt(transaction, begin_pin_attempt(transaction, pin_pair(connection, "8944-2", "1234"), "left", at(1)),
                  "refused", at(2));
  release_pin(transaction, pin_pair(connection, "8944-1", "1234"), at(3));
  EXPECT_FALSE(blocked());
  EXPECT_TRUE(blocked("2222"));
  EXPECT_TRUE(blocked("1234", "8944-2"));
  tried("refused");
  EXPECT_TRUE(blocked()) << "a release is for what was tried before";
}

TEST_F(Pins, OneThatWasNotTypedAfterAllIsNotHeldAgainstIt) {
  tried("not-typed");
  EXPECT_FALSE(blocked());
  EXPECT_FALSE(pin_accepted(connection, pin_pair(connection, "8944-1", "1234")));
  tried("accepted");
  EXPECT_TRUE(pin_accepted(connection, pin_pair(connection, "8944-1", "1234")));
}

TEST_F(Pins, AReleaseWhileTheAnswerIsAwaitedDoesNotCoverIt) {
  const auto key = tried("open");
  release_pin(transaction, pin_pair(connection, "8944-1", "1234"), at(3));
  end_pin_attempt(transaction, key, "refused", at(4));
  EXPECT_TRUE(blocked());
}

TEST_F(Pins, AnAttemptEndsOnceAndIsNeverRewritten) {
  const auto key = tried("refused");
  end_pin_attempt(transaction, key, "accepted", at(9));
  EXPECT_TRUE(blocked());
  EXPECT_THROW(tried("maybe"), Failure);
  EXPECT_THROW(transaction.run("UPDATE pin_attempt SET result = 'accepted'"), Failure);
  EXPECT_THROW(transaction.run("UPDATE pin_attempt SET digest = card"), Failure);
  EXPECT_THROW(transaction.run("DELETE FROM pin_attempt"), Failure);
}

class Evidence : public Desk {
 protected:
  Evidence() : message(record_message(a_message(1))) {}

  void attempted(std::int64_t second, const std::string& result, const std::string& sim = "8944-1") {
    auto attempt = an_attempt(message.key);
    attempt.started_at = at(second);
    attempt.result = result;
    attempt.sim = sim;
    attempt.modem = sim;
    insert_attempt(transaction, attempt);
  }
  void reported(std::int64_t second, const std::string& sim = "8944-1") {
    auto report = a_report(std::to_string(second));
    report.received_at = at(second);
    report.sim = sim;
    insert_report(transaction, report);
  }

  message::Message message;
};

TEST_F(Evidence, CountsWhatTheNetworkTookAndTheReportsSince) {
  for (const std::int64_t second : {9, 10, 19, 20}) attempted(second, "accepted");
  attempted(11, "refused");
  attempted(12, "unknown");
  attempted(13, "accepted", "8944-2");
  for (const std::int64_t second : {9, 10, 99}) reported(second);
  reported(50, "8944-2");
  const auto count = report_count(connection, "8944-1", at(10), at(20));
  EXPECT_EQ(count.accepted, 2);
  EXPECT_EQ(count.reports, 2);
  EXPECT_EQ(report_count(connection, "8944-3", at(0), at(99)).accepted, 0);
}

TEST_F(Evidence, TheLatestWithoutAVerdictIsThatOfAnyModem) {
  EXPECT_FALSE(latest_unresolved(connection, at(0), {}));
  attempted(10, "open");
  attempted(20, "unknown", "8944-2");
  attempted(30, "accepted");
  attempted(31, "refused");
  attempted(32, "not-sent");
  EXPECT_EQ(latest_unresolved(connection, at(0), {}), at(20));
  EXPECT_EQ(latest_unresolved(connection, at(20), {}), at(20));
  EXPECT_FALSE(latest_unresolved(connection, at(21), {}));
}

}  // namespace
}  // namespace burstd::store::test
