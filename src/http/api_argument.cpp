#include "http/api_argument.hpp"

#include <string>

#include <liveblocks/core/error.hpp>

#include "core/strict_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

bool require(ApiCall& call, bool holds, std::string_view name, std::string_view problem) {
  if (!holds && !call.problem) {
    call.problem = Error{Errc::invalidRequest, std::string(name).append(" ").append(problem)};
  }
  return holds;
}

Json writtenBody(ApiCall& call, std::string_view text) {
  const bool isJson = liveblocks::json::isStrict(text, Json::maxDepth);
  const std::string problem = "must not be nested more than " + std::to_string(Json::maxDepth) + " levels deep";
  return require(call, isJson, "the body", problem) ? Json::parse(text) : Json();
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
