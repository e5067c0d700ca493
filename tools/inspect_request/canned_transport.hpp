// A Backend API that consists of the answers a line brings along. Nothing is ever sent.
#pragma once

#include <string>
#include <vector>

#include <liveblocks/http/transport.hpp>

namespace inspect_request {

struct CannedAnswer {
  std::string method;
  /// With the query, as in `/v1/clients/handshake_payload?nonce=abc`.
  std::string path;
  liveblocks::http::Response response;
};

class CannedTransport : public liveblocks::http::Transport {
 public:
  explicit CannedTransport(std::vector<CannedAnswer> answers);

  /// The first answer for the method and the path; an error where there is none.
  liveblocks::Result<liveblocks::http::Response> send(const liveblocks::http::Request& request,
                                                      const liveblocks::http::Call& call) override;

 private:
  std::vector<CannedAnswer> answers_;
};

}  // namespace inspect_request
