// Version 5 of the record: nothing changes its shape.
#include "store/schema.hpp"

namespace burstd::store {

const std::string_view step_5;

}  // namespace burstd::store
