// The shape of the record on disk and its steps from one version to the next. Only Record runs them, before
// anything else reads the file. A newer file is refused, an older one is copied before it is changed.
#pragma once

#include <span>
#include <string_view>

#include "store/connection.hpp"

namespace burstd::store {

// "BRST": tells this file from other SQLite databases.
inline constexpr std::int64_t application_id = 0x42525354;

// One step leads from its place in the list (from 0) to the next version, in one transaction.
using Steps = std::span<const std::string_view>;

extern const std::string_view step_1;
extern const std::string_view step_2;
extern const std::string_view step_3;
extern const std::string_view step_4;
extern const std::string_view step_5;
extern const std::string_view step_6;
extern const std::string_view step_7;

// All steps of this release.
Steps all_steps();

// 0 of a new file.
std::int64_t version_of(const Connection& connection);

// Throws Unusable where it is something else than a record, or one of a newer release; a new file is neither.
void check_migratable(const Connection& connection, Steps steps);

// The same where a new file is no record either.
void check_kind(const Connection& connection);

// Brings the file to the newest version of `steps`, and keeps a copy of an older one beside it unless it is `a_copy`
// itself. A new file also gets its epoch and the key of its chain. Throws std::runtime_error with a sentence.
void migrate(const Connection& connection, Steps steps, bool a_copy = false);

}  // namespace burstd::store
