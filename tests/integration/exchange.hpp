/// Shorthand for exchanges in tests.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>

#include <liveblocks/http/curl_transport.hpp>

#include "runners.hpp"
#include "tls_identity.hpp"

namespace liveblocks_tests {

inline liveblocks::http::Request get(std::string url) { return {"GET", std::move(url), {}, {}}; }

inline liveblocks::http::Request post(std::string url, std::string body) {
  return {"POST", std::move(url), {}, std::move(body)};
}

/// Long enough for a slow machine, short enough to notice a hang.
constexpr std::chrono::seconds ample{30};

inline liveblocks::http::Call within(std::chrono::milliseconds time) {
  return liveblocks::http::Call{std::chrono::steady_clock::now() + time};
}

inline liveblocks::Result<liveblocks::http::Response> send(liveblocks::http::Transport& transport,
                                                           const liveblocks::http::Request& request) {
  return transport.send(request, within(ample));
}

/// A transport that trusts that authority alone.
template <class Runner>
std::shared_ptr<liveblocks::http::Transport> trusting(const CertificateAuthority& authority) {
  liveblocks::http::CurlTransportOptions options;
  options.caFile = authority.file();
  return Runner::make(options);
}

/// nullopt for a success.
inline std::optional<liveblocks::Errc> codeOf(const liveblocks::Result<liveblocks::http::Response>& answer) {
  return answer ? std::nullopt : std::optional<liveblocks::Errc>(answer.error().code);
}

}  // namespace liveblocks_tests
