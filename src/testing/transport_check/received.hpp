/// A request as it arrived at the server of the transport check.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/version.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace testing::transport_check {

struct Received {
  std::string method;
  /// Byte for byte.
  std::string target;
  /// In order, duplicates kept.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  /// All values of that name, compared without case.
  std::vector<std::string> valuesOf(std::string_view name) const;
};

/// Takes the first request from what has come; nullopt while it is not whole. A request that cannot be read has the
/// method `?`.
std::optional<Received> takeRequest(std::string& bytes);

/// Whether a head is there that waits to be told to go on (RFC 9110 §10.1.1).
bool expectsContinue(std::string_view bytes);

}  // namespace testing::transport_check
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
