#include "clerk/request/received.hpp"

#include "clerk/request/bearer_token.hpp"
#include "core/ascii.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {
namespace {

void keepFirst(std::string_view& header, std::string_view value) noexcept {
  if (header.empty()) header = value;
}

void readCredential(ReceivedRequest& received, std::string_view value) {
  const bool isFirst = received.credentials++ == 0;
  received.credential = isFirst ? readBearerToken(value) : severalCredentials();
}

/// Most names are told apart by their length.
void read(ReceivedRequest& received, std::string_view name, std::string_view value, std::string_view cookieSuffix) {
  const auto is = [name](std::string_view other) { return ascii::equalsIgnoringCase(name, other); };
  switch (name.size()) {
    case 4:
      if (is("host")) keepFirst(received.host, value);
      break;
    case 6:
      if (is("cookie")) readCookies(value, cookieSuffix, received.cookies);
      if (is("accept")) keepFirst(received.accept, value);
      break;
    case 7:
      if (is("referer")) keepFirst(received.referrer, value);
      break;
    case 13:
      if (is("authorization")) readCredential(received, value);
      break;
    case 14:
      // Several together are no destination.
      if (is("sec-fetch-dest")) received.secFetchDest = received.secFetchDest.empty() ? value : "several";
      break;
    case 16:
      if (is("x-forwarded-host")) keepFirst(received.forwardedHost, value);
      break;
    case 17:
      if (is("x-forwarded-proto")) keepFirst(received.forwardedProto, value);
      break;
    default:
      break;
  }
}

}  // namespace

bool ReceivedRequest::isForDocument() const noexcept {
  if (!isGet) return false;
  if (secFetchDest.empty()) return ascii::startsWith(accept, "text/html");
  return secFetchDest == "document" || secFetchDest == "iframe";
}

ReceivedRequest receive(const http::RequestView& request, std::string_view cookieSuffix) {
  ReceivedRequest received;
  received.url = request.url;
  received.isGet = ascii::equalsIgnoringCase(request.method, "GET");
  for (const auto& [name, value] : request.headers) read(received, name, ascii::trim(value), cookieSuffix);
  return received;
}

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
