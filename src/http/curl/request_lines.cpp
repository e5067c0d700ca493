#include "http/curl/request_lines.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/ascii.hpp"
#include "http/curl/field_syntax.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

constexpr std::string_view contentType = "Content-Type";

/// They say where a message goes and where it ends, so they follow from the URL and the body alone.
constexpr std::array<std::string_view, 6> reservedNames{"Host",   "Connection", "Content-Length", "Transfer-Encoding",
                                                        "Expect", "Upgrade"};

bool isReserved(std::string_view name) noexcept {
  return std::any_of(reservedNames.begin(), reservedNames.end(),
                     [&](std::string_view reserved) { return ascii::equalsIgnoringCase(name, reserved); });
}

Error invalid(const std::string& reason) { return {Errc::invalidRequest, "the request cannot be sent: " + reason}; }

/// Writes that the compiler may not leave out.
void wipe(std::string& text) noexcept {
  volatile char* bytes = text.data();
  for (std::size_t i = 0; i < text.size(); ++i) bytes[i] = '\0';
}

}  // namespace

std::optional<Error> checkRequest(const Request& request) {
  if (!isToken(request.method)) return invalid("its method is no token");
  if (request.method == "HEAD" && !request.body.empty()) return invalid("HEAD takes no body");
  for (const Header& header : request.headers) {
    if (!isToken(header.name)) return invalid("a header name is no token");
    if (isReserved(header.name)) return invalid("the header " + header.name + " is the transport's own");
    if (!isFieldValue(header.value)) return invalid("the value of " + header.name + " holds a control character");
  }
  return std::nullopt;
}

RequestLines::RequestLines(const Request& request) {
  // The lines stay where they are: neither container grows beyond what is reserved here.
  std::size_t size = 64;
  for (const Header& header : request.headers) size += header.name.size() + header.value.size() + 4;
  text_.reserve(size);
  nodes_.reserve(request.headers.size() + 2);

  add("Expect", ":", "");
  bool hasContentType = false;
  for (const Header& header : request.headers) {
    hasContentType = hasContentType || ascii::equalsIgnoringCase(header.name, contentType);
    const std::string_view value = ascii::trim(header.value);
    // libcurl takes "Name:" for "leave this header out" and "Name;" for an empty one.
    add(header.name, value.empty() ? ";" : ": ", value);
  }
  if (!hasContentType) add(contentType, ":", "");
}

RequestLines::~RequestLines() { wipe(text_); }

void RequestLines::add(std::string_view name, std::string_view separator, std::string_view value) {
  char* line = text_.data() + text_.size();
  text_.append(name).append(separator).append(value).push_back('\0');
  if (!nodes_.empty()) nodes_.back().next = nodes_.data() + nodes_.size();
  nodes_.push_back({line, nullptr});
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
