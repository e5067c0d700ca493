#include "http/problem_body.hpp"

#include <liveblocks/core/json.hpp>

#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {

std::string problemBody(std::string_view error, std::string_view reason) {
  return Json::object({{"error", error}, {"reason", utf8::decode(reason)}}).text();
}

}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
