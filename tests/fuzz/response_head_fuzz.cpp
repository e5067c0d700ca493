#include <algorithm>

#include "core/text.hpp"
#include "fuzz_input.hpp"
#include "fuzz_target.hpp"
#include "http/curl/field_syntax.hpp"
#include "http/curl/response.hpp"

using namespace liveblocks;
using http::curl::ResponseReader;

namespace {

constexpr std::size_t maxBody = 256;

std::size_t count(const http::Response& response, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(response.headers.begin(), response.headers.end(),
                    [&](const http::Header& header) { return ascii::equalsIgnoringCase(header.name, name); }));
}

void check(const http::Response& response, std::string_view body) {
  fuzzing::require(response.status >= 200 && response.status <= 999 && response.body == body);
  fuzzing::require(response.headers.size() <= http::curl::maxHeaderFields);
  for (const http::Header& header : response.headers) {
    fuzzing::require(http::curl::isToken(header.name));
    fuzzing::require(header.value.find_first_of(std::string("\r\n\0", 3)) == std::string::npos);
    fuzzing::require(ascii::trim(header.value) == header.value);
  }
  const std::size_t codings = count(response, "Transfer-Encoding");
  fuzzing::require(codings + std::min<std::size_t>(count(response, "Content-Length"), 1) <= 1);
  const auto length = http::findHeader(response, "content-length").value_or("0");
  fuzzing::require(!length.empty() && std::all_of(length.begin(), length.end(), ascii::isDigit));
}

}  // namespace

std::vector<std::string> fuzzing::seeds() {
  return {
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}",
      "HTTP/1.1 100 Continue\r\n\r\nHTTP/2 404 \r\nRetry-After:  5 \r\nX: a\tb\r\n\r\nnot found",
      "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 204 No Content\r\nContent-Length: 1\r\n\r\n",
      "HTTP/1.1 503 S\r\nTransfer-Encoding: chunked\r\nSet-Cookie: a=b\r\nset-cookie: c=d\r\n\r\nTrailer: x\r\n\r\n",
      "HTTP/1.0 301 M\nLocation: /\nContent-Length: 1\nContent-Length: 1\n\nx"};
}

/// Whatever a server sends, a line at a time as libcurl hands it over: a response that is read has fields that every
/// reader finds, one end, and the body that came; any other is an error that repeats nothing of it.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest = fuzzing::view(data, size);
  ResponseReader reader(maxBody);
  while (!rest.empty() && !reader.hasHeaders()) {
    const std::string_view line = rest.substr(0, std::min(rest.find('\n'), rest.size() - 1) + 1);
    rest.remove_prefix(line.size());
    if (!reader.addHeaderLine(line)) break;
  }
  if (reader.failure()) {
    fuzzing::require(!reader.failure()->message.empty() && reader.failure()->message.size() < 128);
    return 0;
  }
  const std::string_view body = reader.hasHeaders() ? rest : std::string_view();
  const bool fitsIn = reader.addBody(body.substr(0, body.size() / 2)) && reader.addBody(body.substr(body.size() / 2));
  fuzzing::require(fitsIn == (body.size() <= maxBody));
  if (!fitsIn) return 0;
  auto response = reader.finish();
  fuzzing::require(response.ok() == reader.hasHeaders());
  if (response) check(*response, body);
  return 0;
}
