/// What the programs that stand beside @liveblocks/node read and write alike.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <liveblocks/core/log.hpp>
#include <liveblocks/core/result.hpp>
#include <liveblocks/http/message.hpp>
#include <nlohmann/json.hpp>

namespace liveblocks_tests {

inline std::string fromHex(const std::string& hex) {
  std::string bytes;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
    bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  }
  return bytes;
}

inline liveblocks::Result<liveblocks::http::Response> answerOf(const nlohmann::json& answer) {
  if (answer == "failure") return liveblocks::Error{liveblocks::Errc::connect, "refused"};
  liveblocks::http::Response response{answer.at("status"), {}, fromHex(answer.at("body"))};
  for (const auto& [name, value] : answer.at("headers").get<std::vector<std::pair<std::string, std::string>>>()) {
    response.headers.push_back({name, value});
  }
  return response;
}

template <class T>
std::optional<T> optionalMember(const nlohmann::json& object, const char* name) {
  if (!object.contains(name)) return std::nullopt;
  return object[name].get<T>();
}

inline nlohmann::json describeRequest(const liveblocks::http::Request& request) {
  nlohmann::json headers = nlohmann::json::array();
  for (const liveblocks::http::Header& header : request.headers) headers.push_back({header.name, header.value});
  return {{"method", request.method}, {"url", request.url}, {"headers", headers}, {"body", request.body}};
}

/// A log that writes as the console of the other side does.
inline liveblocks::Log logInto(nlohmann::json& lines) {
  return [&lines](liveblocks::LogLevel level, std::string_view text) {
    lines.push_back({level == liveblocks::LogLevel::warning ? "warn" : "error", text});
  };
}

}  // namespace liveblocks_tests
