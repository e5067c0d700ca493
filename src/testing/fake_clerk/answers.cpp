#include "testing/fake_clerk/answers.hpp"

#include <liveblocks/testing/fake_transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {
http::Response found(const Json& resource) { return jsonResponse(200, resource.text()); }

http::Response refused(int status, const std::string& code, const std::string& message) {
  const Json error =
      Json::object({{"code", code}, {"message", message}, {"long_message", message}, {"meta", Json::object({})}});
  const Json body = Json::object({{"errors", Json::array({error})}, {"clerk_trace_id", "fake_trace"}});
  return jsonResponse(status, body.text());
}

http::Response notFound() { return refused(404, "resource_not_found", "There is no such thing here."); }

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
