/// A client on a fake transport, with its log.
#pragma once

#include <liveblocks/liveblocks.hpp>
#include <liveblocks/testing/fake_transport.hpp>

#include <memory>
#include <string>

#include "log_lines.hpp"

namespace liveblocks_tests {

struct ClientFixture {
  std::shared_ptr<liveblocks::testing::FakeTransport> transport =
      std::make_shared<liveblocks::testing::FakeTransport>();
  LogLines log;

  liveblocks::LiveblocksOptions options() const {
    liveblocks::LiveblocksOptions options;
    options.secret = "sk_testingtesting";
    options.retry = false;
    options.log = log.callback();
    return options;
  }

  liveblocks::Liveblocks client() const { return liveblocks::Liveblocks(options(), transport); }

  liveblocks::Session session() const { return client().prepareSession("user-123"); }
};

/// The text repeated.
inline std::string times(std::size_t count, std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < count; ++i) result += text;
  return result;
}

}  // namespace liveblocks_tests
