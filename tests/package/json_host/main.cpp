#include <iostream>
#include <stdexcept>
#include <string>

#include <liveblocks/sdk.hpp>
#include <liveblocks/testing/fake_liveblocks.hpp>

#include "host.hpp"

namespace {

bool hostWorks() {
  return host::rewritten(R"({"text": "b", "a": 0.5})") == R"({"a":0.5,"text":"b"}{"text":"b","a":0.5}"b")" &&
         host::rewritten("\xff").empty();
}

bool textIsRefused() {
  try {
    const liveblocks::Json text(std::string("\xff"));
    return false;
  } catch (const std::invalid_argument&) {
    return true;
  }
}

bool jsonIsRead() {
  return liveblocks::Json::parse(R"({ "n": 1e2, "text": "\u00e9" })").text() == R"({"n":1e2,"text":"\u00e9"})" &&
         liveblocks::Json(0.5).text() == "0.5";
}

bool roomIsKept() {
  const auto fake = std::make_shared<liveblocks::testing::FakeLiveblocks>();
  const liveblocks::Liveblocks client({fake->secretKey()}, fake);
  return client.createRoom("notes") && client.getRoom("notes");
}

}  // namespace

int main() {
  for (const auto& [works, what] : {std::pair(hostWorks(), "the program's own nlohmann/json"),
                                    std::pair(textIsRefused(), "refusing text that is not UTF-8"),
                                    std::pair(jsonIsRead(), "reading JSON"), std::pair(roomIsKept(), "the fakes")}) {
    if (works) continue;
    std::cerr << "This does not work: " << what << '\n';
    return 1;
  }
  return 0;
}
