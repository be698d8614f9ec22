// Version 1 of the record. Times are milliseconds since 1970 in UTC. What a row was accepted with is fixed by
// triggers; only where it stands may change. Single-column indices end in the rowid, which orders the lists.
#include "store/schema.hpp"

namespace burstd::store {

const std::string_view step_1 = R"sql(
CREATE TABLE meta(
  id INTEGER PRIMARY KEY CHECK (id = 1),
  epoch TEXT NOT NULL CHECK (length(epoch) = 6),
  seal_key BLOB NOT NULL CHECK (length(seal_key) = 32),
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE batch(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  client TEXT NOT NULL,
  client_ref TEXT,
  name TEXT,
  template_name TEXT,
  user TEXT,
  timezone TEXT,
  digest TEXT NOT NULL,
  category TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('preview', 'queued', 'cancelled')),
  created_at INTEGER NOT NULL,
  preview_until INTEGER NOT NULL,
  send_after INTEGER,
  messages_expire_at INTEGER,
  selection TEXT
) STRICT;
CREATE INDEX batch_client_ref ON batch(client, client_ref) WHERE client_ref IS NOT NULL;

CREATE TABLE message(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  client TEXT NOT NULL,
  client_ref TEXT,
  digest TEXT NOT NULL,
  batch INTEGER REFERENCES batch(key),
  batch_row INTEGER,
  retry_of TEXT,
  text TEXT NOT NULL,
  number TEXT NOT NULL,
  number_as_typed TEXT NOT NULL,
  salt BLOB NOT NULL,
  patient TEXT,
  patient_name TEXT,
  context TEXT,
  user TEXT,
  timezone TEXT,
  category TEXT NOT NULL,
  priority TEXT NOT NULL CHECK (priority IN ('normal', 'urgent')),
  created_at INTEGER NOT NULL,
  expires_at INTEGER NOT NULL,
  send_after INTEGER,
  appointment_at INTEGER,
  expects_reply_until INTEGER,
  encoding TEXT NOT NULL CHECK (encoding IN ('gsm7', 'ucs2')),
  segments INTEGER NOT NULL CHECK (segments BETWEEN 0 AND 255),

  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'retrying', 'submitted', 'delivered', 'unconfirmed',
                                       'uncertain', 'failed', 'expired', 'blocked', 'cancelled')),
  status TEXT NOT NULL CHECK (status IN ('Pending', 'Sent Successfully', 'Send Failed')),
  window_over INTEGER NOT NULL CHECK (window_over IN (0, 1)),
  error_code TEXT,
  error TEXT,
  sent_at INTEGER,
  delivered_at INTEGER,
  confirmation TEXT CHECK (confirmation IN ('report', 'network', 'person')),
  next_attempt_at INTEGER,
  sim TEXT,
  concat_reference INTEGER,
  updated_at INTEGER NOT NULL,
  change_seq INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX message_client_ref ON message(client_ref, client) WHERE client_ref IS NOT NULL;
CREATE INDEX message_patient ON message(patient) WHERE patient IS NOT NULL;
CREATE INDEX message_number ON message(number);
CREATE INDEX message_batch ON message(batch) WHERE batch IS NOT NULL;
CREATE INDEX message_category ON message(category);
CREATE INDEX message_client ON message(client);
CREATE INDEX message_state ON message(state);
CREATE INDEX message_status ON message(status);
CREATE INDEX message_created ON message(created_at);
CREATE INDEX message_change ON message(change_seq);

CREATE TABLE part(
  message INTEGER NOT NULL REFERENCES message(key),
  number INTEGER NOT NULL CHECK (number >= 1),
  state TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'retrying', 'submitted', 'delivered', 'unconfirmed',
                                       'uncertain', 'failed', 'expired', 'blocked', 'cancelled')),
  reported INTEGER NOT NULL CHECK (reported IN (0, 1)),
  tries INTEGER NOT NULL CHECK (tries >= 0),
  sim TEXT,
  error_code TEXT,
  error TEXT,
  last_status INTEGER,
  sent_at INTEGER,
  delivered_at INTEGER,
  next_attempt_at INTEGER,
  window_ends_at INTEGER,
  window_over INTEGER NOT NULL CHECK (window_over IN (0, 1)),
  PRIMARY KEY (message, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX part_sending ON part(state) WHERE state = 'sending';
CREATE INDEX part_submitted ON part(sim, window_ends_at) WHERE state = 'submitted';
CREATE INDEX part_uncertain ON part(sim, window_ends_at) WHERE state = 'uncertain' AND window_over = 0;

CREATE TABLE attempt(
  key INTEGER PRIMARY KEY,
  message INTEGER NOT NULL,
  part INTEGER NOT NULL,
  modem TEXT NOT NULL,
  sim TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  reference INTEGER CHECK (reference BETWEEN 0 AND 255),
  validity_minutes INTEGER,
  result TEXT NOT NULL CHECK (result IN ('open', 'accepted', 'refused', 'not-sent', 'unknown')),
  failure TEXT,
  FOREIGN KEY (message, part) REFERENCES part(message, number)
) STRICT;
CREATE INDEX attempt_message ON attempt(message, part);
CREATE INDEX attempt_modem ON attempt(modem);
CREATE INDEX attempt_reference ON attempt(sim, reference, started_at);

CREATE TABLE report(
  key INTEGER PRIMARY KEY,
  attempt INTEGER REFERENCES attempt(key),
  modem TEXT NOT NULL,
  sim TEXT NOT NULL,
  pdu TEXT NOT NULL,
  recipient TEXT NOT NULL,
  reference INTEGER NOT NULL,
  status INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  service_centre_at INTEGER,
  discharged_at INTEGER,
  ambiguous INTEGER NOT NULL CHECK (ambiguous IN (0, 1))
) STRICT;
CREATE INDEX report_attempt ON report(attempt) WHERE attempt IS NOT NULL;
CREATE INDEX report_orphan ON report(sim, received_at) WHERE attempt IS NULL;
CREATE INDEX report_pdu ON report(pdu, sim, received_at);

CREATE TABLE sim(
  id TEXT PRIMARY KEY,
  listened_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE reply(
  key INTEGER PRIMARY KEY,
  id TEXT NOT NULL,
  salt BLOB NOT NULL,
  sender TEXT NOT NULL,
  text TEXT NOT NULL,
  modem TEXT NOT NULL,
  sim TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  service_centre_at INTEGER,
  total INTEGER NOT NULL,
  complete INTEGER NOT NULL CHECK (complete IN (0, 1)),
  acknowledged_at INTEGER,
  acknowledged_by TEXT,
  change_seq INTEGER NOT NULL
) STRICT;
CREATE INDEX reply_change ON reply(change_seq);
CREATE INDEX reply_open ON reply(received_at) WHERE acknowledged_at IS NULL;

CREATE TABLE inbound(
  key INTEGER PRIMARY KEY,
  modem TEXT NOT NULL,
  sim TEXT NOT NULL,
  pdu TEXT NOT NULL,
  received_at INTEGER NOT NULL,
  sender TEXT NOT NULL,
  reference INTEGER,
  total INTEGER NOT NULL,
  part INTEGER NOT NULL,
  bundle INTEGER NOT NULL,
  reply INTEGER REFERENCES reply(key)
) STRICT;
CREATE INDEX inbound_pdu ON inbound(pdu, sim);
CREATE INDEX inbound_sender ON inbound(sender, reference, total) WHERE reference IS NOT NULL;
CREATE INDEX inbound_bundle ON inbound(bundle);
CREATE INDEX inbound_waiting ON inbound(received_at) WHERE reply IS NULL;

CREATE TABLE batch_row(
  batch INTEGER NOT NULL REFERENCES batch(key),
  row INTEGER NOT NULL CHECK (row >= 1),
  patient TEXT,
  patient_name TEXT,
  client_ref TEXT,
  exclude TEXT,
  typed TEXT NOT NULL,
  number TEXT NOT NULL,
  text TEXT NOT NULL,
  encoding TEXT NOT NULL,
  segments INTEGER NOT NULL,
  appointment_at INTEGER,
  verdict TEXT NOT NULL,
  missing TEXT NOT NULL,
  flags TEXT NOT NULL,
  selected INTEGER NOT NULL CHECK (selected IN (0, 1)),
  message INTEGER REFERENCES message(key),
  earlier_item TEXT,
  PRIMARY KEY (batch, row)
) STRICT, WITHOUT ROWID;

CREATE TABLE history(
  seq INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL,
  message INTEGER REFERENCES message(key),
  batch INTEGER REFERENCES batch(key),
  part INTEGER,
  event TEXT NOT NULL,
  from_state TEXT,
  to_state TEXT,
  detail TEXT,
  commitment BLOB,
  seal BLOB NOT NULL CHECK (length(seal) = 32)
) STRICT;
CREATE INDEX history_message ON history(message) WHERE message IS NOT NULL;

CREATE TRIGGER meta_kept BEFORE DELETE ON meta
BEGIN SELECT RAISE(ABORT, 'record-permanent: the record keeps its epoch and key'); END;
CREATE TRIGGER meta_fixed BEFORE UPDATE OF id, seal_key, created_at ON meta
BEGIN SELECT RAISE(ABORT, 'record-permanent: the record keeps its key'); END;

CREATE TRIGGER history_kept BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'record-permanent: history is never deleted'); END;
CREATE TRIGGER history_fixed BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'record-permanent: history is never rewritten'); END;

CREATE TRIGGER message_kept BEFORE DELETE ON message
BEGIN SELECT RAISE(ABORT, 'record-permanent: a message is never deleted'); END;
CREATE TRIGGER message_fixed BEFORE UPDATE OF
  key, id, client, client_ref, digest, batch, batch_row, retry_of, text, number, number_as_typed, salt, patient,
  patient_name, context, user, timezone, category, priority, created_at, expires_at, send_after, appointment_at,
  expects_reply_until, encoding, segments ON message
BEGIN SELECT RAISE(ABORT, 'record-permanent: what a message was accepted with never changes'); END;

CREATE TRIGGER part_kept BEFORE DELETE ON part
BEGIN SELECT RAISE(ABORT, 'record-permanent: a part is never deleted'); END;
CREATE TRIGGER part_fixed BEFORE UPDATE OF message, number ON part
BEGIN SELECT RAISE(ABORT, 'record-permanent: a part stays with its message'); END;

CREATE TRIGGER attempt_kept BEFORE DELETE ON attempt
BEGIN SELECT RAISE(ABORT, 'record-permanent: an attempt is never deleted'); END;
CREATE TRIGGER attempt_fixed BEFORE UPDATE OF
  key, message, part, modem, sim, started_at, validity_minutes ON attempt
BEGIN SELECT RAISE(ABORT, 'record-permanent: how an attempt began never changes'); END;

CREATE TRIGGER report_kept BEFORE DELETE ON report
BEGIN SELECT RAISE(ABORT, 'record-permanent: a report is never deleted'); END;
CREATE TRIGGER report_fixed BEFORE UPDATE OF
  key, modem, sim, pdu, recipient, reference, status, received_at, service_centre_at, discharged_at, ambiguous
  ON report
BEGIN SELECT RAISE(ABORT, 'record-permanent: a report stays as it came'); END;
CREATE TRIGGER report_adopted BEFORE UPDATE OF attempt ON report WHEN old.attempt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'record-permanent: a report keeps its attempt'); END;

CREATE TRIGGER reply_kept BEFORE DELETE ON reply
BEGIN SELECT RAISE(ABORT, 'record-permanent: a reply is never deleted'); END;
CREATE TRIGGER reply_fixed BEFORE UPDATE OF key, salt, sender, modem, sim, received_at, service_centre_at, total ON reply
BEGIN SELECT RAISE(ABORT, 'record-permanent: what a reply came with never changes'); END;
CREATE TRIGGER inbound_kept BEFORE DELETE ON inbound
BEGIN SELECT RAISE(ABORT, 'record-permanent: what came in is never deleted'); END;
CREATE TRIGGER inbound_fixed BEFORE UPDATE OF
  key, modem, sim, pdu, received_at, sender, reference, total, part ON inbound
BEGIN SELECT RAISE(ABORT, 'record-permanent: what came in stays as it came'); END;

CREATE TRIGGER batch_kept BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'record-permanent: a burst is never deleted'); END;
CREATE TRIGGER batch_fixed BEFORE UPDATE OF
  key, id, client, client_ref, name, template_name, user, timezone, digest, category, created_at, preview_until,
  send_after, messages_expire_at ON batch
BEGIN SELECT RAISE(ABORT, 'record-permanent: what a burst was previewed with never changes'); END;
CREATE TRIGGER batch_row_kept BEFORE DELETE ON batch_row
BEGIN SELECT RAISE(ABORT, 'record-permanent: the rows of a burst are never deleted'); END;
CREATE TRIGGER batch_row_fixed BEFORE UPDATE OF
  batch, row, patient, patient_name, client_ref, exclude, typed, number, text, encoding, segments, appointment_at,
  missing, flags, selected, earlier_item ON batch_row
BEGIN SELECT RAISE(ABORT, 'record-permanent: the rows of a burst stay as they were previewed'); END;
)sql";

}  // namespace burstd::store
