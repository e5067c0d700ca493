#include <stdexcept>

#include <liveblocks/sdk.hpp>

__attribute__((visibility("default"))) bool pluginWorks() {
  try {
    liveblocks::Json::parse("{");
    return false;
  } catch (const std::invalid_argument&) {
    return true;
  }
}
