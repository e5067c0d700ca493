#include "common/bodies.hpp"

#include <chrono>
#include <utility>

#include "common/requests.hpp"

namespace examples {
namespace {

constexpr std::chrono::seconds longestBody{5};

}  // namespace

std::optional<std::string> readBody(const httplib::Request& request, httplib::Response& response,
                                    const httplib::ContentReader& read, std::size_t limit) {
  const auto refuse = [&](int status, const char* error) {
    answerUnread(response, status, error);
    return std::nullopt;
  };
  // cpp-httplib stores the extensions of a chunked body without limit.
  if (request.has_header("Transfer-Encoding")) return refuse(411, "tell the body's length");
  if (request.is_multipart_form_data() || request.has_header("Content-Encoding")) {
    return refuse(415, "the body must be plain");
  }
  const auto deadline = std::chrono::steady_clock::now() + longestBody;
  std::string body;
  bool tooLarge = false;
  const bool whole = read([&](const char* bytes, std::size_t size) {
    tooLarge = size > limit - body.size();
    if (!tooLarge) body.append(bytes, size);
    return !tooLarge && std::chrono::steady_clock::now() < deadline;
  });
  if (tooLarge) return refuse(413, "the body is too large");
  if (!whole) return refuse(408, "the body broke off, or took too long");
  return body;
}

}  // namespace examples
