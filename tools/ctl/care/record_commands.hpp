// burstctl verify, backup, restore, release: the record looked after, over the socket while the gateway runs and on its
// files while it does not. The rules of backups are store's; what is shown here is its words.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct RecordWishes {
  std::string file;                             // the backup, to be written or put in place
  std::string record;                           // verify: the folder or file; restore: the folder
  std::optional<std::filesystem::path> config;  // restore: says where the record is; none: the usual, if it is there
  std::string user, reason;
  std::size_t rows = 50;  // of the audit
};

Exit verify_record(const Session& session, const RecordWishes& wishes);
Exit back_up(const Session& session, const RecordWishes& wishes);
Exit restore_record(const Session& session, const RecordWishes& wishes);
Exit release_record(const Session& session, const RecordWishes& wishes);

}  // namespace burstd::ctl
