#include "clerk/api_resource.hpp"

#include "core/strict_json.hpp"
#include "core/text.hpp"
#include "core/time.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

Error unexpectedResponse(std::string_view problem) {
  return {Errc::upstream, "Clerk's response is not as documented: " + std::string(problem)};
}

void readId(json::MemberReader& reader, std::string_view name, std::string& id) {
  reader.read(name, id);
  reader.require(!id.empty(), name, "a text that is not empty");
}

void readTime(json::MemberReader& reader, std::string_view name,
              std::optional<std::chrono::system_clock::time_point>& time) {
  std::optional<std::int64_t> count;
  reader.read(name, count);
  if (count) time = timing::fromUnixMilliseconds(*count);
}

void readObjectOrEmpty(json::MemberReader& reader, std::string_view name, Json& object) {
  const std::string_view text = reader.find(name);
  object = text.empty() ? Json::object({}) : Json::parse(text);
  reader.require(object.isObject(), name, "an object or null");
}

void readTexts(json::MemberReader& reader, std::string_view name, std::vector<std::string>& texts) {
  const std::string_view text = reader.find(name);
  reader.require(text.empty() || text.front() == '[', name, "a list or null");
  for (const std::string_view item : json::items(text)) {
    std::optional<std::string> one = json::toString(item);
    reader.require(one.has_value(), name, "a list of texts");
    if (one) texts.push_back(*std::move(one));
  }
}

Result<void> checkStrict(const http::ApiResponse& response) {
  if (json::isStrict(response.body, Json::maxDepth)) return {};
  return unexpectedResponse("it is not strict JSON");
}

Result<RawList> readRawList(const http::ApiResponse& response) {
  if (const Result<void> strict = checkStrict(response); !strict) return strict.error();
  json::MemberReader reader(response.body);
  const std::string_view data = reader.find("data");
  reader.require(!data.empty() && data.front() == '[', "data", "a list");
  RawList list;
  reader.read("total_count", list.totalCount);
  reader.require(list.totalCount >= 0, "total_count", "a count");
  if (reader.problem()) return unexpectedResponse(*reader.problem());
  list.items = json::items(data);
  return list;
}

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
