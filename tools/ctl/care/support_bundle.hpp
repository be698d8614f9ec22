// burstctl support-bundle: all that a helper needs in one file, and no text and no whole number in it. What cannot be
// read by this user is said in its place. Called by command_line; changes nothing.
#pragma once

#include <string>

#include "ctl/wire/session.hpp"

namespace burstd::ctl {

struct BundleWish {
  std::string file;  // empty: burstd-support-DATE.tar.gz, here
  std::string config = "/etc/burstd/burstd.yaml";
};

Exit make_support_bundle(const Session& session, const BundleWish& wish);

}  // namespace burstd::ctl
