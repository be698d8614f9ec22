// Information lines of memories, service centre, PIN counters and report routes, in the forms modems give them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "at/reply.hpp"

namespace burstd::at {
namespace {

struct LineAndValue {
  const char* line;
  const char* expected;
};

std::string uses_of(const std::vector<MemoryUse>& uses) {
  std::string all;
  for (const MemoryUse& use : uses)
    all += (all.empty() ? "" : " ") + use.name + ":" + std::to_string(use.used) + "/" + std::to_string(use.total);
  return all;
}

TEST(MemoryUse, is_read_with_and_without_names) {
  const std::vector<LineAndValue> lines{
      {"+CPMS: \"SM\",3,50,\"ME\",10,99,\"MT\",13,149", "SM:3/50 ME:10/99 MT:13/149"},
      {"+CPMS:\"SM\", 3, 50", "SM:3/50"},
      {"+CPMS: SM,3,50,SM,3,50,SM,3,50", "SM:3/50 SM:3/50 SM:3/50"},
      {"+CPMS: 3,50,10,99,13,149", ":3/50 :10/99 :13/149"},
      {"+CPMS: 3,50", ":3/50"},
      {"+CPMS: 0,0", ":0/0"},
      {"+CPMS: \"SM\",3", ""},
      {"+CPMS: \"SM\",3,\"ME\",1,9", "ME:1/9"},
      {"+CPMS: \"\",\"\",\"\"", ""},
      {"+CPMS: ,,,", ""},
      {"+CPMS:", ""},
      {"+CPMS: \"SM\",-1,50", ""},
  };
  for (const LineAndValue& each : lines) EXPECT_EQ(uses_of(memory_use(each.line)), each.expected) << each.line;
}

TEST(OwnNumber, is_whole_where_the_sim_says_so_and_else_as_it_is_kept) {
  const std::vector<LineAndValue> lines{
      {"+CNUM: \"Line 1\",\"+41791234567\",145", "+41791234567"},
      {"+CNUM: ,\"41791234567\",145", "+41791234567"},
      {"+CNUM: \"\",\"0791234567\",129,7,4", "0791234567"},
      {"+CNUM: \"1234\",\"0791234567\",161", "0791234567"},
      {"+CNUM: \"+41791234567\",145", "+41791234567"},
      {"+CNUM: \"\",\"\",129", ""},
      {"+CNUM: \"\",\"\",255", ""},
      {"+CNUM: \"none\"", ""},
      {"+CNUM:", ""},
  };
  for (const LineAndValue& each : lines) EXPECT_EQ(own_number({each.line}), each.expected) << each.line;
  EXPECT_EQ(own_number({lines[5].line, lines[0].line}), "+41791234567") << "the first that has one";
  EXPECT_EQ(own_number({}), "");
}

TEST(ServiceCentre, is_the_number_as_it_stands_or_empty) {
  const std::vector<LineAndValue> lines{
      {"+CSCA: \"+491710760000\",145", "+491710760000"},
      {"+CSCA:\"491710760000\"", "491710760000"},
      {"+CSCA: +491710760000,145", "+491710760000"},
      {"+CSCA: \"\",129", ""},
      {"+CSCA: ,", ""},
      {"+CSCA:", ""},
      {"+CSCA: \"002B003400390031\",145", "002B003400390031"},
  };
  for (const LineAndValue& each : lines) EXPECT_EQ(service_centre(each.line), each.expected) << each.line;
}

TEST(NumberAt, counts_its_fields_from_zero) {
  EXPECT_EQ(number_at("+CPINR: SIM PIN,3,10", 1), 3);
  EXPECT_EQ(number_at("^CPIN: SIM PIN,3,10,2,10,3", 3), 2);
  EXPECT_EQ(number_at("+SPIC: 3", 0), 3);
  EXPECT_EQ(number_at("3,10", 1), 10);
  EXPECT_EQ(number_at("+X: \"2\"", 0), 2);
  EXPECT_FALSE(number_at("+CPINR: SIM PIN,3", 0));
  EXPECT_FALSE(number_at("+CPINR: SIM PIN,3", 2));
  EXPECT_FALSE(number_at("+CPINR: SIM PIN,", 1));
  EXPECT_FALSE(number_at("+CPINR: SIM PIN,3", -1));
  EXPECT_FALSE(number_at("+CPINR: SIM PIN,-1", 1));
  EXPECT_FALSE(number_at("", 0));
}

TEST(ReportKind, is_the_fourth_number_and_routes_are_alike_by_it) {
  EXPECT_EQ(report_kind("2,1,0,0,0"), 0);
  EXPECT_EQ(report_kind("2,1,0,1,0"), 1);
  EXPECT_EQ(report_kind("2, 1, 0, 2"), 2);
  EXPECT_EQ(report_kind(report_route("+CNMI: 2,1,0,2,0")), 2);
  EXPECT_EQ(report_kind(""), -1);
  EXPECT_EQ(report_kind("2,1,0,"), -1);
  EXPECT_EQ(report_kind("2,1,0,x"), -1);
  EXPECT_TRUE(same_reports("2,1,0,1,0", "1,2,3,1,1"));
  EXPECT_FALSE(same_reports("2,1,0,1,0", "2,1,0,2,0"));
  EXPECT_FALSE(same_reports("2,1,0,1,0", "2,1"));
  EXPECT_FALSE(same_reports("", ""));
}

}  // namespace
}  // namespace burstd::at
