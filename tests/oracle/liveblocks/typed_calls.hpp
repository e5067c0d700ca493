/// Typed calls by name, with arguments in JSON.
#pragma once

#include <chrono>
#include <map>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include <liveblocks/sdk.hpp>
#include <nlohmann/json.hpp>

#include "call_lines.hpp"

namespace liveblocks_tests {

/// What the oracle gives to a call: all members by their names.
class Given {
 public:
  explicit Given(const nlohmann::json& json) : json_(json) {}

  std::string text(const char* name) const { return json_.value(name, ""); }
  std::string bytes(const char* name) const { return fromHex(text(name)); }
  std::optional<std::string> optionalText(const char* name) const { return optionalMember<std::string>(json_, name); }
  std::optional<bool> optionalBool(const char* name) const { return optionalMember<bool>(json_, name); }
  std::optional<std::size_t> limit() const { return optionalMember<std::size_t>(json_, "limit"); }
  std::vector<std::string> texts(const char* name) const { return json_.value(name, std::vector<std::string>()); }
  const nlohmann::json& at(const char* name) const { return json_.at(name); }
  bool has(const char* name) const { return json_.contains(name); }
  liveblocks::Json json(const char* name) const { return liveblocks::Json(json_.at(name)); }

  /// Milliseconds since 1970.
  std::optional<std::chrono::system_clock::time_point> time(const char* name) const {
    if (!has(name)) return std::nullopt;
    return std::chrono::system_clock::time_point(std::chrono::milliseconds(json_[name].get<std::int64_t>()));
  }

  liveblocks::comments::Metadata metadata(const char* name) const {
    liveblocks::comments::Metadata metadata;
    if (!has(name)) return metadata;
    for (const auto& [key, value] : json_[name].items()) metadata.emplace(key, liveblocks::Json(value));
    return metadata;
  }

  /// A list of steps: {"paragraph"}, {"text", "style"}, {"link", "text"?}, {"mention"}, {"group", "userIds"}.
  liveblocks::comments::CommentBody body() const {
    liveblocks::comments::CommentBody body;
    for (const nlohmann::json& step : json_.at("body")) {
      if (step.contains("paragraph")) {
        body.paragraph();
      } else if (step.contains("link")) {
        body.link(step["link"].get<std::string>(), optionalMember<std::string>(step, "text"));
      } else if (step.contains("mention")) {
        body.mention(step["mention"].get<std::string>());
      } else if (step.contains("group")) {
        body.mentionGroup(step["group"].get<std::string>(), step["userIds"].get<std::vector<std::string>>());
      } else {
        const nlohmann::json& style = step["style"];
        body.text(step["text"].get<std::string>(), {style.value("bold", false), style.value("italic", false),
                                                    style.value("strikethrough", false), style.value("code", false)});
      }
    }
    return body;
  }

  liveblocks::comments::NewComment newComment() const {
    return {text("userId"), body(), metadata("commentMetadata"), texts("attachmentIds"), time("at")};
  }
  liveblocks::comments::ThreadAddress thread() const { return {text("roomId"), text("threadId")}; }
  liveblocks::comments::CommentAddress comment() const { return {text("roomId"), text("threadId"), text("commentId")}; }
  liveblocks::feeds::MessageAddress message() const { return {text("roomId"), text("feedId"), text("messageId")}; }

 private:
  const nlohmann::json& json_;
};

inline std::string toHex(const std::string& bytes) {
  constexpr const char* digits = "0123456789abcdef";
  std::string hex;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    hex += digits[byte / 16];
    hex += digits[byte % 16];
  }
  return hex;
}

inline nlohmann::json valueOf(const liveblocks::Json& value) { return nlohmann::json::parse(value.text()); }
inline nlohmann::json valueOf(const std::string& bytes) { return toHex(bytes); }
/// Of other types only that they were read.
template <class T>
nlohmann::json valueOf(const T&) {
  return true;
}

template <class T>
nlohmann::json outcomeOf(const liveblocks::Result<T>& result) {
  if (result) {
    if constexpr (std::is_void_v<T>) {
      return {{"value", nullptr}};
    } else {
      return {{"value", valueOf(*result)}};
    }
  }
  const liveblocks::Error& error = result.error();
  if (error.upstreamStatus == 0) return {{"refused", error.message}};
  if (error.upstreamStatus < 300) return {{"unreadable", error.message}};
  return {{"error", error.upstreamStatus}, {"code", error.info ? error.info->code : ""}};
}

/// Uploads a file of `size` bytes in parts of 5 MiB.
inline nlohmann::json uploadInParts(const liveblocks::Liveblocks& client, const Given& given) {
  namespace attachments = liveblocks::attachments;
  constexpr std::size_t partSize = std::size_t{5} << 20;
  const std::size_t size = given.at("size");
  const auto begun =
      client.call(attachments::beginMultipart(given.text("roomId"), "at_given", given.text("name"), size));
  if (!begun) return outcomeOf(begun);
  std::vector<attachments::Part> parts;
  for (std::size_t at = 0; at < size; at += partSize) {
    const auto number = static_cast<std::int64_t>(parts.size() + 1);
    const auto part =
        client.call(attachments::uploadPart(*begun, number, std::string(std::min(partSize, size - at), 'x')));
    if (!part) return outcomeOf(part);
    parts.push_back(*part);
  }
  return outcomeOf(client.call(attachments::completeMultipart(*begun, given.text("userId"), parts)));
}

/// Throws `std::invalid_argument` if the library does.
nlohmann::json makeTypedCall(const liveblocks::Liveblocks& client, const std::string& name, const nlohmann::json& json);

}  // namespace liveblocks_tests
