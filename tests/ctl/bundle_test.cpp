// What is kept back of a support bundle.
#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "ctl/care/bundle_mask.hpp"
#include "ctl/care/bundle_pieces.hpp"
#include "ctl/words/look.hpp"

namespace burstd::ctl {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string as_bundled(const char* answer) { return json::serialize(masked(json::parse(answer))); }

TEST(BundleMask, NumbersAreKeptBackInEveryStringAndInNames) {
  EXPECT_EQ(as_bundled(R"({"imei":"350000000000001","seen":["+41 79 123 45 67","079/123 45 67"],"+41791234567":1})"),
            R"({"imei":"…001","seen":["…567","…567"],"…567":1})");
}

TEST(BundleMask, WordsOfPeopleAreKeptBackWhole) {
  EXPECT_EQ(as_bundled(R"({"text":"Dear Anna","user":"anna","sentence":"No modem is ready."})"),
            R"({"text":"…","user":"…","sentence":"No modem is ready."})");
}

TEST(BundleMask, TimesChangesAndVersionsAreShown) {
  constexpr const char* answer =
      R"({"since":"2026-11-28T14:42:11.250Z","last_seq":1234567890,"version":"1.20.3","epoch":"7K3M9Q"})";
  EXPECT_EQ(as_bundled(answer), answer);
}

TEST(BundlePieces, OfAConfigurationThatIsNotThereTheReasonIsSaid) {
  const std::string piece = configuration_piece("/nowhere/burstd.yaml");
  EXPECT_THAT(piece, HasSubstr("the file cannot be read"));
  EXPECT_THAT(piece, Not(HasSubstr("…")));
}

}  // namespace
}  // namespace burstd::ctl
