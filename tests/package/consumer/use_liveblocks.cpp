#include <liveblocks/sdk.hpp>

int main() {
  const auto transport = liveblocks::http::defaultTransport();
  const auto answer = transport->send({"GET", "ftp://127.0.0.1/", {}, ""}, {liveblocks::Deadline::max()});
  return answer ? 1 : 0;
}
