/// What counts of a received request.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk {

/// The token behind the scheme `Bearer`, in any case; borrows the value. nullopt: there is no credential, or one of
/// another scheme. `Errc::malformed` for anything else.
std::optional<Result<std::string_view>> readBearerToken(std::string_view value);

/// Of a request that has more than one such header.
Error severalCredentials();

/// Of all cookies.
constexpr std::size_t maxCookieBytes = std::size_t{64} << 10;
constexpr std::size_t maxCookies = 200;

constexpr std::size_t maxNonceBytes = 512;
/// The Backend API's answer to a nonce.
constexpr std::size_t maxHandshakeBytes = std::size_t{256} << 10;
constexpr int maxHandshakeDepth = 16;
/// `Set-Cookie` values.
constexpr std::size_t maxDirectives = 50;
constexpr std::size_t maxDirectiveBytes = std::size_t{16} << 10;

/// Values are as they came, percent-encoded; nullopt when they did not. Borrows the headers.
struct RequestCookies {
  using Value = std::optional<std::string_view>;

  /// The same cookie without and with the suffix of the instance.
  struct Pair {
    Value plain;
    Value suffixed;
  };

  /// There was more than is read; nothing here is to be relied on.
  bool areTooMany() const noexcept;

  Pair session;
  Pair clientUat;
  Pair devBrowser;
  Pair refresh;
  Value handshake;
  Value handshakeNonce;
  Value redirectCount;

  /// Of all cookies.
  std::size_t bytes = 0;
  std::size_t count = 0;
};

/// Reads one `Cookie` header (RFC 6265 §4.2) into `cookies`: pairs are split first, so that an encoded `;` makes no
/// cookie; the first of a name counts. `suffix`: of the instance; empty: there are no suffixed cookies.
void readCookies(std::string_view header, std::string_view suffix, RequestCookies& cookies);

/// Percent-decoded, or as it is where that does not give UTF-8.
std::string decodeCookie(std::string_view value);

/// Headers that are absent are empty; of several of one name the first counts, but for the credentials and for
/// `Sec-Fetch-Dest`. Nothing is copied: borrows the request.
struct ReceivedRequest {
  /// Probably a page that a person asked for, whose browser will follow a redirect.
  bool isForDocument() const noexcept;

  std::string_view url;
  bool isGet = false;
  std::size_t credentials = 0;
  /// The token of the `Authorization` header, or why that is unusable; nullopt where there is none.
  std::optional<Result<std::string_view>> credential;
  std::string_view host;
  std::string_view forwardedHost;
  std::string_view forwardedProto;
  std::string_view referrer;
  std::string_view secFetchDest;
  std::string_view accept;
  RequestCookies cookies;
};

/// Reads the headers in one pass.
ReceivedRequest receive(const http::RequestView& request, std::string_view cookieSuffix);

/// Whether a person asked for it, and the browser will follow a redirect: GET or HEAD, without an `Authorization`
/// header and without a body of JSON, for a document or a frame. Browsers that do not tell must want HTML.
bool isPageRequest(const http::RequestView& request);

}  // namespace clerk
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
