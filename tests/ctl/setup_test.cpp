// The first steps of burstctl setup; the whole way is walked by tests/system/setup_test.py.
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "bench.hpp"

namespace burstd::ctl {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class FirstSteps : public Bench {
 protected:
  FirstSteps() {
    std::string pattern = (std::filesystem::temp_directory_path() / "burstctl-setup-XXXXXX").string();
    folder = mkdtemp(pattern.data());
    gateway.answer("GET /v1/version", {200, R"({"version":"1"})", {}, false});
    gateway.answer("GET /v1/modems", {403, R"({"code":"forbidden","detail":"It needs the role admin."})", {}, false});
  }
  ~FirstSteps() override { std::filesystem::remove_all(folder); }

  int setup() { return run_ctl({"setup", "--config", (folder / "burstd.yaml").string()}); }

  std::filesystem::path folder;
};

// Somebody who may not read everything. Root becomes one for a while; where it cannot, it reads the file all the same.
class Plain {
 public:
  Plain() {
    constexpr uid_t nobody = 65534;
    if (::geteuid() == 0) x_changed = ::seteuid(nobody) == 0;
  }
  Plain(const Plain&) = delete;
  Plain& operator=(const Plain&) = delete;
  ~Plain() {
    if (x_changed) static_cast<void>(::seteuid(0));
  }

 private:
  bool x_changed = false;
};

TEST_F(FirstSteps, AConfigurationThatIsNotForThisUserToSeeIsSaidAndNoReasonToStop) {
  std::ofstream(folder / "burstd.yaml") << "nonsense: {}\n";
  std::filesystem::permissions(folder, std::filesystem::perms{0755});
  std::filesystem::permissions(folder / "burstd.yaml", std::filesystem::perms{0});
  std::filesystem::permissions(std::filesystem::path(gateway.path()).parent_path(), std::filesystem::perms{0755});
  std::filesystem::permissions(gateway.path(), std::filesystem::perms{0777});
  const Plain plain;
  if (::access((folder / "burstd.yaml").c_str(), R_OK) == 0 && ::geteuid() == 0) {
    SUCCEED() << "root cannot become somebody else here, and root may read everything";
    return;
  }
  EXPECT_EQ(setup(), 1);
  EXPECT_THAT(out, AllOf(HasSubstr("burstd.yaml is not for you to see"), HasSubstr("3 of 4")));
  EXPECT_THAT(err, AllOf(HasSubstr("It needs the role admin."), Not(HasSubstr("correct this first"))));
}

TEST_F(FirstSteps, OneThatIsNotThereIsNoneEither) {
  EXPECT_EQ(setup(), 1);
  EXPECT_THAT(out, AllOf(HasSubstr("burstd.yaml is not there"), HasSubstr("3 of 4")));
}

TEST_F(FirstSteps, AMistakeInItIsToldAndIsTheEnd) {
  std::ofstream(folder / "burstd.yaml") << "nonsense: {}\n";
  EXPECT_EQ(setup(), 1);
  EXPECT_THAT(out, AllOf(HasSubstr("there is no option \"nonsense\""), Not(HasSubstr("3 of 4"))));
  EXPECT_THAT(err, HasSubstr("correct this first"));
}

}  // namespace
}  // namespace burstd::ctl
