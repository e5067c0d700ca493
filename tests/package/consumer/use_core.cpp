#include <liveblocks/sdk.hpp>

#ifdef WITH_PLUGIN
bool pluginWorks();
#else
static bool pluginWorks() { return true; }
#endif

int main() {
  const liveblocks::Liveblocks client({"sk_test"}, nullptr);
  auto session = client.prepareSession("alice").allow("acme:*", liveblocks::FULL_ACCESS);
  const bool works = session.request().url == "https://api.liveblocks.io/v2/authorize-user";
  return works && pluginWorks() ? 0 : 1;
}
