// Version 7 of the record: the mark of a backup; restorations, each of which begins a new epoch and keeps sending back
// until somebody releases it; and texts that may be removed, whole and once, with the salt of what commits to them.
#include "store/schema.hpp"

namespace burstd::store {

const std::string_view step_7 = R"sql(
ALTER TABLE meta ADD COLUMN backup_at INTEGER;
ALTER TABLE message ADD COLUMN message_removed_at INTEGER;
ALTER TABLE reply ADD COLUMN text_removed_at INTEGER;
ALTER TABLE batch ADD COLUMN texts_removed_at INTEGER;

CREATE TABLE restoration(
  key INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  cause TEXT NOT NULL CHECK (cause IN ('backup', 'behind', 'foreign', 'unknown')),
  backup_at INTEGER,
  epoch_before TEXT NOT NULL,
  seq_before INTEGER NOT NULL,
  last_message INTEGER NOT NULL,
  change_seq INTEGER NOT NULL UNIQUE,
  released_at INTEGER,
  released_by TEXT,
  reason TEXT,
  CHECK ((released_at IS NULL) = (released_by IS NULL)),
  CHECK ((released_at IS NULL) = (reason IS NULL))
) STRICT;
CREATE TRIGGER restoration_kept BEFORE DELETE ON restoration
BEGIN SELECT RAISE(ABORT, 'record-permanent: that the record was restored is never forgotten'); END;
CREATE TRIGGER restoration_fixed BEFORE UPDATE OF
  key, at, cause, backup_at, epoch_before, seq_before, last_message, change_seq ON restoration
BEGIN SELECT RAISE(ABORT, 'record-permanent: how the record was restored never changes'); END;
CREATE TRIGGER restoration_released BEFORE UPDATE ON restoration WHEN old.released_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'record-permanent: a restored record is released once'); END;

DROP TRIGGER message_fixed;
CREATE TRIGGER message_fixed BEFORE UPDATE OF
  key, id, client, client_ref, batch, batch_row, retry_of, number, number_as_typed, patient, patient_name, context,
  user, timezone, category, priority, created_at, expires_at, send_after, appointment_at, expects_reply_until,
  encoding, segments ON message
BEGIN SELECT RAISE(ABORT, 'record-permanent: what a message was accepted with never changes'); END;
CREATE TRIGGER message_text_kept BEFORE UPDATE OF digest, text, salt, message_removed_at ON message
WHEN old.message_removed_at IS NOT NULL OR new.message_removed_at IS NULL OR new.text <> '' OR new.digest <> ''
BEGIN SELECT RAISE(ABORT, 'record-permanent: a text is removed whole and once, and never changed'); END;

DROP TRIGGER reply_fixed;
CREATE TRIGGER reply_fixed BEFORE UPDATE OF key, sender, modem, sim, received_at, service_centre_at, total ON reply
BEGIN SELECT RAISE(ABORT, 'record-permanent: what a reply came with never changes'); END;
CREATE TRIGGER reply_text_kept BEFORE UPDATE OF salt, text_removed_at ON reply
WHEN old.text_removed_at IS NOT NULL OR new.text_removed_at IS NULL OR new.text <> '' OR length(new.salt) > 0
BEGIN SELECT RAISE(ABORT, 'record-permanent: a reply''s text is removed whole and once'); END;
CREATE TRIGGER reply_text_gone BEFORE UPDATE OF text ON reply WHEN old.text_removed_at IS NOT NULL AND new.text <> ''
BEGIN SELECT RAISE(ABORT, 'record-permanent: a text that was removed does not come back'); END;

DROP TRIGGER inbound_fixed;
CREATE TRIGGER inbound_fixed BEFORE UPDATE OF key, modem, sim, received_at, sender, reference, total, part ON inbound
BEGIN SELECT RAISE(ABORT, 'record-permanent: what came in stays as it came'); END;
CREATE TRIGGER inbound_pdu_kept BEFORE UPDATE OF pdu ON inbound
WHEN new.pdu <> '' OR NOT EXISTS (SELECT 1 FROM inbound AS part JOIN reply ON reply.key = part.reply
  WHERE part.bundle = old.bundle AND reply.text_removed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'record-permanent: what came in is removed whole, and never changed'); END;

DROP TRIGGER batch_fixed;
CREATE TRIGGER batch_fixed BEFORE UPDATE OF
  key, id, client, client_ref, name, template_name, user, timezone, category, created_at, preview_until, send_after,
  messages_expire_at ON batch
BEGIN SELECT RAISE(ABORT, 'record-permanent: what a burst was previewed with never changes'); END;
CREATE TRIGGER batch_digest_kept BEFORE UPDATE OF digest, texts_removed_at ON batch
WHEN old.texts_removed_at IS NOT NULL OR new.texts_removed_at IS NULL OR new.digest <> ''
BEGIN SELECT RAISE(ABORT, 'record-permanent: the texts of a burst are removed once'); END;
DROP TRIGGER batch_row_fixed;
CREATE TRIGGER batch_row_fixed BEFORE UPDATE OF
  batch, row, patient, patient_name, client_ref, exclude, typed, number, encoding, segments, appointment_at,
  missing, flags, selected, earlier_item ON batch_row
BEGIN SELECT RAISE(ABORT, 'record-permanent: the rows of a burst stay as they were previewed'); END;
CREATE TRIGGER batch_row_text_kept BEFORE UPDATE OF text ON batch_row
WHEN new.text <> '' OR NOT EXISTS (SELECT 1 FROM batch WHERE key = old.batch AND texts_removed_at IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'record-permanent: the text of a row is removed whole, and never changed'); END;
)sql";

}  // namespace burstd::store
