// Version 3 of the record: of each attempt whether the operator may count it; what a SIM has spent is summed from
// there.
#include "store/schema.hpp"

namespace burstd::store {

const std::string_view step_3 = R"sql(
ALTER TABLE attempt ADD COLUMN charged INTEGER NOT NULL DEFAULT 1 CHECK (charged IN (0, 1));
UPDATE attempt SET charged = 0 WHERE result = 'not-sent';
CREATE INDEX attempt_charged ON attempt(sim, started_at) WHERE charged = 1;
)sql";

}  // namespace burstd::store
