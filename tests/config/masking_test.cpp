// What a helper sees of a configuration.
#include "config/masking.hpp"

#include <gmock/gmock.h>

#include "folder.hpp"

namespace burstd::config {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

std::string shown(const std::string& text) { return masked_document(Folder().write("burstd.yaml", text)); }

TEST(Masking, ANumberIsKeptBackHoweverItIsWrittenAndLimitsAndHoursAreShown) {
  const std::string said = shown(
      "a: \"+41 79 123 45 67\"\nb: 079/123 45 67\nc: [0791234567, \"call (079) 123-45-67\"]\n\"+41 44 123 45 67\": d\n"
      "limits: {per_day: 5000}\nwindows: [\"mon-fri 08:00-12:00\", \"sat 09:00-12:00\"]\nuntil: 2026-11-28 08:15\n");
  EXPECT_THAT(said, AllOf(HasSubstr("a: …567"), HasSubstr("b: …567"), Not(HasSubstr("123")), HasSubstr("…567: d"),
                          HasSubstr("per_day: 5000"), HasSubstr("mon-fri 08:00-12:00"), HasSubstr("sat 09:00-12:00"),
                          HasSubstr("2026-11-28 08:15")));
}

TEST(Masking, APinIsKeptBackByItsNameAndByItsForm) {
  const std::string said =
      shown("modems: [{name: a, pin: 123, pni: \"4711\", port: /dev/ttyUSB0}]\nclinic: {clinic_name: Praxis}\n");
  EXPECT_THAT(said, AllOf(HasSubstr("pin: …"), HasSubstr("pni: …"), Not(HasSubstr("4711")), HasSubstr("/dev/ttyUSB0"),
                          Not(HasSubstr("Praxis"))));
}

}  // namespace
}  // namespace burstd::config
