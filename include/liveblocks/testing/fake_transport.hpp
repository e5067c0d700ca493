/// @file
/// A transport without a network. Part of the target `liveblocks::testing`.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <liveblocks/http/transport.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing {

/// Answers from a script and records what it was asked. Thread-safe.
class LIVEBLOCKS_EXPORT FakeTransport : public http::Transport {
 public:
  /// Makes up an answer.
  using Handler = std::function<Result<http::Response>(const http::Request& request, const http::Call& call)>;

  /// Answers every request with `Errc::connect` until it is told otherwise.
  FakeTransport();
  /// As if by `setHandler()`.
  explicit FakeTransport(Handler handler);
  ~FakeTransport() override;

  /// Adds one answer to the script; the script comes before the handler.
  void push(Result<http::Response> answer);
  /// Adds one answer of JSON text.
  void pushJson(int status, std::string body);
  /// Who answers once the script is used up.
  void setHandler(Handler handler);

  /// @{
  /// Everything asked so far, in order.
  std::vector<http::Request> requests() const;
  std::size_t requestCount() const;
  /// @}

  /// Never throws: an exception of the handler becomes `Errc::internal`.
  Result<http::Response> send(const http::Request& request, const http::Call& call) override;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

/// A response with `Content-Type: application/json`.
LIVEBLOCKS_EXPORT http::Response jsonResponse(int status, std::string body);

}  // namespace testing
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
