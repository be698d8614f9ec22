#include "clinic/audit.hpp"

#include "clinic/groups.hpp"
#include "clinic/messages.hpp"
#include "clinic/modems.hpp"
#include "clinic/office.hpp"
#include "clinic/template_shelf.hpp"

namespace burstd::clinic {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class AuditTest : public Office {
 protected:
  // "event subject change", oldest first.
  std::vector<std::string> told() {
    std::vector<std::string> all;
    for (const store::AuditRow& row : rows()) {
      all.insert(all.begin(), row.event + " " + row.subject.value_or("-") + " " + row.change.value_or("-"));
    }
    return all;
  }

  std::vector<store::AuditRow> rows() { return wait_for(audit.list(std::nullopt, 100)).value().items; }

  static Hand hand() { return Hand{"it", "urs", Origin{1000, "PUT /v1/templates/{name}"}}; }

  PutTemplate shelve(const std::string& text, const std::string& description = "") {
    TemplateShelf shelf(options, fixed, gateway);
    TemplateDraft draft;
    draft.text = text;
    draft.description = description;
    return wait_for(shelf.put(hand(), "recall", draft)).value();
  }

  PutGroup gather(std::size_t size) {
    GroupDraft draft;
    draft.members.resize(size);
    return wait_for(groups.put(hand(), "flu", draft)).value();
  }

  // Writes what was refused.
  void settle() {
    audit.stop();
    auto whole = [&]() -> async::Task<bool> {
      co_await audit.run();
      co_return true;
    };
    wait_for(whole());
  }

  Audit audit{gateway};
  Groups groups{gateway};
  Templates fixed{options};
};

Refusal a_refusal(std::int64_t uid = 1000, std::string subject = "front") {
  return Refusal{"practice", Origin{uid, "POST /v1/modems/{name}/pause"}, std::move(subject), "has the role send"};
}

TEST_F(AuditTest, AChangedTemplateTellsWhatIsOtherwiseAndNeverTheText) {
  shelve("Dear {name}");
  shelve("Dear {name}");
  shelve("Hello {name}", "secret");
  TemplateShelf shelf(options, fixed, gateway);
  wait_for(shelf.remove("recall", Withdrawal{"it", "urs", "not used", {}, Origin{1000, "DELETE"}})).value();
  EXPECT_THAT(told(), ElementsAre("created recall -", "changed recall text, description", "deleted recall not used"));
  const auto first = rows().back();
  EXPECT_EQ(first.uid, 1000);
  EXPECT_EQ(first.client, "it");
  EXPECT_EQ(first.user, "urs");
  EXPECT_EQ(first.route, "PUT /v1/templates/{name}");
  for (const std::string& line : told()) EXPECT_THAT(line, Not(HasSubstr("secret")));
}

TEST_F(AuditTest, AChangedGroupTellsHowManyAreInIt) {
  gather(2);
  gather(3);
  EXPECT_THAT(told(), ElementsAre("created flu members: 2", "changed flu members: 3, before: 2"));
}

TEST_F(AuditTest, APersonsWordOnADoubtIsAnAct) {
  Messages messages(options, gateway);
  Draft draft;
  draft.client_ref = "a";
  draft.to = "079 123 45 67";
  draft.text = "Hello";
  const auto id = wait_for(messages.submit("practice", draft)).value().item.message.id;
  auto unit = [&](store::Transaction& transaction) -> base::Result<bool> {
    gateway::Step step;
    step.message = 1;
    step.at = async::now().wall;
    step.sim = "8941";
    gateway.ledger().apply(transaction, step);
    step.event = message::Event::lost;
    return gateway.ledger().apply(transaction, step).changed;
  };
  wait_for(writer.run(unit)).value();
  for (int round = 0; round < 2; ++round) {
    wait_for(messages.resolve(id, Word{true, "practice", "anna", "phoned", {}, Origin{7, "POST …/resolve"}})).value();
  }
  EXPECT_THAT(told(), ElementsAre("resolved " + id + " said to have left"));
  EXPECT_EQ(rows().front().user, "anna");
}

TEST_F(AuditTest, WhatIsRefusedByWhatItIsDoneToIsNoAct) {
  Modems modems(gateway);
  EXPECT_FALSE(wait_for(modems.pause("front", hand())));
  TemplateShelf shelf(options, fixed, gateway);
  EXPECT_FALSE(wait_for(shelf.remove("nothing", Withdrawal{})));
  EXPECT_THAT(told(), IsEmpty());
}

TEST_F(AuditTest, RefusalsOfAMinuteAreOneRowThatSaysHowMany) {
  for (int i = 0; i < 1000; ++i) audit.refuse(a_refusal(1000, "front-" + std::to_string(i)));
  audit.refuse(a_refusal(1001));
  settle();
  const auto found = rows();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[1].uid, 1000);
  EXPECT_EQ(found[1].event, "refused");
  EXPECT_EQ(found[1].client, "practice");
  EXPECT_EQ(found[1].route, "POST /v1/modems/{name}/pause");
  EXPECT_EQ(found[1].subject, "front-999");
  EXPECT_EQ(found[1].change, "has the role send");
  EXPECT_EQ(found[1].times, 1000);
  EXPECT_EQ(found[0].uid, 1001);
  EXPECT_EQ(found[0].times, 1);
}

TEST_F(AuditTest, TheFirstRefusalIsOnRecordAtOnceAndTheOthersAtTheEnd) {
  async::Scope beside(loop.get_executor());
  beside.spawn(audit.run());
  audit.refuse(a_refusal());
  while (rows().empty()) continue;
  EXPECT_EQ(rows().front().times, 1);
  for (int i = 0; i < 5; ++i) audit.refuse(a_refusal());
  EXPECT_EQ(rows().size(), 1U) << "they wait for company";
  audit.stop();
  while (beside.size() > 0) loop.run_one();
  ASSERT_EQ(rows().size(), 2U);
  EXPECT_EQ(rows().front().times, 5);
}

TEST_F(AuditTest, IsListedInPagesAndAForeignPositionAsksForAResync) {
  for (std::size_t size = 0; size < 3; ++size) gather(size);
  const auto first = wait_for(audit.list(std::nullopt, 2)).value();
  EXPECT_TRUE(first.more);
  const auto second = wait_for(audit.list(first.items.back().key, 2)).value();
  EXPECT_FALSE(second.more);
  EXPECT_EQ(second.items.size(), 1U);
  EXPECT_EQ(wait_for(audit.list(99, 2)).error().code, "resync");
}

}  // namespace
}  // namespace burstd::clinic
