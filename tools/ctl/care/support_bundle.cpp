#include "ctl/care/support_bundle.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <ostream>
#include <vector>

#include "ctl/care/bundle_mask.hpp"
#include "ctl/care/bundle_pieces.hpp"
#include "ctl/files/new_file.hpp"
#include "ctl/watch/health.hpp"
#include "ctl/wire/problem.hpp"
#include "ctl/words/look.hpp"

namespace burstd::ctl {

namespace {

constexpr const char* about =
    "What a helper needs to see how this SMS gateway is. Made by burstctl support-bundle.\n"
    "No text of a message is in it, and of every number only the last three digits. Look through it before\n"
    "you pass it on all the same: names of modems, users of the machine and folders are as they are.\n";

// A folder of its own that goes away again.
class Workshop {
 public:
  Workshop() {
    std::string pattern = (std::filesystem::temp_directory_path() / "burstctl-support-XXXXXX").string();
    if (::mkdtemp(pattern.data()) != nullptr) x_folder = pattern;
  }
  Workshop(const Workshop&) = delete;
  Workshop& operator=(const Workshop&) = delete;
  ~Workshop() {
    std::error_code ignored;
    if (!x_folder.empty()) std::filesystem::remove_all(x_folder, ignored);
  }

  bool put(const std::string& name, const std::string& content) const {
    std::ofstream file(x_folder / name, std::ios::binary);
    file << content;
    return file.good();
  }
  const std::filesystem::path& folder() const { return x_folder; }

 private:
  std::filesystem::path x_folder;
};

std::string answer_to(const Session& session, const std::string& target) {
  const auto answer = session.client.ask({"GET", target, {}});
  if (!answer) return answer.error().sentence + "\n";
  if (!answer->good()) return explain(*answer, {});
  boost::system::error_code failure;
  const json::value body = json::parse(answer->body, failure);
  return failure ? answer->body : json::serialize(masked(body)) + "\n";
}

std::string health_piece(const std::string& metrics) {
  const Diagnosis diagnosis = diagnose(Figures(metrics), {});
  std::string piece = diagnosis.summary + "\n";
  for (const Finding& finding : diagnosis.findings) piece += finding.sentence + "\n";
  return piece;
}

bool fill(const Workshop& workshop, const Session& session, const BundleWish& wish) {
  const config::Config config = config::load(wish.config).config;
  const std::string metrics = answer_to(session, "/metrics");
  const std::array<std::pair<const char*, std::string>, 13> pieces{{
      {"README.txt", about},
      {"system.txt", system_piece()},
      {"version.json", answer_to(session, "/v1/version")},
      {"status.json", answer_to(session, "/v1/status")},
      {"modems.json", answer_to(session, "/v1/modems")},
      {"quota.json", answer_to(session, "/v1/quota")},
      {"metrics.txt", metrics},
      {"health.txt", health_piece(metrics)},
      {"configuration.yaml", configuration_piece(wish.config)},
      {"drivers.txt", drivers_piece(config.driver_folders)},
      {"ports.txt", ports_piece(config.finding.sysfs, config.finding.devices)},
      {"record.txt", record_piece(config.record.folder)},
      {"journal.txt", journal_piece()},
  }};
  for (const auto& [name, content] : pieces) {
    if (!workshop.put(name, content)) return false;
  }
  return true;
}

// To a file that is open, so that its name is no host to tar and its mode is not that of a former one.
bool pack(const std::filesystem::path& folder, const std::string& name, int into) {
  const std::string parent = folder.parent_path().string();
  const std::string renamed = "--transform=s,^" + folder.filename().string() + "," + name + ",";
  const std::string what = folder.filename().string();
  std::vector<std::string> arguments{"tar",       "-C",         parent, renamed, "--owner=0",
                                     "--group=0", "--mode=go=", "-czf", "-",     what};
  std::vector<char*> words;
  for (std::string& argument : arguments) words.push_back(argument.data());
  words.push_back(nullptr);
  posix_spawn_file_actions_t output;
  ::posix_spawn_file_actions_init(&output);
  ::posix_spawn_file_actions_adddup2(&output, into, STDOUT_FILENO);
  pid_t process = 0;
  int status = 0;
  const int fault = ::posix_spawnp(&process, "tar", &output, nullptr, words.data(), environ);
  ::posix_spawn_file_actions_destroy(&output);
  if (fault != 0) return false;
  return ::waitpid(process, &status, 0) == process && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

Exit write_bundle(const Session& session, const BundleWish& wish) {
  const std::string name = "burstd-support-" + base::to_rfc3339(session.term.now()).substr(0, 10);
  const std::string file = wish.file.empty() ? name + ".tar.gz" : wish.file;
  NewFile bundle(file);
  const Workshop workshop;
  if (workshop.folder().empty() || !fill(workshop, session, wish))
    return complain(session, "there is no room for the pieces in the folder for temporary files (TMPDIR)");
  if (!pack(workshop.folder(), name, bundle.descriptor()))
    return complain(session, file + " could not be written by tar. Free some space, or name a file in another folder.");
  bundle.keep();
  if (session.json) {
    session.term.out << json::serialize(json::object{{"file", file}}) << '\n';
    return Exit::done;
  }
  session.term.out << "Written: " << file
                   << "\nNo text and no whole number is in it; look through it before you pass it on.\n";
  return Exit::done;
}

}  // namespace

Exit make_support_bundle(const Session& session, const BundleWish& wish) {
  return telling(session, [&] { return write_bundle(session, wish); });
}

}  // namespace burstd::ctl
