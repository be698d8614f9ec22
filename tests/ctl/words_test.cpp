// Width, tables, times, selections, problems, recipients: the pure words of burstctl.
#include <gtest/gtest.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <ctime>

#include "ctl/burst/recipients.hpp"
#include "ctl/burst/selection.hpp"
#include "ctl/wire/problem.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/table.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"

namespace burstd::ctl {
namespace {

TEST(Width, CountsWideCharactersTwiceAndMarksNot) {
  EXPECT_EQ(display_width("Anna"), 4U);
  EXPECT_EQ(display_width("Müller"), 6U);
  EXPECT_EQ(display_width("Mu\u0308ller"), 6U) << "u and a combining diaeresis";
  EXPECT_EQ(display_width("李小龍"), 6U);
  EXPECT_EQ(display_width("ｗ"), 2U);
  EXPECT_EQ(display_width("🏥"), 2U);
  EXPECT_EQ(display_width("❤️"), 2U) << "a narrow sign shown as a picture";
  EXPECT_EQ(display_width("👩‍⚕️"), 2U) << "joined";
  EXPECT_EQ(display_width("👍🏽"), 2U) << "with a skin tone";
  EXPECT_EQ(display_width("a\u200Bb"), 2U) << "zero width space";
  EXPECT_EQ(display_width("שָׁלוֹם"), 4U);
}

TEST(Width, CutsToTheWidthAndKeepsMarksWithTheirLetter) {
  EXPECT_EQ(cut("Anna", 4), "Anna");
  EXPECT_EQ(cut("Anna Müller", 6), "Anna…");
  EXPECT_EQ(cut("李小龍", 4), "李…") << "half a wide character does not fit";
  EXPECT_EQ(cut("李小龍", 5), "李小…");
  EXPECT_EQ(cut("mu\u0308ller", 3), "mu\u0308…");
  EXPECT_EQ(cut("abc", 1), "…");
  EXPECT_EQ(cut("abc", 0), "");
}

TEST(Width, ACutTextNeverTakesMoreThanItsWidth) {
  const std::string text = "a李b🏥c\u0308❤️d👩‍⚕️e👍🏽 f";
  for (std::size_t width = 0; width < 20; ++width) EXPECT_LE(display_width(cut(text, width)), width) << width;
}

TEST(Width, PrintableTextCannotMoveTheCursor) {
  EXPECT_EQ(printable("a\x1b[2Jb"), "a�[2Jb");
  EXPECT_EQ(printable("a\nb\r\nc\rd\te"), "a⏎b⏎c⏎d e");
  EXPECT_EQ(printable("a\xC2\x9B"
                      "2J"),
            "a�2J")
      << "the eight-bit escape";
  EXPECT_EQ(printable("M\xFCller"), "M�ller");
  EXPECT_EQ(printable("a\u202Eb\u2066c\u2069\u202Ad\u200Fe"), "a�b�c��d\u200Fe");
  EXPECT_EQ(printable("Zürich 🏥"), "Zürich 🏥");
  EXPECT_EQ(printable_lines("a\nb\x07"), "a\nb�");
}

TEST(Table, AlignsByDisplayWidth) {
  Table table({{"NAME"}, {"N", Side::right}, {"X"}});
  table.add({std::string("李"), std::string("1"), std::string("a")});
  table.add({std::string("Anna"), std::string("234"), std::string("b")});
  EXPECT_EQ(table.render({}), "NAME    N  X\n李      1  a\nAnna  234  b\n");
}

TEST(Table, CutsTheMostPatientColumnFirstAndNoneWhereThereIsNoTerminal) {
  Table table({{"ID"}, {"NAME", Side::left, 1, 5}, {"TEXT", Side::left, 2, 6}});
  table.add({std::string("0123456789"), std::string("Bartholomew"), std::string("A long text that goes on")});
  EXPECT_EQ(table.render({35, false}), "ID          NAME         TEXT\n0123456789  Bartholomew  A long te…\n");
  EXPECT_EQ(table.render({26, false}), "ID          NAME    TEXT\n0123456789  Barth…  A lon…\n");
  EXPECT_NE(table.render({}).find("A long text that goes on"), std::string::npos);
}

TEST(Table, LeavesOutColumnsThatAreEmptyEverywhere) {
  Table table({{"A"}, {"B"}, {"C"}});
  table.add({std::string("1"), Cell(), std::string("3")});
  EXPECT_EQ(table.render({}), "A  C\n1  3\n");
}

TEST(Table, ColoursOnlyWhereAskedAndAlignsAllTheSame) {
  Table table({{"S"}, {"T"}});
  table.add({Cell("ok", Style::green), std::string("x")});
  EXPECT_EQ(table.render({}), "S   T\nok  x\n");
  EXPECT_EQ(table.render({0, true}), "\x1b[1mS\x1b[0m   \x1b[1mT\x1b[0m\n\x1b[32mok\x1b[0m  x\n");
}

class When : public testing::Test {
 protected:
  void SetUp() override {
    setenv("TZ", "Europe/Zurich", 1);
    tzset();
  }
  void TearDown() override {
    unsetenv("TZ");
    tzset();
  }
  static base::Time at(const char* text) { return base::from_rfc3339(text).value(); }
  static std::string read(std::string_view typed, Bare bare = Bare::refused) {
    const auto time = read_when(typed, at("2026-11-22T09:00:00+01:00"), bare);
    return time ? base::to_rfc3339(*time) : time.error().code;
  }
};

TEST_F(When, TellsPeopleTheDayAsTheyWould) {
  const auto now = at("2026-11-22T09:00:00+01:00");
  EXPECT_EQ(for_people("2026-11-22T13:03:00Z", now), "today 14:03");
  EXPECT_EQ(for_people("2026-11-21T22:59:00Z", now), "yesterday 23:59");
  EXPECT_EQ(for_people("2026-11-21T23:01:00Z", now), "today 00:01");
  EXPECT_EQ(for_people("2026-11-23T07:00:00Z", now), "tomorrow 08:00");
  EXPECT_EQ(for_people("2026-07-01T12:03:00Z", now), "1 Jul 14:03") << "summer time";
  EXPECT_EQ(for_people("2025-11-21T13:03:00Z", now), "21 Nov 2025 14:03");
  EXPECT_EQ(for_people("soon", now), "soon");
  EXPECT_EQ(for_people("", now), "");
}

TEST_F(When, ReadsWhatPeopleType) {
  EXPECT_EQ(read("2026-03-01T08:30:00+05:00"), "2026-03-01T03:30:00.000Z");
  EXPECT_EQ(read("2026-03-01 08:30"), "2026-03-01T07:30:00.000Z");
  EXPECT_EQ(read("2026-07-01T08:30"), "2026-07-01T06:30:00.000Z");
  EXPECT_EQ(read("2026-07-01 08:30:00"), "2026-07-01T06:30:00.000Z");
  EXPECT_EQ(read("14:30"), "2026-11-22T13:30:00.000Z");
  EXPECT_EQ(read("tomorrow 8:00"), "2026-11-23T07:00:00.000Z");
  EXPECT_EQ(read("yesterday", Bare::day_begins), "2026-11-20T23:00:00.000Z");
  EXPECT_EQ(read("2026-11-21", Bare::day_ends), "2026-11-21T23:00:00.000Z");
  EXPECT_EQ(read("2026-12-31", Bare::day_ends), "2026-12-31T23:00:00.000Z");
}

TEST_F(When, RefusesWhatCouldBeReadTwoWays) {
  for (const char* typed : {"", "8", "25:00", "01/02/2026", "1.2.2026 08:00", "2026-02-30 08:00", "2026-03-01",
                            "tomorrow", "noon", "2026-03-01 8", "2026-03-01T08:30:15", "-1:30", "2026-3-1 08:00"}) {
    EXPECT_EQ(read(typed), "time-invalid") << typed;
  }
}

TEST(Span, IsShort) {
  using namespace std::chrono_literals;
  EXPECT_EQ(span(8s), "8 s");
  EXPECT_EQ(span(5min + 59s), "5 min");
  EXPECT_EQ(span(80min), "1 h 20 min");
  EXPECT_EQ(span(120min), "2 h");
  EXPECT_EQ(span(75h), "3 days");
  EXPECT_EQ(span(-5s), "0 s");
}

TEST(Rows, AreReadAsPeopleWriteThem) {
  EXPECT_EQ(read_rows("3,7-9").value(), (std::vector{3, 7, 8, 9}));
  EXPECT_EQ(read_rows(" 9 - 10 , 1, 9").value(), (std::vector{1, 9, 10}));
  EXPECT_EQ(read_rows("1-100000").value().size(), 100'000U) << "as many as a gateway may be told to allow";
  for (const char* typed : {"", ",", "0", "3-", "-3", "9-7", "a", "1;2", "1,,2", "1-100001", "99999999999"}) {
    EXPECT_FALSE(read_rows(typed)) << typed;
  }
}

TEST(Problem, TranslatesPointersIntoRowsAndWords) {
  EXPECT_EQ(in_words("/recipients/3/to", {}), "row 4, to");
  EXPECT_EQ(in_words("#/recipients/3/to", {2, 3, 4, 7}), "row 4 (line 7), to");
  EXPECT_EQ(in_words("recipients/0/fields/a~1b", {}), "row 1, fields, a/b");
  EXPECT_EQ(in_words("/deselect/2", {}), "deselect, entry 3");
  EXPECT_EQ(in_words("/recipients", {}), "recipients");
  EXPECT_EQ(in_words("/text", {}), "text");
  EXPECT_EQ(in_words("", {}), "the request");
}

TEST(Problem, SaysEveryFaultAndWhatToDo) {
  const Answer answer{422,
                      R"({"title":"The request is not valid","detail":"2 faults.","code":"client-ref-reused",
    "errors":[{"pointer":"/recipients/1/to","detail":"too long"},{"pointer":"/text","detail":"em\u001bpty"}]})",
                      {},
                      false};
  const std::string said = explain(answer, {2, 5});
  EXPECT_EQ(said.find("burstctl: 2 faults.\n"), 0U) << said;
  EXPECT_NE(said.find("  row 2 (line 5), to: too long\n"), std::string::npos) << said;
  EXPECT_NE(said.find("  text: em�pty\n"), std::string::npos) << said;
  EXPECT_NE(said.find("--client-ref"), std::string::npos) << said;
}

TEST(Problem, CopesWithAnAnswerThatIsNone) {
  EXPECT_EQ(explain(Answer{502, "<html>", {}, false}, {}), "burstctl: the gateway answered with HTTP status 502\n");
  const std::string waiting = explain(Answer{429, R"({"title":"Too many requests"})", "7", false}, {});
  EXPECT_NE(waiting.find("Try again in 7 seconds."), std::string::npos) << waiting;
}

const base::Time noon = base::from_rfc3339("2026-11-22T12:00:00Z").value();

base::Result<Recipients> from_csv(std::string_view octets, const Columns& columns = {}) {
  return recipients_of(read_csv(octets).value(), columns, noon);
}

TEST(Recipients, FindsTheColumnsByTheirUsualNames) {
  const auto found =
      from_csv("Patient ID;Name;Mobile Number;exclude\n4711; Anna ;079 123;\n4712;Bob;079 124;moved away\n");
  ASSERT_TRUE(found) << found.error().sentence;
  EXPECT_EQ(found->lines, (std::vector<std::size_t>{2, 3}));
  const json::object& anna = object(found->rows.at(0));
  EXPECT_EQ(text(anna, "to"), "079 123");
  EXPECT_EQ(text(anna, "patient"), "4711");
  EXPECT_EQ(text(anna, "patient_name"), "Anna");
  EXPECT_FALSE(anna.contains("exclude"));
  EXPECT_EQ(json::serialize(object(anna, "fields")),
            R"({"patient_id":"4711","Name":"Anna","mobile_number":"079 123","name":"Anna"})");
  EXPECT_EQ(text(object(found->rows.at(1)), "exclude"), "moved away");
}

TEST(Recipients, TakesTheColumnsTheCallerNames) {
  const auto found = from_csv("tel 1,tel 2,who\n1,2,Anna\n", {"Tel 2", "", "who"});
  ASSERT_TRUE(found) << found.error().sentence;
  EXPECT_EQ(text(object(found->rows.at(0)), "to"), "2");
  EXPECT_EQ(text(object(found->rows.at(0)), "patient_name"), "Anna");
  const auto missing = from_csv("to\n1\n", {"tel", "", ""});
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().sentence.find("\"tel\" (--number-column)"), std::string::npos) << missing.error().sentence;
}

TEST(Recipients, AsksWhichOfTwoColumnsIsMeant) {
  const auto found = from_csv("phone,mobile\n1,2\n");
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().sentence.find("--number-column \"phone\""), std::string::npos) << found.error().sentence;
}

TEST(Recipients, SeesThatAHeaderIsMissing) {
  const auto found = from_csv("Anna,+41791234567\nBob,+41791234568\n");
  ASSERT_FALSE(found);
  EXPECT_NE(found.error().sentence.find("Line 1 looks like a recipient"), std::string::npos) << found.error().sentence;
  EXPECT_NE(from_csv("first,last\na,b\n").error().sentence.find("Line 1 names: first, last"), std::string::npos);
}

TEST(Recipients, SendsAnEmptyNumberForTheGatewayToJudgeAndLeavesOutEmptyFields) {
  const auto found = from_csv("to,title\n,Dr.\n1,\n");
  ASSERT_TRUE(found);
  EXPECT_EQ(json::serialize(found->rows.at(0)), R"({"to":"","fields":{"title":"Dr."}})");
  EXPECT_EQ(json::serialize(found->rows.at(1)), R"({"to":"1","fields":{"to":"1"}})");
}

TEST(Recipients, SendsOnlyTheFieldsThatAreAskedFor) {
  Columns columns;
  columns.fields = {"name", "Datum"};
  const auto found = from_csv("to,Name,Diagnosis,Datum\n1,Anna,secret,1. März\n2,,secret,\n", columns);
  ASSERT_TRUE(found);
  EXPECT_EQ(json::serialize(found->rows.at(0)),
            R"({"to":"1","patient_name":"Anna","fields":{"Datum":"1. März","name":"Anna"}})");
  EXPECT_EQ(json::serialize(found->rows.at(1)), R"({"to":"2","fields":{}})");
}

TEST(Recipients, TwoColumnsThatATextCannotTellApartAreRefused) {
  const auto found = from_csv("to,First Name,first_name\n1,a,b\n");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, "recipients-columns");
  EXPECT_EQ(found.error().sentence,
            "Line 1: both \"First Name\" and \"first_name\" would be {first_name} in a text. Rename one of them. "
            "Nothing was sent.");
}

TEST(Recipients, RefusesANumberThatASpreadsheetDestroyed) {
  const auto found = from_csv("to,name\n079,Anna\n\"4,17912E+10\",Bob\n4.2E+10,Carl\n");
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, "recipients-number-destroyed");
  EXPECT_NE(found.error().sentence.find("Line 3: \"4,17912E+10\""), std::string::npos) << found.error().sentence;
  EXPECT_NE(found.error().sentence.find("Line 4"), std::string::npos) << found.error().sentence;
}

TEST(Recipients, ReadsAppointmentsAndNamesTheLineOfABadOne) {
  const auto found = from_csv("to,appointment_at\n1,2026-12-01T08:30:00+01:00\n");
  ASSERT_TRUE(found);
  EXPECT_EQ(text(object(found->rows.at(0)), "appointment_at"), "2026-12-01T07:30:00.000Z");
  const auto bad = from_csv("to,appointment_at\n1,2026-12-01 08:30\n2,1.12.26\n");
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().sentence.find("Line 3: \"1.12.26\" is not a time"), 0U) << bad.error().sentence;
}

TEST(Recipients, ReadsYesAndNoInTheExcludeColumn) {
  const auto found = from_csv("to,exclude\n1,No\n2,x\n3,0\n");
  EXPECT_FALSE(object(found->rows.at(0)).contains("exclude"));
  EXPECT_EQ(text(object(found->rows.at(1)), "exclude"), "excluded in the file");
  EXPECT_FALSE(object(found->rows.at(2)).contains("exclude"));
}

TEST(Recipients, TakesAJsonArrayAsItIs) {
  const auto found = recipients_of_json(R"([{"to":"1","fields":{"a":"b"}},{"to":"2"}])");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->rows.size(), 2U);
  EXPECT_TRUE(found->lines.empty());
  for (const char* octets : {"{}", "[", "[1]", "[]", "[{}", "\"a\""})
    EXPECT_FALSE(recipients_of_json(octets)) << octets;
}

TEST(Fields, AreNamedLikeThePlaceholdersPeopleWrite) {
  EXPECT_EQ(field_names("first_name"), (std::vector<std::string>{"first_name"}));
  EXPECT_EQ(field_names("First Name"), (std::vector<std::string>{"first_name"}));
  EXPECT_EQ(field_names("Name"), (std::vector<std::string>{"Name", "name"}));
  EXPECT_EQ(field_names("first-name"), (std::vector<std::string>{"first-name", "first_name"}));
  EXPECT_EQ(field_names("Tel. (mobile)"), (std::vector<std::string>{"tel_mobile"}));
  EXPECT_EQ(field_names("Größe"), (std::vector<std::string>{"Größe", "größe"}));
  EXPECT_TRUE(field_names("  ").empty());
  EXPECT_TRUE(field_names("").empty());
}

TEST(Look, AMissingOrForeignMemberReadsAsEmpty) {
  const json::value parsed = json::parse(R"({"a":1,"b":null,"c":"x","d":["p","q"],"e":true,"f":2.0})");
  const json::object& from = object(parsed);
  EXPECT_EQ(text(from, "a"), "1");
  EXPECT_EQ(text(from, "b"), "");
  EXPECT_EQ(text(from, "zz"), "");
  EXPECT_EQ(number(from, "c"), std::nullopt);
  EXPECT_EQ(number(from, "f"), 2);
  EXPECT_EQ(words(from, "d"), "p, q");
  EXPECT_EQ(words(from, "c"), "x");
  EXPECT_TRUE(truth(from, "e"));
  EXPECT_FALSE(truth(from, "a"));
  EXPECT_TRUE(list(from, "c").empty());
  EXPECT_TRUE(object(from, "d").empty());
  EXPECT_TRUE(object(json::value(3)).empty());
}

}  // namespace
}  // namespace burstd::ctl
