#include "http/api_target.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "core/text.hpp"
#include "http/dot_segments.hpp"
#include "http/form.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::detail {
namespace {

/// The longest method and path in messages, in bytes.
constexpr std::size_t maxShownBytes = 256;

constexpr std::array<std::string_view, 6> methods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};

Error invalid(std::string problem) { return {Errc::invalidRequest, std::move(problem)}; }

std::string quoted(std::string_view name) { return "'" + utf8::printable(name, maxShownBytes) + "'"; }

/// The characters that a path may have outside of its parameters (RFC 3986 section 3.3), without escapes.
bool isPathCharacter(char c) noexcept {
  return ascii::isAlnum(c) || std::string_view("/-._~!$&'()*+,;=:@").find(c) != std::string_view::npos;
}

/// Puts encoded parameters in the place of their names.
class PathTemplate {
 public:
  explicit PathTemplate(const ApiCall& call) : call_(call), rest_(call.path) {}

  Result<std::string> expand() {
    if (!ascii::startsWith(rest_, "/")) return invalid("the path does not begin with a slash");
    std::string path;
    while (!rest_.empty()) {
      if (rest_.front() != '{') {
        if (!isPathCharacter(rest_.front())) return invalid("the path has a character that is not allowed in a path");
        path.push_back(rest_.front());
        decoded_.push_back(rest_.front());
        rest_.remove_prefix(1);
      } else if (const auto error = expandParameter(path)) {
        return *error;
      }
    }
    if (!areUsed()) return invalid("a path parameter is not in the path, or given twice");
    if (hasDotSegment(decoded_)) return invalid("the path has a segment of dots");
    return path;
  }

 private:
  std::optional<Error> expandParameter(std::string& path) {
    const std::size_t end = rest_.find('}');
    if (end == std::string_view::npos) return invalid("the path has a '{' without a '}'");
    const std::string_view name = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    const auto found = std::find_if(call_.pathParameters.begin(), call_.pathParameters.end(),
                                    [name](const ApiParameter& parameter) { return parameter.name == name; });
    if (found == call_.pathParameters.end()) return invalid("the path parameter " + quoted(name) + " is not given");
    const char* const problem = problemOf(found->value);
    if (problem != nullptr) return invalid("the path parameter " + quoted(name) + problem);
    path += percentEncode(found->value, componentEscapes);
    decoded_ += found->value;
    used_.insert(name);
    return std::nullopt;
  }

  /// Whether each parameter is one of those in the path, and there is only one of each.
  bool areUsed() const noexcept { return used_.size() == call_.pathParameters.size(); }

  /// Null if there is none.
  static const char* problemOf(std::string_view value) noexcept {
    if (value.empty()) return " is empty";
    if (!utf8::isValid(value)) return " is not valid UTF-8";
    return hasDotSegment(value) ? " is a path segment of dots, or holds one" : nullptr;
  }

  const ApiCall& call_;
  std::string_view rest_;
  /// The path as a proxy may see it.
  std::string decoded_;
  /// The names in the path.
  std::set<std::string_view> used_;
};

Result<std::string> queryOf(const ApiCall& call) {
  FormParameters parameters;
  parameters.reserve(call.query.size());
  for (const ApiParameter& parameter : call.query) {
    if (parameter.name.empty()) return invalid("a query parameter has no name");
    if (!utf8::isValid(parameter.name)) return invalid("the name of a query parameter is not valid UTF-8");
    if (!utf8::isValid(parameter.value)) {
      return invalid("the query parameter " + quoted(parameter.name) + " is not valid UTF-8");
    }
    parameters.emplace_back(parameter.name, parameter.value);
  }
  return writeForm(parameters);
}

std::optional<Error> findProblem(const ApiCall& call) {
  if (call.problem) return call.problem;
  if (std::find(methods.begin(), methods.end(), call.method) == methods.end()) {
    return invalid("the method is not one of GET, HEAD, POST, PUT, PATCH and DELETE");
  }
  const bool hasBody = !std::holds_alternative<std::monostate>(call.body);
  if (hasBody && (call.method == "GET" || call.method == "HEAD")) {
    return invalid("a request with the method " + call.method + " has no body");
  }
  if (const auto* bytes = std::get_if<ApiBytes>(&call.body)) {
    const std::string& type = bytes->contentType;
    if (ascii::trim(type).empty()) return invalid("the body has no content type");
    // Not every transport checks the fields of the header.
    if (std::any_of(type.begin(), type.end(), ascii::isControl)) {
      return invalid("the content type of the body holds a control character");
    }
  }
  if (call.maxResponse == 0) return invalid("maxResponse is 0");
  return std::nullopt;
}

}  // namespace

std::string nameOf(const ApiCall& call) {
  return utf8::printable(call.method, maxShownBytes) + ' ' + utf8::printable(call.path, maxShownBytes);
}

Result<std::string> targetOf(const ApiCall& call) {
  if (auto error = findProblem(call)) return *std::move(error);
  Result<std::string> path = PathTemplate(call).expand();
  if (!path) return path;
  const Result<std::string> query = queryOf(call);
  if (!query) return query.error();
  if (!query->empty()) path->append("?").append(*query);
  return path;
}

void setBody(const ApiCall& call, Request& request) {
  if (const auto* value = std::get_if<Json>(&call.body)) {
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = value->text();
  } else if (const auto* bytes = std::get_if<ApiBytes>(&call.body)) {
    request.headers.push_back({"Content-Type", bytes->contentType});
    request.body = bytes->data;
  }
}

ApiRepeat repeatOf(const ApiCall& call) noexcept {
  if (call.repeat != ApiRepeat::byMethod) return call.repeat;
  if (call.method == "GET" || call.method == "HEAD" || call.method == "PUT") return ApiRepeat::always;
  return call.method == "DELETE" ? ApiRepeat::deletion : ApiRepeat::onlyIfUnprocessed;
}

}  // namespace http::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
