// Version 4 of the record: the templates and the groups that staff keep. Both may be changed and taken away; that they
// were, and by whom, stays in the history. What a burst said and to whom stands in its own rows.
#include "store/schema.hpp"

namespace burstd::store {

const std::string_view step_4 = R"sql(
CREATE TABLE template(
  name TEXT PRIMARY KEY CHECK (length(name) BETWEEN 1 AND 64),
  text TEXT NOT NULL,
  description TEXT NOT NULL,
  most_segments INTEGER CHECK (most_segments BETWEEN 1 AND 255),
  changed_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  change_seq INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE recipient_group(
  key INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE CHECK (length(name) BETWEEN 1 AND 64),
  description TEXT NOT NULL,
  synced_at INTEGER NOT NULL,
  changed_by TEXT NOT NULL,
  change_seq INTEGER NOT NULL
) STRICT;

CREATE TABLE group_member(
  owner INTEGER NOT NULL REFERENCES recipient_group(key) ON DELETE CASCADE,
  place INTEGER NOT NULL CHECK (place >= 1),
  patient TEXT,
  patient_name TEXT,
  typed TEXT NOT NULL,
  PRIMARY KEY (owner, place)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER template_named BEFORE UPDATE OF name ON template
BEGIN SELECT RAISE(ABORT, 'record-permanent: the history knows a template by its name'); END;
CREATE TRIGGER recipient_group_named BEFORE UPDATE OF key, name ON recipient_group
BEGIN SELECT RAISE(ABORT, 'record-permanent: the history knows a group by its name'); END;
)sql";

}  // namespace burstd::store
