#include "burst/template.hpp"

#include <gtest/gtest.h>

namespace burstd::burst {
namespace {

using Names = std::vector<std::string>;

Template parsed(std::string_view text) {
  auto result = Template::parse(text);
  EXPECT_TRUE(result) << result.error().sentence;
  return std::move(result).value();
}

TEST(Template, PutsFieldsInThePlaceOfTheirNames) {
  const auto text = parsed("Dear {patient_name}, see you on {date}. {patient_name}!");
  EXPECT_EQ(text.placeholders(), (Names{"patient_name", "date"}));
  const auto rendered = text.render({{"patient_name", "Zoë Ünal"}, {"date", "3 March"}, {"unused", "x"}});
  EXPECT_EQ(rendered.text, "Dear Zoë Ünal, see you on 3 March. Zoë Ünal!");
  EXPECT_TRUE(rendered.missing.empty());
}

TEST(Template, DoubledBracesAreBraces) {
  EXPECT_EQ(parsed("a {{b}} {{{c}}} }}{{").render({{"c", "X"}}).text, "a {b} {X} }{");
  EXPECT_TRUE(parsed("{{name}}").placeholders().empty());
}

TEST(Template, AValueIsNeverReadAsATemplate) {
  EXPECT_EQ(parsed("{a}").render({{"a", "{b} }} {{"}, {"b", "no"}}).text, "{b} }} {{");
}

TEST(Template, NamesWithoutAValueAreToldOnce) {
  const auto rendered = parsed("{a} {b} {c} {a}").render({{"b", " \t"}, {"c", "C"}});
  EXPECT_EQ(rendered.missing, (Names{"a", "b"}));
  EXPECT_EQ(rendered.text, "{a} {b} C {a}");
}

struct Bad {
  const char* text;
  const char* place;
};

class TemplateFault : public testing::TestWithParam<Bad> {};

TEST_P(TemplateFault, NamesThePlaceInCharacters) {
  const auto result = Template::parse(GetParam().text);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, "template-invalid");
  EXPECT_EQ(result.error().sentence.find(GetParam().place), 0U) << result.error().sentence;
}

INSTANTIATE_TEST_SUITE_P(Texts, TemplateFault,
                         testing::Values(Bad{"Zoë {name", "At character 5:"}, Bad{"a } b", "At character 3:"},
                                         Bad{"{}", "At character 1:"}, Bad{"é{first name}", "At character 2:"},
                                         Bad{"{a{b}", "At character 1:"}, Bad{"ok {{ {", "At character 7:"},
                                         Bad{"{a,b}", "At character 1:"}, Bad{"{{{{}", "At character 5:"}));

TEST(Template, ADefaultStandsWhereThereIsNoValue) {
  const auto text = parsed("Dear {patient_name|patient}, {note|}see {doctor|Dr. A: at 9}{end}");
  EXPECT_EQ(text.placeholders(), (Names{"patient_name", "note", "doctor", "end"}));
  const auto rendered = text.render({{"patient_name", " "}, {"doctor", "us"}, {"end", "."}});
  EXPECT_EQ(rendered.text, "Dear patient, see us.");
  EXPECT_TRUE(rendered.missing.empty());
  EXPECT_EQ(text.render({}).missing, Names{"end"});
  EXPECT_EQ(parsed("{a|x} {a}").render({}).missing, Names{"a"}) << "once without a default is missing";
  EXPECT_FALSE(Template::parse("{a|" + std::string(201, 'x') + "}"));
  EXPECT_FALSE(Template::parse("{a|{b}"));
}

TEST(Template, DatesAndTimesAreWrittenAsTheTextSays) {
  const auto text = parsed("{day:dd.MM.yyyy} at {day:h:mm a} ({day:H 'h'|soon})");
  EXPECT_EQ(text.placeholders(), Names{"day"});
  EXPECT_EQ(text.dated(), Names{"day"});
  EXPECT_EQ(text.render({{"day", "2026-03-01 14:05"}}).text, "01.03.2026 at 2:05 PM (14 h)");
  const auto wrong = text.render({{"day", "next week"}});
  EXPECT_EQ(wrong.missing, Names{"day"});
  EXPECT_EQ(wrong.text, "{day:dd.MM.yyyy} at {day:h:mm a} (soon)");
  EXPECT_EQ(parsed("{day:HH:mm}").render({{"day", "2026-03-01"}}).missing, Names{"day"}) << "it has no time of day";
  EXPECT_EQ(Template::parse("ab {day:DD}").error().sentence.find("At character 4:"), 0U);
}

TEST(Template, NamesMayBeOfAnyScript) {
  EXPECT_EQ(parsed("{größe} {имя}").render({{"größe", "L"}, {"имя", "Анна"}}).text, "L Анна");
}

TEST(Template, NeverGrowsBeyondItsBounds) {
  std::string many;
  for (int at = 0; at < 2000; ++at) many += "{a}";
  std::string umlauts;
  for (int at = 0; at < 1000; ++at) umlauts += "ä";
  const auto rendered = parsed(many).render({{"a", umlauts}});
  EXPECT_TRUE(rendered.cut);
  EXPECT_EQ(rendered.text.size(), 2 * Template::longest);
  EXPECT_TRUE(rendered.text.ends_with("ä"));
  const auto fits = parsed("{a}{a}{a}{a}{a}{a}{a}{a}").render({{"a", umlauts}});
  EXPECT_FALSE(fits.cut);
  EXPECT_EQ(fits.text.size(), 2 * Template::longest);
}

TEST(Template, HasAtMostSixtyFourPlaceholders) {
  std::string text;
  for (int at = 0; at < 64; ++at) text += "{p" + std::to_string(at) + "}";
  EXPECT_TRUE(Template::parse(text + "{p0}"));
  EXPECT_EQ(Template::parse(text + "{q}").error().code, "template-invalid");
}

TEST(Template, RefusesWhatIsNoUtf8AndNamesThatAreTooLong) {
  EXPECT_EQ(Template::parse("\xFF").error().code, "utf8-invalid");
  EXPECT_TRUE(Template::parse("{" + std::string(64, 'a') + "}"));
  EXPECT_TRUE(Template::parse("{ä" + std::string(63, 'a') + "}"));
  EXPECT_FALSE(Template::parse("{" + std::string(65, 'a') + "}"));
}

TEST(Template, EscapedTextRendersToItself) {
  const std::string alphabet = "{}aé ";
  std::string plain, escaped;
  for (unsigned number = 0; number < 500; ++number) {
    plain.clear(), escaped.clear();
    for (unsigned rest = number; rest != 0; rest /= 6) {
      const std::string letter = rest % 6 == 3 ? "é" : std::string(1, alphabet.at(rest % 3));
      plain += letter;
      escaped += letter == "{" || letter == "}" ? letter + letter : letter;
    }
    EXPECT_EQ(parsed(escaped).render({}).text, plain);
  }
}

}  // namespace
}  // namespace burstd::burst
