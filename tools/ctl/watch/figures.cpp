#include "ctl/watch/figures.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace burstd::ctl {

namespace {

constexpr std::chrono::seconds patience_of_watchers{8};

// `name="text",…}`; what follows stays in `rest`.
std::optional<std::map<std::string, std::string>> read_labels(std::string_view& rest) {
  std::map<std::string, std::string> labels;
  while (!rest.empty() && rest.front() != '}') {
    const auto equals = rest.find("=\"");
    if (equals == std::string_view::npos) return std::nullopt;
    const std::string name(rest.substr(0, equals));
    rest.remove_prefix(equals + 2);
    std::string text;
    for (; !rest.empty() && rest.front() != '"'; rest.remove_prefix(1)) {
      const bool escape = rest.front() == '\\' && rest.size() > 1;
      if (escape) rest.remove_prefix(1);
      text += escape && rest.front() == 'n' ? '\n' : rest.front();
    }
    labels.emplace(name, std::move(text));
    rest.remove_prefix(rest.starts_with("\",") ? 2 : std::min<std::size_t>(rest.size(), 1));
  }
  if (rest.empty()) return std::nullopt;
  rest.remove_prefix(1);
  return labels;
}

std::optional<std::pair<std::string, Sample>> read_sample(std::string_view line) {
  const auto end = line.find_first_of("{ ");
  if (line.starts_with('#') || end == std::string_view::npos) return std::nullopt;
  std::pair<std::string, Sample> read(line.substr(0, end), Sample{});
  line.remove_prefix(end);
  if (line.front() == '{') {
    line.remove_prefix(1);
    auto labels = read_labels(line);
    if (!labels) return std::nullopt;
    read.second.labels = std::move(*labels);
  }
  line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  const auto [stop, fault] = std::from_chars(line.data(), line.data() + line.size(), read.second.value);
  if (fault != std::errc{}) return std::nullopt;
  return read;
}

}  // namespace

Figures::Figures(std::string_view page) {
  while (!page.empty()) {
    const auto end = std::min(page.find('\n'), page.size());
    if (auto sample = read_sample(page.substr(0, end))) x_samples[sample->first].push_back(std::move(sample->second));
    page.remove_prefix(std::min(end + 1, page.size()));
  }
}

const std::vector<Sample>& Figures::all(const std::string& name) const {
  static const std::vector<Sample> none;
  const auto found = x_samples.find(name);
  return found == x_samples.end() ? none : found->second;
}

std::optional<double> Figures::value(const std::string& name) const {
  const auto& samples = all(name);
  return samples.empty() ? std::nullopt : std::optional{samples.front().value};
}

std::optional<double> Figures::value(const std::string& name, const std::string& label, const std::string& text) const {
  for (const Sample& sample : all(name)) {
    const auto found = sample.labels.find(label);
    if (found != sample.labels.end() && found->second == text) return sample.value;
  }
  return std::nullopt;
}

double Figures::sum(const std::string& name) const {
  double sum = 0;
  for (const Sample& sample : all(name)) sum += sample.value;
  return sum;
}

base::Result<Answer> fetch_figures(const Session& session) {
  const Client client(session.client.socket(), patience_of_watchers);
  return client.ask({"GET", "/metrics", {}});
}

Or<std::string> ask_figures(const Session& session) {
  const auto answer = fetch_figures(session);
  if (!answer) return complain(session, answer.error().sentence, Exit::unreachable);
  if (!answer->good()) return judged(session, *answer).error();
  return answer->body;
}

}  // namespace burstd::ctl
