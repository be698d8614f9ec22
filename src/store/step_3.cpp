// Version 3 of the record: of each attempt whether the operator may count it; what a SIM has spent is summed from
// there. Each index of attempts is a page more that has to be on disk before Ctrl-Z: what others can answer goes.
#include "store/schema.hpp"

namespace burstd::store {

const std::string_view step_3 = R"sql(
ALTER TABLE attempt ADD COLUMN charged INTEGER NOT NULL DEFAULT 1 CHECK (charged IN (0, 1));
UPDATE attempt SET charged = 0 WHERE result = 'not-sent';
CREATE INDEX attempt_charged ON attempt(sim, started_at) WHERE charged = 1;
DROP INDEX attempt_modem;
DROP INDEX attempt_accepted;
DROP INDEX attempt_reference;
CREATE INDEX attempt_reference ON attempt(sim, reference, started_at, validity_minutes) WHERE reference IS NOT NULL;
)sql";

}  // namespace burstd::store
