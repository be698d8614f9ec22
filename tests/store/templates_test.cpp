#include "store/templates.hpp"

#include <gmock/gmock.h>

#include "store/desk.hpp"
#include "store/groups.hpp"

namespace burstd::store::test {
namespace {

using testing::ElementsAre;

class Kept : public Desk {
 protected:
  static StoredTemplate recall() {
    StoredTemplate given;
    given.name = "recall";
    given.text = "Dear {name|patient}";
    given.description = "Yearly";
    given.most_segments = 2;
    given.changed_at = at(1);
    given.changed_by = "anna of reception";
    return given;
  }

  static Group flu() {
    Group given;
    given.name = "flu";
    given.description = "Autumn";
    given.synced_at = at(5);
    given.changed_by = "reception";
    return given;
  }

  static std::vector<Member> members() {
    return {{"P-2", "Zoë", "079 2"}, {std::nullopt, std::nullopt, ""}, {"P-1", "Ann", "079 1"}};
  }

  std::vector<std::string> told(const std::string& kind) {
    std::vector<std::string> all;
    for (const Change& change : history_after(connection, 0, 100)) {
      if (change.kind == kind) all.push_back(change.event + " " + change.detail.value_or(""));
    }
    return all;
  }
};

TEST_F(Kept, ATemplateComesBackAsItWasGivenAndItsChangesAreOnRecord) {
  const auto stored = save_template(transaction, recall());
  EXPECT_EQ(stored.change_seq, last_seq(connection));
  const auto found = find_template(connection, "recall").value();
  EXPECT_TRUE(found.says_the_same(recall()));
  EXPECT_EQ(found.changed_at, at(1));
  EXPECT_EQ(found.changed_by, "anna of reception");
  EXPECT_EQ(found.change_seq, stored.change_seq);
  auto changed = recall();
  changed.most_segments.reset();
  changed.changed_by = "bob of it";
  EXPECT_GT(save_template(transaction, changed).change_seq, stored.change_seq);
  EXPECT_EQ(list_templates(connection, "", 10).size(), 1U);
  EXPECT_FALSE(find_template(connection, "recall")->most_segments);
  EXPECT_TRUE(remove_template(transaction, "recall", "it", at(9)));
  EXPECT_FALSE(remove_template(transaction, "recall", "it", at(9)));
  EXPECT_EQ(count_templates(connection), 0U);
  EXPECT_THAT(told("template"), ElementsAre("created recall: by anna of reception", "changed recall: by bob of it",
                                            "deleted recall: by it"));
  EXPECT_EQ(verify_history(connection).first_bad, std::nullopt);
}

TEST_F(Kept, ATemplateThatSaysTheSameChangesNothing) {
  const auto first = save_template(transaction, recall());
  auto again = recall();
  again.changed_by = "bob";
  again.changed_at = at(99);
  const auto second = save_template(transaction, again);
  EXPECT_EQ(second.change_seq, first.change_seq);
  EXPECT_EQ(second.changed_by, "anna of reception");
  EXPECT_THAT(told("template"), testing::SizeIs(1));
}

TEST_F(Kept, AGroupKeepsTheOrderOfItsMembersAndReplacesThemWhole) {
  const auto stored = save_group(transaction, flu(), members(), at(6));
  EXPECT_EQ(stored.size, 3U);
  EXPECT_EQ(members_of(connection, stored.key), members());
  save_group(transaction, flu(), {members().at(2)}, at(7));
  const auto found = find_group(connection, "flu").value();
  EXPECT_EQ(found.key, stored.key);
  EXPECT_EQ(found.size, 1U);
  EXPECT_THAT(members_of(connection, found.key), ElementsAre(members().at(2)));
  EXPECT_TRUE(remove_group(transaction, "flu", "anna of it", at(8)));
  EXPECT_FALSE(remove_group(transaction, "flu", "anna of it", at(8)));
  EXPECT_TRUE(members_of(connection, stored.key).empty());
  EXPECT_THAT(told("group"),
              ElementsAre("created flu: by reception, members: 3", "changed flu: by reception, members: 1",
                          "deleted flu: by anna of it, members: 1"));
}

TEST_F(Kept, AGroupOfTheSameMembersIsOnlySynced) {
  save_group(transaction, flu(), members(), at(6));
  auto later = flu();
  later.synced_at = at(500);
  save_group(transaction, later, members(), at(501));
  EXPECT_EQ(find_group(connection, "flu")->synced_at, at(500));
  EXPECT_EQ(list_groups(connection, "", 10).size(), 1U);
  EXPECT_EQ(count_groups(connection), 1U);
  EXPECT_EQ(told("group").at(1), "synced flu: by reception, members: 3");
}

TEST_F(Kept, NoNameIsEverAnother) {
  save_template(transaction, recall());
  save_group(transaction, flu(), {}, at(1));
  EXPECT_THROW(transaction.run("UPDATE template SET name = 'other'"), Failure);
  EXPECT_THROW(transaction.run("UPDATE recipient_group SET name = 'other'"), Failure);
}

}  // namespace
}  // namespace burstd::store::test
