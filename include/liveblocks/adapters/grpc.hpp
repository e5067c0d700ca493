/// @file
/// Clerk sessions for the calls of a gRPC server; written for and tested with gRPC 1.51. Header-only.
/// https://grpc.io/docs/guides/auth/
#pragma once

#include <grpcpp/security/auth_metadata_processor.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/status.h>
#include <grpcpp/support/string_ref.h>

#include <algorithm>
#include <cstddef>
#include <exception>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/clerk/session_claims.hpp>
#include <liveblocks/clerk/session_verifier.hpp>
#include <liveblocks/core/error.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/core/version.hpp>
#include <liveblocks/http/request_view.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace adapters {

/// Options of `GrpcSessionGuard`.
struct GrpcSessionOptions {
  /// The methods that need no session, such as `/grpc.health.v1.Health/Check`, compared exactly. All others need one.
  std::vector<std::string> publicMethods = {};
  /// Whether a call may wait until keys are fetched, on a thread of gRPC, for 5 s at most. If false, nothing blocks,
  /// and calls fail with `UNAVAILABLE` while there are no keys: use a PEM, or call `SessionVerifier::refreshKeys()` at
  /// start-up and then regularly.
  bool mayBlock = true;
};

/// The status to end a call with: `UNAVAILABLE` if the session could not be verified at the moment, so that the client
/// may repeat the call, else `UNAUTHENTICATED`. The message is one of two fixed texts.
inline grpc::Status grpcStatus(const Error& error) {
  if (error.kind() == ErrorKind::unavailable) {
    return {grpc::StatusCode::UNAVAILABLE, "Authentication is temporarily unavailable"};
  }
  return {grpc::StatusCode::UNAUTHENTICATED, "Authentication required"};
}

/// Ends each call without a valid session, before it gets to a handler: `authorization: Bearer <session token>` in its
/// metadata, once. Pass it to `ServerCredentials::SetAuthMetadataProcessor()`. gRPC calls it only with credentials such
/// as `SslServerCredentials()`, never with `InsecureServerCredentials()`. Thread-safe.
///
/// A handler that has to know who calls uses `session()`. The `grpc::AuthContext` is left alone, because it belongs to
/// the connection: with a proxy in between, the calls of several users share one, and each of them would see what was
/// written for the others.
class GrpcSessionGuard : public grpc::AuthMetadataProcessor {
 public:
  /// Throws `std::invalid_argument` for a public method that is not of the form `/<service>/<method>`.
  explicit GrpcSessionGuard(clerk::SessionVerifier verifier, GrpcSessionOptions options = {})
      : verifier_(std::move(verifier)), options_(std::move(options)) {
    for (const std::string& method : options_.publicMethods) {
      if (!isMethod(method))
        throw std::invalid_argument("publicMethods: \"" + method + "\" is not /<service>/<method>");
    }
  }

  /// The session of a call, on public methods, too, and even if the server has no guard. It verifies the token once
  /// more, which takes some 20 us, or less with `SessionVerifierOptions::tokenCache`. Throws nothing.
  Result<clerk::SessionClaims> session(const grpc::ServerContextBase& context) const {
    return sessionOf(context.client_metadata());
  }

  /// Whether gRPC runs `Process()` on a thread that may block.
  bool IsBlocking() const override { return options_.mayBlock; }

  /// For gRPC. The handler still gets the metadata, which `session()` needs.
  grpc::Status Process(const InputMetadata& metadata, grpc::AuthContext* /*ofConnection*/, OutputMetadata* /*consumed*/,
                       OutputMetadata* /*response*/) override {
    if (isPublic(metadata)) return grpc::Status::OK;
    const auto claims = sessionOf(metadata);
    return claims ? grpc::Status::OK : grpcStatus(claims.error());
  }

 private:
  static std::string_view viewOf(const grpc::string_ref& text) { return {text.data(), text.size()}; }

  static bool isMethod(std::string_view text) {
    const std::size_t second = text.find('/', 1);
    return text.substr(0, 1) == "/" && second != std::string_view::npos && second > 1 && second + 1 < text.size() &&
           text.find('/', second + 1) == std::string_view::npos;
  }

  bool isPublic(const InputMetadata& metadata) const {
    const auto [first, last] = metadata.equal_range(":path");
    if (first == last || std::next(first) != last) return false;
    const std::string_view path = viewOf(first->second);
    const auto& methods = options_.publicMethods;
    return std::any_of(methods.begin(), methods.end(), [path](const std::string& method) { return method == path; });
  }

  Result<clerk::SessionClaims> sessionOf(const InputMetadata& metadata) const {
    try {
      http::RequestView request;
      const auto [first, last] = metadata.equal_range("authorization");
      for (auto entry = first; entry != last; ++entry) {
        request.headers.emplace_back("authorization", viewOf(entry->second));
      }
      return options_.mayBlock ? verifier_.authenticate(request) : verifier_.authenticateLocally(request);
    } catch (const std::exception&) {
      return Error{Errc::internal, {}};
    }
  }

  clerk::SessionVerifier verifier_;
  GrpcSessionOptions options_;
};

}  // namespace adapters
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
