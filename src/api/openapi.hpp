// The OpenAPI 3.1 document of this interface, as JSON: what GET /v1/openapi.json answers. The build joins it from
// docs/openapi (tools/openapi); that it says what the routes say is a test's business.
#pragma once

#include <string_view>

namespace burstd::api {

std::string_view openapi();

}  // namespace burstd::api
