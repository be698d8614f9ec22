#include "ctl/care/record_commands.hpp"

#include <fmt/format.h>

#include <boost/json/serialize.hpp>
#include <chrono>
#include <optional>
#include <ostream>
#include <stdexcept>

#include "base/counted.hpp"
#include "base/hex.hpp"
#include "config/loader.hpp"
#include "ctl/files/new_file.hpp"
#include "ctl/words/look.hpp"
#include "ctl/words/when.hpp"
#include "ctl/words/width.hpp"
#include "store/head.hpp"
#include "store/restoring.hpp"

namespace burstd::ctl {

namespace {

// A record of many years is looked at for minutes before there is an answer.
constexpr std::chrono::hours patience{6};
constexpr const char* usual_config = "/etc/burstd/burstd.yaml";

json::object as_answered(const store::Checked& checked) {
  const store::Verification& found = checked.verification;
  json::value broken = nullptr;
  if (found.broken)
    broken = json::object{{"table", found.broken->table}, {"id", found.broken->id}, {"detail", found.broken->what}};
  return {{"whole", found.whole},
          {"sentence", found.sentence},
          {"rows", found.rows},
          {"messages", found.messages},
          {"broken", std::move(broken)},
          {"last_seq", found.newest.seq},
          {"seal", base::to_hex(found.newest.seal)},
          {"epoch", checked.epoch}};
}

Exit tell(const Session& session, const json::object& found) {
  const bool whole = truth(found, "whole");
  if (!session.json) {
    session.term.out << session.term.paint(printable(text(found, "sentence")), whole ? Style::green : Style::red)
                     << '\n'
                     << "Epoch " << printable(text(found, "epoch")) << ", last change " << text(found, "last_seq")
                     << ", seal " << printable(text(found, "seal")) << '\n';
  }
  return whole ? Exit::done : Exit::refused;
}

store::Options in_folder(const std::filesystem::path& folder) {
  store::Options options;
  options.folder = folder;
  return options;
}

std::filesystem::path file_named(const std::string& record) {
  const std::filesystem::path path = record;
  return std::filesystem::is_directory(path) ? store::file_of(in_folder(path)) : path;
}

// A record of which the end was cut off proves itself; what lies beside it knows better.
void hold_against_head(store::Verification& found, const std::optional<store::Head>& head) {
  if (!found.whole || !head || head->seq <= found.newest.seq) return;
  found.whole = false;
  found.sentence = fmt::format("The record ends with change {}, and burstd.head beside it knows of change {}.",
                               found.newest.seq, head->seq);
}

Exit verify_file(const Session& session, const std::string& record) {
  const std::filesystem::path file = file_named(record);
  if (!std::filesystem::exists(file))
    return complain(session, file.string() + " does not exist. Name a record's folder or a backup.");
  // Read first: what is committed while the file is looked at may not make it one that was cut.
  const auto head = std::filesystem::is_directory(record) ? store::head_beside(record) : std::nullopt;
  store::Checked checked = store::check_file(file);
  hold_against_head(checked.verification, head);
  const json::object found = as_answered(checked);
  if (session.json) session.term.out << json::serialize(found) << '\n';
  const Exit exit = tell(session, found);
  if (checked.taken_at && !session.json)
    session.term.out << "It is a backup of " << for_people(*checked.taken_at, session.term.now()) << ".\n";
  return exit;
}

// What is in its place may be replaced only when it is a backup, too: a word too many must not cost the record.
std::optional<std::string> obstacle_at(const std::string& file) {
  if (!std::filesystem::exists(file)) return std::nullopt;
  const std::string sentence = file + " exists and is no backup of burstd. Name another file.";
  try {
    return store::is_backup(file) ? std::nullopt : std::optional(sentence);
  } catch (const std::runtime_error&) {
    return sentence;
  }
}

Or<std::filesystem::path> folder_of(const Session& session, const RecordWishes& wishes) {
  if (!wishes.record.empty()) return std::filesystem::path(wishes.record);
  const std::filesystem::path file = wishes.config.value_or(usual_config);
  std::error_code fault;
  const bool missing = !std::filesystem::exists(file, fault) && !fault;
  if (missing && !wishes.config) return store::Options().folder;
  const auto loaded = config::load(file);
  if (loaded.complaints.empty()) return loaded.config.record.folder;
  return complain(session, config::to_string(loaded.complaints.front()) +
                               "\nWithout the configuration it is not known where the record is. Correct that, or name "
                               "the record's folder: --record FOLDER.");
}

Exit write_backup(const Session& session, const RecordWishes& wishes) {
  if (const auto obstacle = obstacle_at(wishes.file)) return complain(session, *obstacle);
  const Client client(session.client.socket(), patience);
  NewFile incoming(wishes.file);
  const auto answer =
      client.download({"GET", "/v1/backup", {}}, [&](std::string_view octets) { incoming.write(octets); });
  if (!answer) return complain(session, answer.error().sentence + " There is no backup.", Exit::unreachable);
  if (!answer->good()) return judged(session, *answer).error();
  const store::Checked checked = store::check_file(incoming.path());
  if (!checked.taken_at || !checked.verification.whole)
    return complain(session, "What came is no whole backup and was not kept. " + checked.verification.sentence);
  incoming.keep();
  if (session.json) {
    session.term.out << json::serialize(as_answered(checked)) << '\n';
    return Exit::done;
  }
  session.term.out << fmt::format("{}: a whole backup, {}, to change {}. It holds texts and numbers: keep it safe.\n",
                                  wishes.file, base::counted(checked.verification.messages, "message", "messages"),
                                  checked.verification.newest.seq);
  return Exit::done;
}

Exit put_in_place(const Session& session, const RecordWishes& wishes) {
  const auto folder = folder_of(session, wishes);
  if (!folder) return folder.error();
  const store::Restored restored = store::restore(in_folder(*folder), wishes.file, session.term.now());
  const std::string aside = restored.aside ? restored.aside->string() : "";
  if (session.json) {
    session.term.out << json::serialize(json::object{{"record", store::file_of(in_folder(*folder)).string()},
                                                     {"aside", aside},
                                                     {"messages", restored.verification.messages},
                                                     {"last_seq", restored.verification.newest.seq}})
                     << '\n';
    return Exit::done;
  }
  std::ostream& out = session.term.out;
  out << wishes.file << " is the record in " << folder->string() << " now: " << restored.verification.messages
      << " messages, to change " << restored.verification.newest.seq << ".\n";
  if (!aside.empty()) out << "The record that was there is kept as " << aside << ".\n";
  if (!restored.taken_at) out << "It bore no mark of a backup and was taken as it is.\n";
  out << "Start burstd. It sends nothing yet: what waited may have left since. When you are sure that no other\n"
         "gateway sends from this record, let it send again: burstctl release --user YOU --reason WHY\n";
  return Exit::done;
}

}  // namespace

Exit verify_record(const Session& session, const RecordWishes& wishes) {
  if (!wishes.record.empty()) return telling(session, [&] { return verify_file(session, wishes.record); });
  const Client client(session.client.socket(), patience);
  const auto reply = ask({client, session.term, session.json}, {"POST", "/v1/verify", {}});
  if (!reply) return reply.error();
  if (session.json) print_raw(session, reply->answer);
  return tell(session, reply->object());
}

Exit back_up(const Session& session, const RecordWishes& wishes) {
  return telling(session, [&] { return write_backup(session, wishes); });
}

Exit restore_record(const Session& session, const RecordWishes& wishes) {
  return telling(session, [&] { return put_in_place(session, wishes); });
}

Exit release_record(const Session& session, const RecordWishes& wishes) {
  const json::object body{{"user", wishes.user}, {"reason", wishes.reason}};
  const auto reply = ask(session, {"POST", "/v1/release", json::serialize(body)});
  if (!reply) return reply.error();
  if (session.json) {
    print_raw(session, reply->answer);
    return Exit::done;
  }
  session.term.out << "The record was released; what waits is sent. What is uncertain since the restore is for you\n"
                      "to look at: burstctl items --call-list\n";
  return Exit::done;
}

}  // namespace burstd::ctl
