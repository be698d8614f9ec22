#include "burst/pattern.hpp"

#include <gtest/gtest.h>

namespace burstd::burst {
namespace {

Pattern pattern(std::string_view text) {
  auto parsed = Pattern::parse(text);
  EXPECT_TRUE(parsed) << text;
  return std::move(parsed).value();
}

Wall wall(int year, int month, int day, int minute) {
  Wall wall;
  wall.day = Wall::Day{year, month, day};
  wall.minute = minute;
  return wall;
}

TEST(Pattern, WritesEveryField) {
  const Wall at = wall(2026, 3, 1, 14 * 60 + 5);
  EXPECT_EQ(pattern("yyyy yy MM M dd d HH H hh h mm ss a").write(at), "2026 26 03 3 01 1 14 14 02 2 05 00 PM");
  EXPECT_EQ(pattern("hh a").write(wall(2026, 3, 1, 0)), "12 AM");
  EXPECT_EQ(pattern("H 'h'").write(at), "14 h");
  EXPECT_EQ(pattern("d. 'März' '' HH'h'mm").write(at), "1. März ' 14h05");
}

TEST(Pattern, ReadsWhatItWrites) {
  for (const char* text : {"dd.MM.yyyy HH:mm", "M/d/yy h:mm a", "yyyy-MM-dd'T'HH:mm:ss", "HHmm ddMMyyyy"}) {
    for (const int minute : {0, 59, 12 * 60, 13 * 60 + 7, 1439}) {
      const Wall at = wall(2028, 2, 29, minute);
      EXPECT_EQ(pattern(text).read(pattern(text).write(at).value()), at) << text << " " << minute;
    }
  }
}

TEST(Pattern, ReadsOneDigitWhereOneIsWritten) {
  EXPECT_EQ(pattern("d.M.yyyy H:mm").read("1.3.2026 8:30"), wall(2026, 3, 1, 510));
  EXPECT_EQ(pattern("d.M.yyyy H:mm").read("11.12.2026 18:30"), wall(2026, 12, 11, 1110));
  EXPECT_FALSE(pattern("dd.MM.yyyy HH:mm").read("1.3.2026 8:30"));
}

TEST(Pattern, RefusesWhatIsNoDayOrTime) {
  for (const char* text : {"31.02.2026 08:30", "00.01.2026 08:30", "01.13.2026 08:30", "01.03.2026 24:00",
                           "01.03.2026 08:60", "01.03.2026", "01.03.2026 08:30 x", "", "yesterday"}) {
    EXPECT_FALSE(pattern("dd.MM.yyyy HH:mm").read(text)) << text;
  }
  EXPECT_FALSE(pattern("h:mm a").read("13:00 PM"));
  EXPECT_FALSE(pattern("h:mm a").read("0:30 AM"));
  EXPECT_FALSE(pattern("HH:mm:ss").read("08:30:61"));
}

TEST(Pattern, SaysWhatIsWrongWithIt) {
  for (const char* text : {"", "--", "dd.mm.YYYY", "DD.MM.yyyy", "HH 'h", "h:mm", "HH a", "EEEE", "yyy"}) {
    const auto parsed = Pattern::parse(text);
    ASSERT_FALSE(parsed) << text;
    EXPECT_EQ(parsed.error().code, "pattern-invalid");
  }
}

TEST(Pattern, WritesNothingOfWhatIsNotKnown) {
  Wall day;
  day.day = Wall::Day{2026, 3, 1};
  EXPECT_EQ(pattern("dd.MM.").write(day), "01.03.");
  EXPECT_FALSE(pattern("dd.MM. HH:mm").write(day));
  EXPECT_FALSE(pattern("dd.MM.").write(Wall{}));
}

TEST(PlainWall, IsReadAsProgramsWriteIt) {
  for (const char* text : {"2026-03-01 08:30", "2026-03-01T08:30", "2026-03-01T08:30:59", "2026-03-01 08:30:00"}) {
    EXPECT_EQ(plain_wall(text), wall(2026, 3, 1, 510)) << text;
  }
  EXPECT_EQ(plain_text(plain_wall("2026-03-01").value()), "2026-03-01");
  EXPECT_EQ(plain_text(plain_wall("08:30").value()), "08:30");
  EXPECT_EQ(plain_text(wall(2026, 3, 1, 510)), "2026-03-01 08:30");
  EXPECT_FALSE(plain_wall("01.03.2026"));
  EXPECT_FALSE(plain_wall("2026-03-01T08:30Z")) << "an offset needs a time zone";
}

}  // namespace
}  // namespace burstd::burst
