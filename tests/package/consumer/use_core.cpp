#include <system_error>

#include <liveblocks/sdk.hpp>

#ifdef WITH_PLUGIN
bool pluginWorks();
#else
static bool pluginWorks() { return true; }
#endif

int main() {
  const auto userInfo = liveblocks::Json::object({{"name", "Ada"}, {"level", 3}});
  const std::error_code code = liveblocks::Errc::expired;
  const bool works = userInfo.text() == R"({"name":"Ada","level":3})" && code.message() == "expired" &&
                     liveblocks::Secret("sk_x").redacted() != "sk_x";
  return works && pluginWorks() ? 0 : 1;
}
