// The commands about single messages: what may be typed after check, send, cancel, resend, resolve, note, items and
// show. Used by command_line; nothing is done here.
#pragma once

#include <string>

#include "ctl/items/item_commands.hpp"
#include "ctl/items/message_commands.hpp"
#include "ctl/line/finish.hpp"
#include "ctl/watch/nagios.hpp"

namespace burstd::ctl {

struct MessageWishes {
  Message message;
  NagiosWish nagios;
  Withdrawal withdrawal;
  Resending resending;
  Word word;
  Remark remark;
  Items items;
  std::string shown;
};

void add_message_commands(CLI::App& parent, MessageWishes& wishes, const Finish& finish);

}  // namespace burstd::ctl
