// Version 6 of the record: what a reply means and which messages it may answer, as it was understood when it came; and
// the numbers that are not written to. An opt-out is never deleted: what lifts it is a row, too, and the older row
// names it. Where a row's `event` is stop or start a patient has said so, else a person of the clinic.
#include "store/schema.hpp"

namespace burstd::store {

const std::string_view step_6 = R"sql(
ALTER TABLE reply ADD COLUMN class TEXT NOT NULL DEFAULT 'other'
  CHECK (class IN ('confirm', 'decline', 'stop', 'start', 'other'));
ALTER TABLE reply ADD COLUMN ambiguous INTEGER NOT NULL DEFAULT 0 CHECK (ambiguous IN (0, 1));
ALTER TABLE reply ADD COLUMN in_window INTEGER NOT NULL DEFAULT 0 CHECK (in_window IN (0, 1));
ALTER TABLE reply ADD COLUMN ordinal INTEGER CHECK (ordinal >= 1);

CREATE TABLE reply_match(
  reply INTEGER NOT NULL REFERENCES reply(key),
  place INTEGER NOT NULL CHECK (place >= 1),
  message INTEGER NOT NULL REFERENCES message(key),
  PRIMARY KEY (reply, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX reply_match_message ON reply_match(message);

CREATE TABLE opt_out(
  key INTEGER PRIMARY KEY,
  salt BLOB NOT NULL,
  number TEXT NOT NULL CHECK (number <> ''),
  at INTEGER NOT NULL,
  event TEXT NOT NULL CHECK (event IN ('stop', 'start', 'added', 'lifted')),
  blocked INTEGER NOT NULL CHECK (blocked IN (0, 1)),
  reply INTEGER REFERENCES reply(key),
  client TEXT,
  uid INTEGER,
  user TEXT,
  reason TEXT,
  lifted_by INTEGER REFERENCES opt_out(key),
  confirmation INTEGER REFERENCES message(key),
  answered_by INTEGER REFERENCES reply(key),
  change_seq INTEGER NOT NULL,
  CHECK ((event IN ('stop', 'start')) = (reply IS NOT NULL)),
  CHECK ((event IN ('added', 'lifted')) = (user IS NOT NULL AND reason IS NOT NULL))
) STRICT;
CREATE INDEX opt_out_number ON opt_out(number);
CREATE INDEX opt_out_standing ON opt_out(number) WHERE event IN ('stop', 'added') AND lifted_by IS NULL;
CREATE INDEX opt_out_confirmation ON opt_out(confirmation) WHERE confirmation IS NOT NULL;

CREATE TRIGGER reply_understood BEFORE UPDATE OF ambiguous, in_window, ordinal ON reply
BEGIN SELECT RAISE(ABORT, 'record-permanent: how a reply was understood never changes'); END;
CREATE TRIGGER reply_match_kept BEFORE DELETE ON reply_match
BEGIN SELECT RAISE(ABORT, 'record-permanent: what a reply may answer never changes'); END;
CREATE TRIGGER reply_match_fixed BEFORE UPDATE ON reply_match
BEGIN SELECT RAISE(ABORT, 'record-permanent: what a reply may answer never changes'); END;

CREATE TRIGGER opt_out_kept BEFORE DELETE ON opt_out
BEGIN SELECT RAISE(ABORT, 'record-permanent: an opt-out is lifted, never deleted'); END;
CREATE TRIGGER opt_out_fixed BEFORE UPDATE OF
  key, salt, number, at, event, blocked, reply, client, uid, user, reason, change_seq ON opt_out
BEGIN SELECT RAISE(ABORT, 'record-permanent: an opt-out stays as it was recorded'); END;
CREATE TRIGGER opt_out_lifted BEFORE UPDATE OF lifted_by ON opt_out WHEN old.lifted_by IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'record-permanent: an opt-out is lifted once'); END;
CREATE TRIGGER opt_out_confirmed BEFORE UPDATE OF confirmation ON opt_out WHEN old.confirmation IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'record-permanent: an opt-out is confirmed once'); END;
CREATE TRIGGER opt_out_answered BEFORE UPDATE OF answered_by ON opt_out WHEN old.answered_by IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'record-permanent: the first answer to a confirmation counts'); END;
)sql";

}  // namespace burstd::store
