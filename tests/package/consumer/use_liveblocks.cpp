#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/sdk.hpp>

int main() {
  liveblocks::LiveblocksOptions options;
  options.secret = "sk_test";
  options.baseUrl = "http://127.0.0.1:1";
  options.retry = false;
  const liveblocks::Liveblocks client(options);
  const auto [status, body, error] =
      client.prepareSession("alice").allow("acme:*", liveblocks::FULL_ACCESS).authorize();
  return status == 503 && error && error->code == liveblocks::Errc::connect ? 0 : 1;
}
