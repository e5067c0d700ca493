#include <liveblocks/http/api_call.hpp>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "core/errors.hpp"
#include "core/strict_json.hpp"
#include "http/api_target.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http {
namespace {

Error unreadable(const char* problem) { return {Errc::upstream, problem}; }

/// The parameter's value; null if there is none.
std::string* findParameter(std::vector<ApiParameter>& parameters, std::string_view name) noexcept {
  const auto found = std::find_if(parameters.begin(), parameters.end(),
                                  [name](const ApiParameter& parameter) { return parameter.name == name; });
  return found == parameters.end() ? nullptr : &found->value;
}

}  // namespace

Result<Json> ApiResponse::json() const {
  if (!liveblocks::json::isStrict(body, Json::maxDepth)) return unreadable("the response is not strict JSON");
  return Json::parse(body);
}

Result<std::optional<ApiCall>> nextPage(const ApiCall& call, const ApiResponse& response, std::string_view parameter,
                                        std::string_view cursorMember) {
  const Result<Json> page = response.json();
  if (!page) return page.error();
  if (!page->isObject()) return unreadable("the page of the list is not an object");
  const Json cursor = page->find(cursorMember).value_or(nullptr);
  if (cursor.isNull()) return std::optional<ApiCall>();
  std::optional<std::string> text = cursor.asString();
  if (!text) return unreadable("the cursor of the next page is not a string");
  if (text->empty()) return std::optional<ApiCall>();
  ApiCall next = call;
  if (std::string* current = findParameter(next.query, parameter)) {
    if (*current == *text) return unreadable("the cursor of the next page repeats");
    *current = *std::move(text);
  } else {
    next.query.push_back({std::string(parameter), *std::move(text)});
  }
  return std::optional<ApiCall>(std::move(next));
}

namespace detail {

void requireCallback(bool isSet) {
  if (!isSet) throw std::invalid_argument("the callback of an asynchronous call must not be empty");
}

bool succeeds(const std::function<void()>& work) noexcept {
  try {
    work();
    return true;
  } catch (...) {
    return false;
  }
}

Error lostResponse(const ApiCall& call, int status) {
  return {Errc::notFound, nameOf(call) + ": a repeat found nothing to delete, and the response before it is lost",
          status};
}

Error readingThrew(const ApiCall& call) noexcept {
  try {
    return {Errc::internal, nameOf(call) + ": an exception was thrown while the response was read"};
  } catch (...) {
    return errors::internal();
  }
}

}  // namespace detail
}  // namespace http
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
