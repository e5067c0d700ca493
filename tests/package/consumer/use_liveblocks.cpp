#include <liveblocks/http/curl_transport.hpp>
#include <liveblocks/sdk.hpp>

int main() {
  liveblocks::LiveblocksOptions options;
  options.secret = "sk_test";
  options.baseUrl = "http://127.0.0.1:1";
  options.retry = false;
  const liveblocks::Liveblocks client(options);
  const liveblocks::AuthResponse response =
      client.prepareSession("alice").allow("acme:*", liveblocks::FULL_ACCESS).authorize();
  return response.status == 503 && response.error && response.error->code == liveblocks::Errc::connect ? 0 : 1;
}
