// Room ids made of an organization, a group and a document: one entry of a token grants many rooms.
//
// Prints what is granted. If LIVEBLOCKS_BASE_URL is set, it also requests the token from that Liveblocks; otherwise
// nothing leaves this machine.
#include <cstdlib>
#include <iostream>

#include <liveblocks/sdk.hpp>

namespace {

liveblocks::Session sessionOf(const liveblocks::Liveblocks& liveblocks) {
  liveblocks::Session session = liveblocks.prepareSession("marc", {liveblocks::Json::object({{"name", "Marc"}})});
  // Marc's group writes in its own rooms and reads those of the rest of the organization ...
  session.allow("acme:product:*", session.FULL_ACCESS);
  session.allow("acme:*", session.READ_ACCESS);
  // ... where he may comment on the announcements ...
  session.allow("acme:news:1", {"*:read", "comments:write"});
  // ... and he is a guest in one room that follows no pattern.
  session.allow("design", session.FULL_ACCESS);
  return session;
}

void printCoverage(const liveblocks::Session& session) {
  for (const char* room : {"acme:product:roadmap", "acme:sales:q3", "design", "design:2", "globex:product:roadmap"}) {
    std::cout << room << ": " << (session.covers(room) ? "granted" : "not granted") << "\n";
  }
}

}  // namespace

int main() {
  // NOLINTBEGIN(concurrency-mt-unsafe): there are no threads yet.
  const char* key = std::getenv("LIVEBLOCKS_SECRET_KEY");
  const char* url = std::getenv("LIVEBLOCKS_BASE_URL");
  // NOLINTEND(concurrency-mt-unsafe)
  liveblocks::LiveblocksOptions options{key != nullptr ? key : "sk_localdev"};
  if (url == nullptr) {
    const liveblocks::Liveblocks offline(options, nullptr);
    liveblocks::Session session = sessionOf(offline);
    printCoverage(session);
    const liveblocks::http::Request request = session.request();
    std::cout << request.method << " " << request.url << "\n" << request.body << "\n";
    return 0;
  }
  options.baseUrl = url;
  const liveblocks::Liveblocks online(options);
  liveblocks::Session session = sessionOf(online);
  printCoverage(session);
  const liveblocks::AuthResponse response = session.authorize();
  std::cout << response.status << " " << response.body << "\n";
  if (response.error) std::cerr << response.error->message << "\n";
  return response.status == 200 ? 0 : 1;
}
