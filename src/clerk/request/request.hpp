/// A received request, parsed once: its headers, its cookies, and its token.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/message.hpp>

#include "clerk/publishable_key.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace clerk::detail {

/// How many cookies are read. Cookies beyond the limits are ignored.
struct CookieLimits {
  /// The limits of an authenticator: 64 KiB and 200 cookies.
  static CookieLimits ofAuthenticator() noexcept { return {std::size_t{64} << 10, 200}; }
  /// All cookies are read.
  static CookieLimits none() noexcept { return {std::string_view::npos, std::string_view::npos}; }

  std::size_t maxBytes;
  std::size_t maxCount;
};

/// Clerk's cookies. The values are as they were sent, percent-encoded; nullopt for cookies that were not sent. Of
/// several cookies with one name the first counts. Borrows the headers.
class RequestCookies {
 public:
  using Value = std::optional<std::string_view>;

  /// A cookie by its plain name, and by its name with the suffix of the instance.
  struct Pair {
    Value plain;
    Value suffixed;
  };

  explicit RequestCookies(CookieLimits allowed) noexcept : limits(allowed) {}

  /// Adds the cookies of one `Cookie` header. `suffix` is that of the instance; without one no cookie is suffixed.
  void read(std::string_view header, std::string_view suffix);

  /// Whether the request exceeds the limits. Then none of the values may be used.
  bool areTooMany() const noexcept { return bytes > limits.maxBytes || count > limits.maxCount; }

  Pair session;
  Pair clientUat;
  Pair devBrowser;
  Pair refresh;
  Value handshake;
  Value handshakeNonce;
  Value redirectCount;

  CookieLimits limits;
  /// Of all cookies in the headers that were read.
  std::size_t bytes = 0;
  std::size_t count = 0;

 private:
  Value* find(std::string_view name, std::string_view suffix) noexcept;
};

/// Percent-decoded, or unchanged if the decoded value is not UTF-8.
std::string decodeCookie(std::string_view value);

/// Which requests count as requests for a page, whose browser follows redirects.
enum class PageRule {
  /// As in Clerk's SDK: `GET`. A browser that sends no `Sec-Fetch-Dest` must name `text/html` first.
  handshake,
  /// `GET` or `HEAD`, without an `Authorization` header that only programs send and without a JSON body. A browser that
  /// sends no `Sec-Fetch-Dest` must accept `text/html`.
  signIn,
};

/// What matters of a received request. Absent headers are empty; of several headers with one name the first counts.
/// Nothing is copied: borrows the request.
struct ParsedRequest {
  /// Reads all headers in one pass. `cookieSuffix` is that of the instance; empty without a publishable key.
  ParsedRequest(const http::RequestView& request, std::string_view cookieSuffix, CookieLimits limits);

  bool isGet() const noexcept;
  bool isForPage(PageRule rule) const;
  /// Whether a browser requests a document for a tab or window.
  bool isForDocument() const noexcept;

  /// The session token of the `Authorization` header, else of the session cookie: see `findSessionToken()`. `instance`
  /// is null without a publishable key.
  Result<SessionToken> sessionToken(const PublishableKey* instance) const;

  std::string_view method;
  std::string_view url;
  /// The token of the `Authorization` header (RFC 9110 §11.6.2), or the error of a malformed header. nullopt if there
  /// are no credentials, or credentials of another scheme than `Bearer`.
  std::optional<Result<std::string_view>> bearerToken;
  RequestCookies cookies;
  std::string_view host;
  std::string_view forwardedHost;
  std::string_view forwardedProto;
  std::string_view referrer;
  std::optional<std::string_view> authorization;
  std::optional<std::string_view> accept;
  std::optional<std::string_view> contentType;
  /// `Sec-Fetch-Dest`, and how often it was sent.
  std::optional<std::string_view> destination;
  std::size_t destinations = 0;

 private:
  void readHeader(std::string_view name, std::string_view value, std::string_view cookieSuffix);
  void readAuthorization(std::string_view value);
  bool isFromProgram() const;
  bool hasJsonBody() const;
};

}  // namespace clerk::detail
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
