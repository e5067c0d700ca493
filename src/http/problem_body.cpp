#include "http/problem_body.hpp"

#include "core/json_writer.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {

std::string problemBody(std::string_view error, std::string_view reason) {
  json::ObjectWriter object;
  object.addString("error", error);
  object.addString("reason", utf8::decode(reason));
  return object.finish();
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
