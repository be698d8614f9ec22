#include "clinic/opt_outs.hpp"

#include "clinic/audit.hpp"
#include "clinic/events.hpp"
#include "clinic/office.hpp"

namespace burstd::clinic {
namespace {

using message::State;
using testing::ElementsAre;
using testing::IsEmpty;

class OptOutsTest : public Office {
 protected:
  Item submit(const std::string& ref, const std::string& to = "079 000 00 01") {
    Draft draft;
    draft.client_ref = ref;
    draft.to = to;
    draft.text = "See you " + ref;
    return wait_for(messages.submit("practice", draft)).value().item;
  }

  static Deed deed(bool as_admin = false) {
    return {{"reception", "anna", {1000, "PUT /v1/opt-outs/{number}"}}, "by phone", as_admin};
  }

  Burst preview(const std::string& ref) {
    BurstDraft draft;
    draft.client_ref = ref;
    draft.text = "Hello";
    draft.recipients.resize(2);
    draft.recipients[0].to = "0790000001";
    draft.recipients[1].to = "0790000002";
    return wait_for(bursts.preview("practice", draft)).value();
  }

  std::vector<std::string> verdicts(const std::string& id) {
    std::vector<std::string> all;
    for (const auto& line : wait_for(bursts.rows(id, 0, 10)).value().items) all.push_back(line.verdict);
    return all;
  }

  State state(const Item& item) {
    Items reading(options, gateway);
    return wait_for(reading.find(item.message.id)).value().progress.state;
  }

  Messages messages{options, gateway};
  Templates templates{options};
  Bursts bursts{options, templates, gateway};
  OptOuts opt_outs{options, gateway};
};

TEST_F(OptOutsTest, ABlockWithdrawsWhatWaitsAndRefusesWhatComes) {
  const auto before = submit("a");
  const auto put = wait_for(opt_outs.block("+41 79 000 00 01", deed())).value();
  EXPECT_TRUE(put.created);
  EXPECT_EQ(put.row.number, "+41790000001");
  EXPECT_EQ(put.row.user, "anna");
  EXPECT_EQ(put.row.reason, "by phone");
  EXPECT_EQ(put.row.uid, 1000);
  Audit audit(gateway);
  const auto acts = wait_for(audit.list(std::nullopt, 10)).value().items;
  ASSERT_EQ(acts.size(), 1U);
  EXPECT_EQ(acts[0].event, "opt-out-added");
  EXPECT_EQ(acts[0].subject, "…001") << "the audit names no patient's whole number";
  EXPECT_EQ(acts[0].change, "by phone");
  EXPECT_EQ(state(before), State::blocked);
  EXPECT_EQ(gateway.activity().waiting, 0U);
  const auto after = submit("b");
  EXPECT_EQ(after.progress.state, State::blocked);
  EXPECT_EQ(after.progress.status, message::Status::failed);
  EXPECT_EQ(after.progress.error, "Recipient opted out");
  EXPECT_EQ(after.progress.error_code, "opted-out");
  EXPECT_EQ(submit("c", "0790000002").progress.state, State::queued);
  EXPECT_FALSE(wait_for(opt_outs.block("0790000001", deed())).value().created) << "once is enough";
  EXPECT_EQ(wait_for(opt_outs.history("0790000001")).value().history.size(), 1U);
}

TEST_F(OptOutsTest, ACheckTellsItWithoutARecord) {
  EXPECT_EQ(wait_for(messages.check("0790000001", "Hello")).verdict, burst::Verdict::ok);
  arrives("STOP");
  EXPECT_EQ(wait_for(messages.check("079 000 00 01", "Hello")).verdict, burst::Verdict::opted_out);
  EXPECT_EQ(wait_for(messages.check("12", "Hello")).verdict, burst::Verdict::number_invalid);
}

TEST_F(OptOutsTest, RowsAreJudgedAtThePreviewAndAgainWhenTheyAreSent) {
  const auto before = preview("a");
  EXPECT_THAT(verdicts(before.batch.id), ElementsAre("ok", "ok"));
  arrives("STOP");
  const auto after = preview("b");
  EXPECT_THAT(verdicts(after.batch.id), ElementsAre("opted-out", "ok"));
  const auto sent = wait_for(bursts.send("practice", before.batch.id, {})).value();
  ASSERT_EQ(sent.refused.size(), 1U);
  EXPECT_EQ(sent.refused[0].verdict, "opted-out");
  EXPECT_EQ(sent.accepted.size(), 1U);
  EXPECT_EQ(items().back().progress.state, State::blocked);
  arrives("START");
  Selection both;
  both.select = {1, 2};  // by name, for the second got the same by the first burst
  const auto lifted = wait_for(bursts.send("practice", after.batch.id, both)).value();
  EXPECT_EQ(lifted.accepted.size(), 2U) << "what was blocked at the preview is not any more";
}

TEST_F(OptOutsTest, APatientsOwnWordIsLiftedByAnAdministratorOrByThePatient) {
  EXPECT_EQ(wait_for(opt_outs.lift("0790000001", deed())).error().code, "opt-out-unknown");
  arrives("STOP");
  EXPECT_EQ(wait_for(opt_outs.lift("0790000001", deed())).error().code, "forbidden");
  wait_for(opt_outs.block("0790000001", deed())).value();
  EXPECT_EQ(wait_for(opt_outs.lift("0790000001", deed())).error().code, "forbidden")
      << "a block of the clinic's own does not hide it";
  EXPECT_EQ(wait_for(opt_outs.find("0790000001")).value().standing.size(), 2U);
  const auto lifted = wait_for(opt_outs.lift("0790000001", deed(true))).value();
  EXPECT_FALSE(lifted.blocked);
  EXPECT_EQ(wait_for(opt_outs.find("0790000001")).error().code, "opt-out-unknown");
  const auto all = wait_for(opt_outs.history("0790000001")).value();
  EXPECT_THAT(all.standing, IsEmpty());
  ASSERT_EQ(all.history.size(), 3U);
  EXPECT_EQ(all.history[0].event, "stop");
  EXPECT_TRUE(all.history[0].reply_id);
  EXPECT_EQ(submit("a").progress.state, State::queued);
}

TEST_F(OptOutsTest, TheClinicsOwnBlockIsTheClinicsToLift) {
  wait_for(opt_outs.block("0790000001", deed())).value();
  arrives("START");
  EXPECT_EQ(wait_for(opt_outs.find("0790000001")).value().standing.size(), 1U);
  EXPECT_TRUE(wait_for(opt_outs.lift("0790000001", deed())));
}

TEST_F(OptOutsTest, NumbersMustBeSome) {
  EXPECT_EQ(wait_for(opt_outs.block("12", deed())).error().code, "number-invalid");
  EXPECT_EQ(wait_for(opt_outs.find("")).error().code, "number-missing");
}

TEST_F(OptOutsTest, TheListIsPagedAndItsPositionsAreItsOwn) {
  for (const char* number : {"0790000001", "0790000002", "0790000003"})
    wait_for(opt_outs.block(number, deed())).value();
  const auto page = wait_for(opt_outs.list(std::nullopt, 2)).value();
  EXPECT_TRUE(page.more);
  ASSERT_EQ(page.items.size(), 2U);
  EXPECT_EQ(page.items[0].number, "+41790000003");
  const auto rest = wait_for(opt_outs.list(page.items[1].key, 2)).value();
  EXPECT_FALSE(rest.more);
  ASSERT_EQ(rest.items.size(), 1U);
  EXPECT_EQ(wait_for(opt_outs.list(99, 2)).error().code, "resync");
}

TEST_F(OptOutsTest, EachWordAndEachReplyIsAnEvent) {
  submit("a");
  Items reading(options, gateway);
  const auto position = wait_for(reading.list({})).value().last_seq;
  arrives("STOP");
  wait_for(opt_outs.lift("0790000001", deed(true))).value();
  Events events(bursts, gateway);
  const auto page = wait_for(events.after(position, 100)).value();
  std::vector<std::string> told;
  for (const Event& event : page.events) {
    told.push_back(event.change.kind + " " + event.change.event);
    EXPECT_EQ(event.opt_out.has_value(), event.change.kind == "opt-out");
  }
  EXPECT_THAT(told, ElementsAre("reply received", "opt-out stop", "item blocked", "opt-out lifted"));
  EXPECT_FALSE(page.events.back().opt_out->blocked);
}

}  // namespace
}  // namespace burstd::clinic
