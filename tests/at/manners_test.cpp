// When again and after how many numbers a SIM is suspect, code by code, written down from the table of codes and not
// from the code. What stands in no list is tried again in the usual manner, or not at all.
#include <gtest/gtest.h>

#include <map>

#include "at/errors.hpp"

namespace burstd::at {
namespace {

using base::Blame;
using base::Patience;

const std::map<int, Patience> cms_manners{
    {0, Patience::usual},          {17, Patience::usual},        {21, Patience::once},       {22, Patience::usual},
    {27, Patience::phone_away},    {31, Patience::usual},        {34, Patience::usual},      {38, Patience::very_slow},
    {41, Patience::quick},         {42, Patience::congested},    {47, Patience::slow},       {81, Patience::once},
    {98, Patience::once},          {111, Patience::once},        {127, Patience::twice},     {192, Patience::slow},
    {194, Patience::centre_fault}, {208, Patience::half_minute}, {209, Patience::usual},     {210, Patience::usual},
    {211, Patience::half_minute},  {212, Patience::half_minute}, {213, Patience::usual},     {224, Patience::once},
    {255, Patience::twice},        {300, Patience::usual},       {301, Patience::usual},     {302, Patience::usual},
    {314, Patience::sim_busy},     {317, Patience::usual},       {318, Patience::usual},     {320, Patience::usual},
    {321, Patience::usual},        {322, Patience::half_minute}, {331, Patience::elsewhere}, {340, Patience::usual},
    {512, Patience::usual},        {514, Patience::usual},       {515, Patience::usual},     {516, Patience::usual}};

const std::map<int, Patience> cms_of_the_sim{
    {8, Patience::elsewhere},    {28, Patience::another_sim}, {29, Patience::elsewhere},  {50, Patience::elsewhere},
    {69, Patience::another_sim}, {193, Patience::elsewhere},  {310, Patience::elsewhere}, {311, Patience::elsewhere},
    {312, Patience::elsewhere},  {313, Patience::elsewhere},  {315, Patience::elsewhere}, {316, Patience::elsewhere},
    {330, Patience::elsewhere}};

const std::map<int, Patience> cme_manners{
    {0, Patience::usual},     {1, Patience::usual},        {2, Patience::usual},  {3, Patience::usual},
    {14, Patience::sim_busy}, {17, Patience::usual},       {18, Patience::usual}, {20, Patience::half_minute},
    {21, Patience::usual},    {22, Patience::usual},       {23, Patience::usual}, {30, Patience::elsewhere},
    {134, Patience::usual},   {515, Patience::half_minute}};

void expect_manners(std::span<const ErrorRow> rows, Blame blame, const std::map<int, Patience>& expected) {
  std::size_t seen = 0;
  for (const ErrorRow& row : rows) {
    const Meaning& meaning = row.meaning;
    if (meaning.blame != blame) continue;
    const auto found = expected.find(meaning.code);
    ASSERT_NE(found, expected.end()) << meaning.code << " stands in no list";
    EXPECT_EQ(meaning.patience, found->second) << meaning.code;
    ++seen;
  }
  EXPECT_EQ(seen, expected.size());
}

TEST(CmsErrors, are_each_tried_again_in_their_own_manner) {
  expect_manners(cms_errors(), Blame::transient, cms_manners);
  expect_manners(cms_errors(), Blame::sim, cms_of_the_sim);
}

TEST(CmeErrors, are_each_tried_again_in_their_own_manner) {
  expect_manners(cme_errors(), Blame::transient, cme_manners);
}

TEST(CmsErrors, say_after_how_many_numbers_the_sim_is_suspect) {
  const std::map<int, int> known{{8, 3}, {10, 3}, {21, 3}, {27, 20}, {28, 3}, {29, 2}, {38, 0}, {50, 2}, {69, 2}};
  for (const ErrorRow& row : cms_errors()) {
    const auto found = known.find(row.meaning.code);
    const int expected = found == known.end() ? base::suspect_after(row.meaning.blame) : found->second;
    EXPECT_EQ(row.meaning.suspect_after, expected) << row.meaning.code;
  }
}

struct Need {
  Remedy remedy;
  int after;  // so many in a row
};

void expect_needs(std::span<const ErrorRow> rows, const std::map<int, Need>& expected) {
  std::size_t seen = 0;
  for (const ErrorRow& row : rows) {
    const auto found = expected.find(row.meaning.code);
    const Need need = found == expected.end() ? Need{Remedy::none, 1} : found->second;
    EXPECT_EQ(row.meaning.remedy, need.remedy) << row.meaning.code;
    EXPECT_EQ(row.meaning.remedy_after, need.after) << row.meaning.code;
    seen += found == expected.end() ? 0 : 1;
  }
  EXPECT_EQ(seen, expected.size());
}

TEST(CmsErrors, say_what_the_modem_needs) {
  expect_needs(cms_errors(), {{28, {Remedy::look, 1}},
                              {81, {Remedy::set_up, 1}},
                              {111, {Remedy::set_up, 1}},
                              {208, {Remedy::drain, 1}},
                              {210, {Remedy::set_up, 2}},
                              {211, {Remedy::drain, 1}},
                              {300, {Remedy::restart, 2}},
                              {302, {Remedy::set_up, 1}},
                              {320, {Remedy::set_up, 1}},
                              {322, {Remedy::drain, 1}},
                              {331, {Remedy::look, 1}},
                              {500, {Remedy::set_up, 5}}});
}

TEST(CmeErrors, say_what_the_modem_needs) {
  expect_needs(cme_errors(), {{20, {Remedy::drain, 1}}, {30, {Remedy::look, 1}}});
}

}  // namespace
}  // namespace burstd::at
