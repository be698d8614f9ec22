// A page of figures in Prometheus' text format, version 0.0.4: families, each with its help and type, and their
// samples. Pure. metrics.cpp says which figures there are; nothing else is known of them here.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace burstd::api {

class Exposition {
 public:
  using Labels = std::vector<std::pair<std::string_view, std::string>>;

  // What follows are its samples. A family is begun once. `help` is a sentence of one line.
  void gauge(std::string_view name, std::string_view help) { begin(name, "gauge", help); }
  void counter(std::string_view name, std::string_view help) { begin(name, "counter", help); }
  void summary(std::string_view name, std::string_view help) { begin(name, "summary", help); }

  void add(double value, const Labels& labels = {}) { sample("", value, labels); }
  void add_sum(double sum, std::int64_t count);  // of a summary

  std::string take() { return std::move(x_page); }

 private:
  void begin(std::string_view name, std::string_view type, std::string_view help);
  void sample(std::string_view suffix, double value, const Labels& labels);

  std::string x_page, x_name;
};

}  // namespace burstd::api
