#include "store/digest.hpp"

#include "seal/chain.hpp"

namespace burstd::store {

std::string content_digest(std::string_view content) { return seal::digest(content); }

}  // namespace burstd::store
