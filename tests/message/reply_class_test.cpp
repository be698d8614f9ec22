#include "message/reply_class.hpp"

#include <gtest/gtest.h>

namespace burstd::message {
namespace {

ReplyClass said(std::string_view text) { return classify(text, ReplyWords{}); }

TEST(ReplyClass, TheWholeTextInAnyCaseIsTheWord) {
  for (const char* text : {"Y", "y", "YES", "Yes", "yes", " yes ", "\tyEs\r\n", "\u00A0Yes\u200B", "\uFEFFyes"}) {
    EXPECT_EQ(said(text), ReplyClass::confirm) << text;
  }
  for (const char* text : {"N", "n", "NO", "no", "  No\n"}) EXPECT_EQ(said(text), ReplyClass::decline) << text;
  for (const char* text : {"START", "start", "Unstop "}) EXPECT_EQ(said(text), ReplyClass::start) << text;
  for (const char* text :
       {"STOP", "stop", " Stop\n", "STOPALL", "Stop  all", "UNSUBSCRIBE", "Quit", "END", "OPT OUT"}) {
    EXPECT_EQ(said(text), ReplyClass::stop) << text;
  }
}

TEST(ReplyClass, AnythingElseIsForAPersonToRead) {
  for (const char* text : {"", " ", "Yes please", "no, thank you", "Please stop", "STOP it", "st op", "CANCEL",
                           "Cancel ", "Ja", "stopp", "yess", "\xFF", "Y?", "[…]"}) {
    EXPECT_EQ(said(text), ReplyClass::other) << text;
  }
}

TEST(ReplyClass, TheClinicsOwnWordsCountInAnyCaseOfTheirLetters) {
  ReplyWords words;
  words.confirm = {"Ja", "Größe", "Да"};
  words.stop = {"STOP", "STOPP", "Abmelden", "arrêt"};
  EXPECT_EQ(classify("JA", words), ReplyClass::confirm);
  EXPECT_EQ(classify("GRÖßE", words), ReplyClass::confirm);
  EXPECT_EQ(classify("да", words), ReplyClass::confirm);
  EXPECT_EQ(classify("stopp", words), ReplyClass::stop);
  EXPECT_EQ(classify("ABMELDEN", words), ReplyClass::stop);
  EXPECT_EQ(classify("ARRÊT", words), ReplyClass::stop);
  EXPECT_EQ(classify("yes", words), ReplyClass::other) << "what is configured takes the place of the default";
}

TEST(ReplyClass, StopGoesBeforeEverythingElse) {
  ReplyWords words;
  words.confirm = {"stop"};
  EXPECT_EQ(classify("stop", words), ReplyClass::stop);
}

TEST(ReplyClass, HasANameForEach) {
  for (const ReplyClass each : all_reply_classes) EXPECT_EQ(reply_class_from(to_string(each)), each);
  EXPECT_EQ(to_string(ReplyClass::decline), "decline");
  EXPECT_FALSE(reply_class_from("perhaps"));
  EXPECT_TRUE(same_words(" Opt  Out", "OPT OUT"));
  EXPECT_FALSE(same_words("optout", "opt out"));
}

}  // namespace
}  // namespace burstd::message
