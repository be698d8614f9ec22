#include "base/result.hpp"

#include <stdexcept>

namespace burstd::base {

void throw_exception_from_error(const Error& error, const boost::source_location& where) {
  throw std::runtime_error(error.code + ": " + error.sentence + " (" + where.file_name() + ":" +
                           std::to_string(where.line()) + ")");
}

}  // namespace burstd::base
