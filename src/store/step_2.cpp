// Version 2 of the record: which hardware and SIM goes by a modem's name, which SIMs went by it before, which
// PINs were tried on which card, and which modems a person has paused. The further indices answer what a SIM is still
// owed, and whether its reports come.
#include "store/schema.hpp"

namespace burstd::store {

const std::string_view step_2 = R"sql(
CREATE TABLE berth(
  name TEXT PRIMARY KEY,
  imei TEXT,
  iccid TEXT,
  imsi TEXT,
  sim TEXT,
  configured TEXT,
  bound_at INTEGER NOT NULL,
  adopted_at INTEGER,
  adopted_by TEXT
) STRICT, WITHOUT ROWID;
CREATE INDEX berth_by_sim ON berth(sim) WHERE sim IS NOT NULL;

CREATE TABLE berth_sim(
  name TEXT NOT NULL REFERENCES berth(name),
  sim TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (name, sim, until)
) STRICT, WITHOUT ROWID;

CREATE TABLE pin_attempt(
  key INTEGER PRIMARY KEY,
  card TEXT NOT NULL,
  digest TEXT NOT NULL CHECK (length(digest) = 64),
  modem TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  result TEXT NOT NULL CHECK (result IN ('open', 'accepted', 'refused', 'unanswered', 'not-typed')),
  released_at INTEGER
) STRICT;
CREATE TABLE modem_pause(
  name TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX pin_attempt_pair ON pin_attempt(card, digest);

CREATE INDEX attempt_accepted ON attempt(sim, started_at) WHERE result = 'accepted';
CREATE INDEX attempt_unresolved ON attempt(started_at) WHERE result IN ('open', 'unknown');
CREATE INDEX report_sim ON report(sim, received_at);
CREATE INDEX message_expected ON message(sim, expects_reply_until) WHERE expects_reply_until IS NOT NULL;
CREATE INDEX reply_sender ON reply(sender, received_at);

CREATE TRIGGER berth_kept BEFORE DELETE ON berth
BEGIN SELECT RAISE(ABORT, 'record-permanent: what went by a name is never forgotten'); END;
CREATE TRIGGER berth_sim_kept BEFORE DELETE ON berth_sim
BEGIN SELECT RAISE(ABORT, 'record-permanent: which SIMs a name had is never forgotten'); END;
CREATE TRIGGER berth_sim_fixed BEFORE UPDATE ON berth_sim
BEGIN SELECT RAISE(ABORT, 'record-permanent: which SIMs a name had never changes'); END;

CREATE TRIGGER pin_attempt_kept BEFORE DELETE ON pin_attempt
BEGIN SELECT RAISE(ABORT, 'record-permanent: that a PIN was tried is never forgotten'); END;
CREATE TRIGGER pin_attempt_fixed BEFORE UPDATE OF key, card, digest, modem, started_at ON pin_attempt
BEGIN SELECT RAISE(ABORT, 'record-permanent: how a PIN was tried never changes'); END;
CREATE TRIGGER pin_attempt_ended BEFORE UPDATE OF ended_at, result ON pin_attempt WHEN old.result <> 'open'
BEGIN SELECT RAISE(ABORT, 'record-permanent: what became of a PIN never changes'); END;
)sql";

}  // namespace burstd::store
