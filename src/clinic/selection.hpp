// Which rows of a burst the caller wants sent, as the one canonical form by which a repeated send is known to be the
// same. Pure; clinic::Bursts uses it.
#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "store/batches.hpp"

namespace burstd::clinic {

// What the caller said: at most one of the two. Neither: the default selection.
struct Selection {
  std::optional<std::vector<int>> select;    // exactly these
  std::optional<std::vector<int>> deselect;  // the default selection less these
};

// Rows that the burst does not have, as the caller named them.
std::vector<int> unknown_rows(const Selection& selection, int rows);

std::set<int> selected_rows(const Selection& selection, const std::vector<store::BatchLine>& lines);

// "1-3,7": the same rows give the same text, however they were asked for. "none" for no row.
std::string canonical(const std::set<int>& rows);

// The rows of such a text.
std::set<int> rows_in(std::string_view canonical);

}  // namespace burstd::clinic
