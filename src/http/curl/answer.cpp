#include "http/curl/answer.hpp"

#include <algorithm>
#include <utility>

#include "ascii.hpp"
#include "http/curl/field_syntax.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

std::string_view withoutLineEnd(std::string_view line) noexcept {
  while (!line.empty() && (line.back() == '\n' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

bool isInterim(int status) noexcept { return status < 200; }

/// A list of lengths, or two that differ, could be read in two ways (RFC 9112 §6.3).
bool isOnlyLength(const Response& response, std::string_view value) noexcept {
  return std::all_of(value.begin(), value.end(), ascii::isDigit) &&
         findHeader(response, "Content-Length").value_or(value) == value;
}

}  // namespace

bool Answer::stop(Errc code, const char* message) noexcept {
  try {
    failure_ = Error{code, message};
  } catch (...) {
    failure_ = Error{Errc::internal, {}};
  }
  return false;
}

bool Answer::addHeaderLine(std::string_view line) noexcept {
  headerBytes_ += line.size();
  if (headerBytes_ > maxHeaderBytes) return stop(Errc::tooLarge, "the header section of the answer is over 64 KiB");
  try {
    return takeHeaderLine(withoutLineEnd(line));
  } catch (...) {
    return stop(Errc::internal, "out of memory");
  }
}

bool Answer::takeHeaderLine(std::string_view line) {
  if (headersDone_) return true;
  if (line.empty()) {
    headersDone_ = !isInterim(response_.status);
    return true;
  }
  return ascii::startsWith(line, "HTTP/") ? takeStatusLine(line) : takeField(line);
}

bool Answer::takeStatusLine(std::string_view line) {
  const std::size_t space = std::min(line.find(' '), line.size() - 1);
  const std::string_view digits = line.substr(space + 1, 3);
  if (digits.size() != 3 || !std::all_of(digits.begin(), digits.end(), ascii::isDigit)) {
    return stop(Errc::upstream, "the answer has no HTTP status");
  }
  response_.status = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
  response_.headers.clear();
  return true;
}

bool Answer::takeField(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !isToken(line.substr(0, colon))) {
    return stop(Errc::upstream, "the answer has a malformed header line");
  }
  if (response_.headers.size() == maxHeaderFields) {
    return stop(Errc::tooLarge, "the answer has more than 256 header fields");
  }
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = ascii::trim(line.substr(colon + 1));
  if (ascii::equalsIgnoringCase(name, "Content-Length") && !isOnlyLength(response_, value)) {
    return stop(Errc::upstream, "the length of the answer is ambiguous");
  }
  response_.headers.push_back({std::string(name), std::string(value)});
  return true;
}

bool Answer::addBody(std::string_view bytes) noexcept {
  if (bytes.size() > maxBody_ - response_.body.size()) {
    return stop(Errc::tooLarge, "the body of the answer is larger than the caller allows");
  }
  try {
    response_.body.append(bytes);
    return true;
  } catch (...) {
    return stop(Errc::internal, "out of memory");
  }
}

Result<Response> Answer::finish() {
  if (!headersDone_) return Error{Errc::upstream, "the peer sent no final answer"};
  return std::move(response_);
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
