// In which way reports are to come, over a real pseudo-terminal: each way, and what is taken where it is not to be had.
#include "bench.hpp"

namespace burstd::modem {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

// A modem that offers everything and does what it is told.
class ReportRoutesOf : public Bench {
 protected:
  ReportRoutesOf() {
    driver.stored_reports = driver.acknowledged_reports = Trust::yes;
    fake.answers["AT+CNMI=?"] = "+CNMI: (0-2),(0-1),(0-3),(0-2),(0-1)\r\n";
    fake.answers["AT+CPMS=?"] = "+CPMS: (\"SM\",\"ME\",\"SR\"),(\"SM\",\"ME\"),(\"SM\",\"ME\")\r\n";
    for (const char* name : {"SM", "ME", "SR"}) fake.answers["AT+CPMS=\"" + std::string(name) + "\""] = used_of(50);
    for (const char* route : {"2,1,0,2,0", "2,1,0,1,0", "2,1,0,0,0"}) takes(route);
    for (const char* service : {"0", "1"}) {
      fake.instead["AT+CSMS=" + std::string(service)] = [this, service] {
        fake.answers["AT+CSMS?"] = "+CSMS: " + std::string(service) + ",1,1,1\r\n";
        fake.say("\r\n+CSMS: 1,1,1\r\n\r\nOK\r\n");
      };
    }
    fake.plug();
  }

  static std::string used_of(int total) { return "+CPMS: 0," + std::to_string(total) + "\r\n"; }
  void takes(const std::string& route) {
    fake.instead["AT+CNMI=" + route] = [this, route] {
      fake.answers["AT+CNMI?"] = "+CNMI: " + route + "\r\n";
      fake.say("\r\nOK\r\n");
    };
  }
  void refuses(const std::string& route) {
    fake.instead["AT+CNMI=" + route] = [this] { fake.say("\r\n+CMS ERROR: 303\r\n"); };
  }
  void service_stays(const std::string& service) {
    fake.instead["AT+CSMS=0"] = fake.instead["AT+CSMS=1"] = [this] { fake.say("\r\nERROR\r\n"); };
    fake.answers["AT+CSMS?"] = "+CSMS: " + service + ",1,1,1\r\n";
  }
  void play_until_ready() {
    play([&]() -> async::Task<> { co_await ready(); });
  }
  std::string last_route() const {
    std::string last;
    for (const std::string& line : fake.lines) {
      if (line.rfind("AT+CNMI=", 0) == 0 && line != "AT+CNMI=?") last = line.substr(8);
    }
    return last;
  }
  void expect(ReportWay way, const std::string& route) {
    EXPECT_STREQ(to_string(modem().status().report_way), to_string(way));
    EXPECT_EQ(modem().status().report_route, route);
    EXPECT_EQ(last_route(), route);
    EXPECT_FALSE(modem().status().reports_proven);
  }
};

TEST_F(ReportRoutesOf, stored_reports_come_first) {
  play_until_ready();
  expect(ReportWay::stored, "2,1,0,2,0");
  EXPECT_THAT(modem().status().report_sentence, HasSubstr("(50 places)"));
  EXPECT_EQ(fake.count("AT+CSMS=1"), 0);
}

TEST_F(ReportRoutesOf, ten_places_are_enough_and_nine_are_not) {
  fake.answers["AT+CPMS=\"SR\""] = used_of(10);
  play_until_ready();
  expect(ReportWay::stored, "2,1,0,2,0");
}

TEST_F(ReportRoutesOf, too_few_places_are_worse_than_an_acknowledgement) {
  fake.answers["AT+CPMS=\"SR\""] = used_of(9);
  play_until_ready();
  expect(ReportWay::acknowledged, "2,1,0,1,0");
  EXPECT_THAT(modem().status().report_sentence, HasSubstr("The network repeats"));
}

TEST_F(ReportRoutesOf, a_memory_that_cannot_be_looked_into_is_not_relied_on) {
  fake.answers.erase("AT+CPMS=\"SR\"");
  play_until_ready();
  expect(ReportWay::acknowledged, "2,1,0,1,0");
}

TEST_F(ReportRoutesOf, refused_storing_falls_back_to_an_acknowledgement) {
  refuses("2,1,0,2,0");
  play_until_ready();
  expect(ReportWay::acknowledged, "2,1,0,1,0");
}

TEST_F(ReportRoutesOf, without_a_service_1_reports_come_as_they_come) {
  driver.stored_reports = Trust::no;
  service_stays("0");
  play_until_ready();
  expect(ReportWay::direct, "2,1,0,1,0");
  EXPECT_THAT(modem().status().report_sentence, HasSubstr("is lost"));
}

TEST_F(ReportRoutesOf, an_acknowledgement_that_nobody_vouches_for_is_not_asked_for) {
  driver.stored_reports = Trust::no;
  driver.acknowledged_reports = Trust::probe;
  play_until_ready();
  expect(ReportWay::direct, "2,1,0,1,0");
  EXPECT_EQ(fake.count("AT+CSMS=1"), 0);
  EXPECT_EQ(fake.count("AT+CSMS=0"), 1);
}

TEST_F(ReportRoutesOf, a_service_1_that_stays_is_lived_with) {
  driver.stored_reports = driver.acknowledged_reports = Trust::no;
  service_stays("1");
  play_until_ready();
  expect(ReportWay::acknowledged, "2,1,0,1,0");
}

TEST_F(ReportRoutesOf, doubtful_storing_is_taken_when_nothing_else_is_left) {
  driver.stored_reports = Trust::probe;
  driver.acknowledged_reports = Trust::no;
  refuses("2,1,0,1,0");
  fake.answers.erase("AT+CPMS=\"SR\"");
  play_until_ready();
  expect(ReportWay::stored, "2,1,0,2,0");
  EXPECT_THAT(modem().status().report_sentence, Not(HasSubstr("places")));
}

TEST_F(ReportRoutesOf, doubtful_storing_comes_after_reports_that_come_directly) {
  driver.stored_reports = Trust::probe;
  driver.acknowledged_reports = Trust::no;
  play_until_ready();
  expect(ReportWay::direct, "2,1,0,1,0");
  EXPECT_THAT(fake.lines, Not(Contains("AT+CNMI=2,1,0,2,0")));
}

TEST_F(ReportRoutesOf, storing_that_is_known_not_to_work_is_never_tried) {
  driver.stored_reports = driver.acknowledged_reports = Trust::no;
  refuses("2,1,0,1,0");
  play_until_ready();
  expect(ReportWay::none, "2,1,0,0,0");
  EXPECT_THAT(fake.lines, Not(Contains("AT+CNMI=2,1,0,2,0")));
}

TEST_F(ReportRoutesOf, a_route_that_the_modem_never_shows_is_better_than_none_and_stands_at_the_end) {
  driver.stored_reports = driver.acknowledged_reports = Trust::no;
  fake.instead["AT+CNMI?"] = [this] { fake.say("\r\nERROR\r\n"); };
  play_until_ready();
  expect(ReportWay::direct, "2,1,0,1,0");
}

TEST_F(ReportRoutesOf, a_modem_that_takes_everything_and_shows_only_a_route_without_reports_gives_none) {
  driver.stored_reports = driver.acknowledged_reports = Trust::no;
  fake.instead["AT+CNMI?"] = [this] { fake.say("\r\n+CNMI: 2,1,0,0,0\r\n\r\nOK\r\n"); };
  play_until_ready();
  expect(ReportWay::none, "2,1,0,0,0");
}

TEST_F(ReportRoutesOf, an_offer_of_nothing_forbids_nothing) {
  fake.answers["AT+CNMI=?"] = "+CNMI: (9),(9),(9),(9),(9)\r\n";
  play_until_ready();
  expect(ReportWay::stored, "2,1,0,2,0");
}

TEST_F(ReportRoutesOf, a_way_is_proven_by_the_first_report_and_stays_so) {
  driver.stored_reports = Trust::no;
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_FALSE(modem().status().reports_proven);
    fake.say("\r\n+CDS: 25\r\n" + some_report + "\r\n");
    co_await until([&] { return modem().status().reports_proven; });
    fake.unplug();
    co_await until([&] { return host.link == nullptr; });
    fake.plug();
    co_await ready();
    EXPECT_TRUE(modem().status().reports_proven);
  });
}

TEST_F(ReportRoutesOf, stored_reports_that_are_not_to_be_had_are_asked_for_in_another_way) {
  play([&]() -> async::Task<> {
    co_await ready();
    EXPECT_EQ(modem().status().report_way, ReportWay::stored);
    for (int index = 1; index <= 3; ++index) {
      const int before = fake.count("AT+CMGR=" + std::to_string(index));
      fake.say("\r\n+CDSI: \"SR\"," + std::to_string(index) + "\r\n");
      co_await until([&] { return fake.count("AT+CMGR=" + std::to_string(index)) > before; });
      co_await async::sleep_for(200ms);  // until it was looked for everywhere
    }
    co_await until([&] { return host.served == 2; });
    EXPECT_EQ(modem().status().report_way, ReportWay::acknowledged);
    fake.unplug();
    co_await until([&] { return host.link == nullptr; });
    fake.plug();
    co_await ready();
    EXPECT_EQ(modem().status().report_way, ReportWay::acknowledged) << "it is not tried again";
  });
  EXPECT_TRUE(host.said("not to be had"));
  EXPECT_EQ(fake.count("AT+CNMI=2,1,0,2,0"), 1);
}

TEST_F(ReportRoutesOf, stored_reports_of_which_one_is_found_are_not_given_up) {
  fake.answers["AT+CMGR=2@SR"] = "+CMGR: 0,,25\r\n" + some_report + "\r\n";
  fake.answers["AT+CMGD=2"] = "";
  play([&]() -> async::Task<> {
    co_await ready();
    for (const char* index : {"1", "3", "2", "4", "5"}) fake.say("\r\n+CDSI: \"SR\"," + std::string(index) + "\r\n");
    co_await until([&] { return fake.count("AT+CMGR=5") > 0 && host.reports.size() == 1; });
    EXPECT_EQ(modem().status().report_way, ReportWay::stored);
  });
  EXPECT_EQ(host.served, 1);
}

}  // namespace
}  // namespace burstd::modem
