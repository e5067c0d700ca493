#include "http/curl/response.hpp"

#include <algorithm>
#include <utility>

#include "core/errors.hpp"
#include "core/text.hpp"
#include "http/curl/field_syntax.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace http::curl {
namespace {

/// Room for the fields of most responses, so that they are not moved again and again.
constexpr std::size_t usualHeaderFields = 16;

constexpr std::string_view contentLength = "Content-Length";
constexpr std::string_view transferEncoding = "Transfer-Encoding";

std::string_view withoutLineEnd(std::string_view line) noexcept {
  if (!line.empty() && line.back() == '\n') line.remove_suffix(1);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

bool isInterim(int status) noexcept { return status < 200; }

bool isNumber(std::string_view value) noexcept {
  return !value.empty() && std::all_of(value.begin(), value.end(), ascii::isDigit);
}

/// Whether it can be told in one way only where the response ends, once this field is added (RFC 9112 §6.3): by one
/// length, or by `chunked` alone, in a final response.
bool isFramedOnce(const Response& response, std::string_view name, std::string_view value) noexcept {
  const bool isLength = ascii::equalsIgnoringCase(name, contentLength);
  if (!isLength && !ascii::equalsIgnoringCase(name, transferEncoding)) return true;
  if (isInterim(response.status)) return false;
  const auto length = findHeader(response, contentLength);
  if (findHeader(response, transferEncoding)) return false;
  return isLength ? isNumber(value) && length.value_or(value) == value
                  : !length && ascii::equalsIgnoringCase(value, "chunked");
}

/// 204 has no body (RFC 9110 §15.3.5). What a server that announces one may send would pass for the next response.
bool announcesImpossibleBody(const Response& response) noexcept {
  return response.status == 204 &&
         (findHeader(response, transferEncoding) || findHeader(response, contentLength).value_or("0") != "0");
}

/// What some readers take for the end of a line, or of the text (RFC 9110 §5.5).
bool holdsLineEnd(std::string_view line) noexcept {
  return std::any_of(line.begin(), line.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

}  // namespace

bool ResponseReader::stop(Errc code, const char* message) noexcept {
  try {
    failure_ = Error{code, message};
  } catch (...) {
    failure_ = errors::internal();
  }
  return false;
}

bool ResponseReader::addHeaderLine(std::string_view line) noexcept {
  headerBytes_ += line.size();
  if (headerBytes_ > maxHeaderBytes) return stop(Errc::tooLarge, "the header section of the response is over 64 KiB");
  try {
    return takeHeaderLine(withoutLineEnd(line));
  } catch (...) {
    return stop(Errc::internal, "out of memory");
  }
}

bool ResponseReader::takeHeaderLine(std::string_view line) {
  if (headersDone_) return true;
  if (line.empty()) {
    interimDone_ = isInterim(response_.status);
    headersDone_ = !interimDone_;
    mustClose_ = announcesImpossibleBody(response_);
    return true;
  }
  return response_.status == 0 || interimDone_ ? takeStatusLine(line) : takeField(line);
}

bool ResponseReader::takeStatusLine(std::string_view line) {
  const std::size_t space = std::min(line.find(' '), line.size() - 1);
  std::string_view digits = line.substr(space + 1);
  digits = digits.substr(0, digits.find(' '));
  if (!ascii::startsWith(line, "HTTP/") || digits.size() != 3 || !isNumber(digits)) {
    return stop(Errc::upstream, "the response has no HTTP status");
  }
  interimDone_ = false;
  response_.status = (digits[0] - '0') * 100 + (digits[1] - '0') * 10 + (digits[2] - '0');
  response_.headers.clear();
  return true;
}

bool ResponseReader::takeField(std::string_view line) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !isToken(line.substr(0, colon)) || holdsLineEnd(line)) {
    return stop(Errc::upstream, "the response has a malformed header line");
  }
  if (response_.headers.size() == maxHeaderFields) {
    return stop(Errc::tooLarge, "the response has more than 256 header fields");
  }
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = ascii::trim(line.substr(colon + 1));
  if (!isFramedOnce(response_, name, value)) {
    return stop(Errc::upstream, "where the response ends can be read in two ways");
  }
  if (response_.headers.empty()) response_.headers.reserve(usualHeaderFields);
  response_.headers.push_back({std::string(name), std::string(value)});
  return true;
}

bool ResponseReader::addBody(std::string_view bytes) noexcept {
  if (bytes.size() > maxBody_ - response_.body.size()) {
    return stop(Errc::tooLarge, "the body of the response is larger than the caller allows");
  }
  try {
    response_.body.append(bytes);
    return true;
  } catch (...) {
    return stop(Errc::internal, "out of memory");
  }
}

Result<Response> ResponseReader::finish() {
  if (!headersDone_) return Error{Errc::reset, "the connection broke before the whole response had come"};
  return std::move(response_);
}

}  // namespace http::curl
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
