#include "clinic/template_shelf.hpp"

#include "clinic/groups.hpp"
#include "clinic/kept_name.hpp"
#include "clinic/office.hpp"
#include "store/history.hpp"

namespace burstd::clinic {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

base::Time at(const char* text) { return base::from_rfc3339(text).value(); }

class ShelfTest : public Office {
 protected:
  ShelfTest() { options.templates["house"] = Template{"From the house", "configured", 3}; }

  base::Result<PutTemplate> put(const std::string& name, const std::string& text, std::optional<int> most = {}) {
    TemplateDraft draft;
    draft.text = text;
    draft.max_segments = most;
    return wait_for(shelf().put(Hand{"reception", "anna"}, name, draft));
  }
  base::Result<void> remove(const std::string& name) {
    return wait_for(shelf().remove(name, Withdrawal{"reception", "anna", std::nullopt, {}}));
  }
  Tried tried(const std::string& name, Trial trial = {}) { return wait_for(shelf().try_out(name, trial)).value(); }

  store::BatchLine first_row(BurstDraft draft) {
    draft.client_ref = "burst-" + std::to_string(++count);
    const auto burst = wait_for(Bursts(options, fixed(), gateway).preview("reception", draft));
    EXPECT_TRUE(burst) << burst.error().sentence;
    auto unit = [&](const store::Connection& connection) {
      return store::batch_lines(connection, burst->batch.key, 0, 1).at(0);
    };
    return wait_for(reader.run(unit));
  }

  static BurstDraft to_one(const std::string& name) {
    BurstDraft draft;
    draft.template_name = name;
    burst::Recipient& recipient = draft.recipients.emplace_back();
    recipient.to = "0791234567";
    recipient.patient_name = "Ann";
    return draft;
  }

  const Templates& fixed() {
    if (!x_fixed) x_fixed.emplace(options);
    return *x_fixed;
  }
  TemplateShelf& shelf() {
    if (!x_shelf) x_shelf.emplace(options, fixed(), gateway);
    return *x_shelf;
  }

  int count = 0;

 private:
  std::optional<Templates> x_fixed;
  std::optional<TemplateShelf> x_shelf;
};

TEST_F(ShelfTest, StaffsTemplatesAreMadeReplacedAndTakenAway) {
  const auto made = put("recall", "Dear {patient_name}").value();
  EXPECT_TRUE(made.created);
  EXPECT_EQ(made.named.changed_by, "anna of reception");
  EXPECT_FALSE(made.named.maintained);
  EXPECT_FALSE(put("recall", "Dear {patient_name|you}", 1).value().created);
  EXPECT_EQ(wait_for(shelf().find("recall"))->max_segments, 1);
  std::vector<std::string> names;
  for (const auto& named : wait_for(shelf().list("", 10)).items) names.push_back(named.name);
  EXPECT_THAT(names, ElementsAre("appointment-reminder", "house", "recall"));
  EXPECT_TRUE(remove("recall"));
  EXPECT_EQ(remove("recall").error().code, "template-unknown");
  EXPECT_EQ(wait_for(shelf().find("recall")).error().code, "template-unknown");
}

TEST_F(ShelfTest, FixedTemplatesAndWrongNamesAreRefused) {
  for (const char* name : {"appointment-reminder", "house"}) {
    EXPECT_EQ(put(name, "mine").error().code, "template-maintained");
    EXPECT_EQ(remove(name).error().code, "template-maintained");
  }
  for (const std::string& name : {std::string("A"), std::string("a_b"), std::string(), std::string(65, 'a')}) {
    EXPECT_EQ(put(name, "text").error().code, "name-invalid") << name;
  }
  EXPECT_TRUE(put(std::string(64, 'a'), "text"));
  EXPECT_EQ(put("a", "{").error().code, "template-invalid");
}

TEST_F(ShelfTest, AFixedTemplateHidesOneOfStaffs) {
  auto unit = [](store::Transaction& transaction) -> base::Result<int> {
    transaction.run("INSERT INTO template VALUES ('house', 'old', '', NULL, 0, 'anna', 1)");
    return 1;
  };
  ASSERT_TRUE(wait_for(writer.run(unit)));
  EXPECT_EQ(wait_for(shelf().find("house"))->text, "From the house");
  EXPECT_EQ(wait_for(shelf().list("", 10)).items.size(), 2U);
}

TEST_F(ShelfTest, ATrialRendersCountsAndChangesNothing) {
  options.confidential_words = {"HIV"};
  put("recall", "{patient_name|Hello}, {when:dd.MM.} {appointment_at:HH:mm} {doctor}", 1);
  Trial trial;
  trial.fields = {{"when", "2026-03-01"}, {"doctor", "HIV"}};
  trial.appointment_at = at("2026-07-01T06:30:00Z");
  const auto whole = tried("recall", trial);
  EXPECT_EQ(whole.text, "Hello, 01.03. 08:30 HIV");
  EXPECT_EQ(whole.looked.encoding, "gsm7");
  EXPECT_EQ(whole.looked.segments, 1);
  EXPECT_EQ(whole.looked.verdict, burst::Verdict::ok);
  EXPECT_THAT(whole.flags, ElementsAre(burst::Flag::confidential_word));
  trial.timezone = "America/New_York";
  EXPECT_EQ(tried("recall", trial).text, "Hello, 01.03. 02:30 HIV");
  trial.fields["doctor"] = std::string(160, 'x');
  EXPECT_EQ(tried("recall", trial).looked.verdict, burst::Verdict::too_long) << "max_segments";
  const auto bare = tried("recall");
  EXPECT_THAT(bare.missing, ElementsAre("when", "appointment_at", "doctor"));
  EXPECT_EQ(bare.looked.verdict, burst::Verdict::field_missing);
  EXPECT_EQ(wait_for(shelf().try_out("nothing", {})).error().code, "template-unknown");
  EXPECT_THAT(items(), IsEmpty());
}

TEST_F(ShelfTest, AMomentWithAnOffsetIsShownByTheClockOfTheZone) {
  put("a", "{when:dd.MM.yyyy HH:mm}");
  Trial trial;
  trial.fields = {{"when", "2026-12-31T23:30:00Z"}};
  EXPECT_EQ(tried("a", trial).text, "01.01.2027 00:30");
}

TEST_F(ShelfTest, ABurstTakesStaffsTemplateAsItIsWhenPreviewed) {
  put("recall", "Dear {patient_name}, see you {date} at {time}.", 2);
  auto draft = to_one("recall");
  EXPECT_THAT(first_row(draft).missing, ElementsAre("date", "time"));
  draft.recipients.at(0).appointment_at = at("2100-03-01T07:30:00Z");
  EXPECT_EQ(first_row(draft).text, "Dear Ann, see you 01.03.2100 at 08:30.");
  draft.timezone = "UTC";
  EXPECT_EQ(first_row(draft).text, "Dear Ann, see you 01.03.2100 at 07:30.");
  draft.recipients.at(0).fields["date"] = "Monday";
  EXPECT_EQ(first_row(draft).text, "Dear Ann, see you Monday at 07:30.") << "the row goes before";
  draft.recipients.at(0).fields["date"] = std::string(400, 'x');
  EXPECT_EQ(first_row(draft).verdict, "too-long") << "three segments, and two are allowed";
}

TEST_F(ShelfTest, TheFormatsOfTheConfigurationAreTheUsualOnes) {
  options.date_format = "MM/dd";
  options.time_format = "h:mm a";
  put("a", "{date} {time} {date:yyyy}");
  Trial trial;
  trial.appointment_at = at("2026-03-01T13:30:00Z");
  EXPECT_EQ(tried("a", trial).text, "03/01 2:30 PM 2026");
}

TEST_F(ShelfTest, ARepeatedPreviewStaysWhenItsTemplateIsGone) {
  put("recall", "Dear {patient_name}");
  Bursts bursts(options, fixed(), gateway);
  auto draft = to_one("recall");
  draft.client_ref = "same";
  const auto first = wait_for(bursts.preview("reception", draft)).value();
  remove("recall");
  const auto again = wait_for(bursts.preview("reception", draft));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->batch.id, first.batch.id);
  EXPECT_TRUE(again->replayed);
}

class GroupsTest : public Office {
 protected:
  base::Result<PutGroup> put(std::vector<store::Member> members) {
    GroupDraft draft;
    draft.members = std::move(members);
    return wait_for(groups.put(Hand{"reception", "anna"}, "flu", draft));
  }
  base::Result<Burst> preview(const std::string& ref) {
    BurstDraft draft;
    draft.client_ref = ref;
    draft.text = "Dear {patient_name|patient}";
    draft.group = "flu";
    return wait_for(bursts.preview("reception", draft));
  }

  Groups groups{gateway};
  Templates templates{options};
  Bursts bursts{options, templates, gateway};
};

TEST_F(GroupsTest, ABurstGoesToTheMembersInTheirOrderJudgedWhenPreviewed) {
  EXPECT_EQ(preview("a").error().code, "group-unknown");
  EXPECT_TRUE(
      put({{"P-2", "Zoë", "079 123 45 62"}, {"P-3", "Bob", "12"}, {"P-1", std::nullopt, "0791234561"}})->created);
  const auto burst = preview("a").value();
  const auto rows = wait_for(bursts.rows(burst.batch.id, 0, 10)).value().items;
  ASSERT_EQ(rows.size(), 3U);
  EXPECT_EQ(rows.at(0).patient, "P-2");
  EXPECT_EQ(rows.at(0).text, "Dear Zoë");
  EXPECT_EQ(rows.at(1).verdict, "number-invalid");
  EXPECT_EQ(rows.at(2).number, "+41791234561");
  EXPECT_EQ(rows.at(2).text, "Dear patient");
}

TEST_F(GroupsTest, APreviewStaysAsItWasWhenTheMembersChange) {
  put({{"P-2", "Zoë", "0791234562"}});
  const auto first = preview("a").value();
  EXPECT_FALSE(put({{"P-1", "Ann", "0791234561"}, {"P-4", "Eve", "0791234564"}})->created);
  const auto again = preview("a").value();
  EXPECT_TRUE(again.replayed);
  EXPECT_EQ(again.batch.id, first.batch.id);
  EXPECT_EQ(preview("b")->totals.rows, 2);
  EXPECT_TRUE(wait_for(groups.remove("flu", Withdrawal{"reception", {}, {}, {}})));
  EXPECT_EQ(preview("c").error().code, "group-unknown");
  EXPECT_EQ(wait_for(bursts.rows(first.batch.id, 0, 10))->items.at(0).patient, "P-2");
}

TEST_F(GroupsTest, NobodyAndTooManyAreRefused) {
  put({});
  EXPECT_EQ(preview("a").error().code, "group-empty");
  options.most_rows = 1;
  put({{"P-1", "Ann", "1"}, {"P-2", "Bob", "2"}});
  EXPECT_EQ(preview("a").error().code, "group-too-large");
}

TEST_F(GroupsTest, AnotherGroupUnderTheSameRefIsAnotherRequest) {
  put({{"P-2", "Zoë", "0791234562"}});
  ASSERT_TRUE(preview("a"));
  BurstDraft draft;
  draft.client_ref = "a";
  draft.text = "Dear {patient_name|patient}";
  draft.group = "other";
  EXPECT_EQ(wait_for(bursts.preview("reception", draft)).error().code, "client-ref-reused");
}

}  // namespace
}  // namespace burstd::clinic
