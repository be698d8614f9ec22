#include "store/disk.hpp"

#include <filesystem>

#include "store/desk.hpp"

namespace burstd::store::test {
namespace {

constexpr std::uint64_t mib = 1 << 20;

class DiskTest : public ::testing::Test {
 protected:
  DiskTest() {
    options = folder.options();
    options.low_disk = 100 * mib;
    options.ballast = 8 * mib;
  }

  Room look(Disk& disk, std::uint64_t now) {
    free = now;
    disk.look();
    return disk.room();
  }

  bool has_ballast() const { return std::filesystem::exists(folder.path() / "burstd.ballast"); }

  Folder folder;
  Options options;
  std::uint64_t free = 1000 * mib;
  Disk::Measure measure = [this] { return free; };
};

TEST_F(DiskTest, BelowTheMarkNothingNewIsAcceptedAndTheSentenceSaysHowMuchThereIs) {
  Disk disk(options, measure);
  EXPECT_EQ(disk.room(), Room::ample);
  EXPECT_EQ(disk.sentence(), "");
  EXPECT_EQ(look(disk, 99 * mib), Room::low);
  EXPECT_NE(disk.sentence().find("99 MiB free"), std::string::npos) << disk.sentence();
  EXPECT_NE(disk.sentence().find("what waits is still sent"), std::string::npos) << disk.sentence();
  EXPECT_EQ(look(disk, 100 * mib), Room::ample);
}

TEST_F(DiskTest, TheBallastIsThereFromTheStartAndOfTheSizeThatWasSaid) {
  const Disk disk(options, measure);
  ASSERT_TRUE(has_ballast());
  EXPECT_EQ(std::filesystem::file_size(folder.path() / "burstd.ballast"), 8 * mib);
}

TEST_F(DiskTest, ADiskThatIsFullGivesUpTheBallastAndStaysFullUntilItCanBeMadeAgain) {
  Disk disk(options, measure);
  disk.ran_full();
  EXPECT_FALSE(has_ballast());
  EXPECT_EQ(disk.room(), Room::full);
  EXPECT_EQ(look(disk, 8 * mib), Room::full) << "that is only what the ballast has left";
  EXPECT_FALSE(has_ballast());
  EXPECT_NE(disk.sentence().find("nothing is sent"), std::string::npos) << disk.sentence();
  EXPECT_EQ(look(disk, 50 * mib), Room::low);
  EXPECT_TRUE(has_ballast());
  EXPECT_EQ(look(disk, 500 * mib), Room::ample);
}

TEST_F(DiskTest, ItIsSeenBeforeACommitFails) {
  Disk disk(options, measure);
  EXPECT_EQ(look(disk, mib), Room::full);
  EXPECT_FALSE(has_ballast());
}

TEST_F(DiskTest, WithoutBallastItIsFullUntilThereIsRoom) {
  options.ballast = 0;
  Disk disk(options, measure);
  EXPECT_FALSE(has_ballast());
  disk.ran_full();
  EXPECT_EQ(look(disk, 3 * mib), Room::full);
  EXPECT_EQ(look(disk, 5 * mib), Room::low);
}

TEST_F(DiskTest, AMarkOfNothingNeverRefuses) {
  options.low_disk = 0;
  Disk disk(options, measure);
  EXPECT_EQ(look(disk, 30 * mib), Room::ample);
}

}  // namespace
}  // namespace burstd::store::test
