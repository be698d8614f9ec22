// The functions behind the routes. Each reads one kind of request, asks clinic or gateway, and renders the answer;
// rules and states are theirs, not decided here. `Call` outlives the coroutine.
#pragma once

#include "api/desk.hpp"

namespace burstd::api {

using Answer = async::Task<http::Response>;

Answer get_openapi(Desk& desk, const Call& call);
Answer get_metrics(Desk& desk, const Call& call);
Answer get_version(Desk& desk, const Call& call);
Answer get_status(Desk& desk, const Call& call);
Answer reload(Desk& desk, const Call& call);
Answer get_quota(Desk& desk, const Call& call);
Answer list_modems(Desk& desk, const Call& call);
Answer get_modem(Desk& desk, const Call& call);
Answer pause_modem(Desk& desk, const Call& call);
Answer resume_modem(Desk& desk, const Call& call);
Answer reset_modem(Desk& desk, const Call& call);
Answer unlock_modem(Desk& desk, const Call& call);
Answer replace_modem(Desk& desk, const Call& call);

Answer check_message(Desk& desk, const Call& call);
Answer submit_message(Desk& desk, const Call& call);
Answer get_message(Desk& desk, const Call& call);
Answer cancel_message(Desk& desk, const Call& call);
Answer resolve_message(Desk& desk, const Call& call);
Answer resend_message(Desk& desk, const Call& call);
Answer annotate_message(Desk& desk, const Call& call);

Answer list_items(Desk& desk, const Call& call);
Answer get_item(Desk& desk, const Call& call);

Answer preview_burst(Desk& desk, const Call& call);
Answer list_bursts(Desk& desk, const Call& call);
Answer get_burst(Desk& desk, const Call& call);
Answer list_rows(Desk& desk, const Call& call);
Answer send_burst(Desk& desk, const Call& call);
Answer cancel_burst(Desk& desk, const Call& call);

Answer list_inbox(Desk& desk, const Call& call);
Answer get_reply(Desk& desk, const Call& call);
Answer acknowledge_reply(Desk& desk, const Call& call);

Answer list_opt_outs(Desk& desk, const Call& call);
Answer get_opt_out(Desk& desk, const Call& call);
Answer get_opt_out_history(Desk& desk, const Call& call);
Answer put_opt_out(Desk& desk, const Call& call);
Answer lift_opt_out(Desk& desk, const Call& call);

Answer watch_events(Desk& desk, const Call& call);

Answer list_templates(Desk& desk, const Call& call);
Answer get_template(Desk& desk, const Call& call);
Answer put_template(Desk& desk, const Call& call);
Answer delete_template(Desk& desk, const Call& call);
Answer try_template(Desk& desk, const Call& call);

Answer list_groups(Desk& desk, const Call& call);
Answer get_group(Desk& desk, const Call& call);
Answer put_group(Desk& desk, const Call& call);
Answer delete_group(Desk& desk, const Call& call);

Answer list_audit(Desk& desk, const Call& call);

Answer verify_record(Desk& desk, const Call& call);
Answer get_backup(Desk& desk, const Call& call);
Answer release_record(Desk& desk, const Call& call);
Answer trust_clock(Desk& desk, const Call& call);

}  // namespace burstd::api
