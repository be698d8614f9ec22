// Version 5 of the record: the notes that people leave on messages, what was done and refused at the socket (audit),
// and two searches: the message that was sent again for another one, and whom somebody should call.
#include "store/schema.hpp"

namespace burstd::store {

const std::string_view step_5 = R"sql(
CREATE TABLE note(
  key INTEGER PRIMARY KEY,
  message INTEGER NOT NULL REFERENCES message(key),
  at INTEGER NOT NULL,
  client TEXT NOT NULL,
  user TEXT NOT NULL,
  text TEXT NOT NULL,
  salt BLOB NOT NULL,
  change_seq INTEGER NOT NULL UNIQUE
) STRICT;
CREATE INDEX note_message ON note(message);

CREATE TABLE audit(
  key INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  uid INTEGER,
  client TEXT NOT NULL,
  user TEXT,
  route TEXT NOT NULL,
  subject TEXT,
  event TEXT NOT NULL,
  change TEXT,
  times INTEGER NOT NULL CHECK (times >= 1),
  change_seq INTEGER NOT NULL UNIQUE
) STRICT;

CREATE UNIQUE INDEX message_retry ON message(retry_of) WHERE retry_of IS NOT NULL;
CREATE INDEX message_unreached ON message(appointment_at)
  WHERE state <> 'cancelled' AND (status = 'Send Failed' OR state = 'uncertain');

CREATE TRIGGER note_kept BEFORE DELETE ON note
BEGIN SELECT RAISE(ABORT, 'record-permanent: a note is never deleted'); END;
CREATE TRIGGER note_fixed BEFORE UPDATE ON note
BEGIN SELECT RAISE(ABORT, 'record-permanent: a note is never rewritten'); END;
CREATE TRIGGER audit_kept BEFORE DELETE ON audit
BEGIN SELECT RAISE(ABORT, 'record-permanent: what was done and refused is never deleted'); END;
CREATE TRIGGER audit_fixed BEFORE UPDATE ON audit
BEGIN SELECT RAISE(ABORT, 'record-permanent: what was done and refused is never rewritten'); END;
)sql";

}  // namespace burstd::store
