#include <liveblocks/comment_body.hpp>

#include <stdexcept>
#include <utility>

#include "core/json_writer.hpp"
#include "core/text.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace comments {
namespace {

void requireWebUrl(std::string_view url) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (url.size() > scheme.size() && ascii::equalsIgnoringCase(url.substr(0, scheme.size()), scheme)) return;
  }
  throw std::invalid_argument("Invalid value for field 'url'. A link in a comment begins with http:// or https://.");
}

void requireId(std::string_view field, std::string_view id) {
  if (!id.empty()) return;
  throw std::invalid_argument("Invalid value for field '" + std::string(field) +
                              "'. Please provide a non-empty string.");
}

std::string elementsOf(const std::vector<Json>& paragraph) {
  json::ArrayWriter elements;
  for (const Json& element : paragraph) elements.addJson(element.text());
  return elements.finish();
}

}  // namespace

CommentBody CommentBody::fromText(std::string_view text) {
  CommentBody body;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (ascii::endsWith(line, "\r")) line.remove_suffix(1);
    body.paragraph().text(line);
    if (end == std::string_view::npos) return body;
    text.remove_prefix(end + 1);
  }
}

CommentBody& CommentBody::paragraph() & {
  paragraphs_.emplace_back();
  return *this;
}

CommentBody CommentBody::paragraph() && {
  paragraph();
  return std::move(*this);
}

CommentBody& CommentBody::text(std::string_view text, const TextStyle& style) & {
  json::ObjectWriter element;
  element.addString("text", text);
  if (style.bold) element.addJson("bold", "true");
  if (style.italic) element.addJson("italic", "true");
  if (style.strikethrough) element.addJson("strikethrough", "true");
  if (style.code) element.addJson("code", "true");
  add(Json::parse(element.finish()));
  return *this;
}

CommentBody CommentBody::text(std::string_view text, const TextStyle& style) && {
  this->text(text, style);
  return std::move(*this);
}

CommentBody& CommentBody::link(std::string_view url, const std::optional<std::string>& text) & {
  requireWebUrl(url);
  json::ObjectWriter element;
  element.addString("type", "link");
  element.addString("url", url);
  if (text) element.addString("text", *text);
  add(Json::parse(element.finish()));
  return *this;
}

CommentBody CommentBody::link(std::string_view url, const std::optional<std::string>& text) && {
  link(url, text);
  return std::move(*this);
}

CommentBody& CommentBody::mention(std::string_view userId) & {
  requireId("userId", userId);
  add(Json::object({{"type", "mention"}, {"kind", "user"}, {"id", userId}}));
  return *this;
}

CommentBody CommentBody::mention(std::string_view userId) && {
  mention(userId);
  return std::move(*this);
}

CommentBody& CommentBody::mentionGroup(std::string_view groupId, const std::vector<std::string>& userIds) & {
  requireId("groupId", groupId);
  json::ArrayWriter users;
  for (const std::string& userId : userIds) {
    requireId("userIds", userId);
    users.addString(userId);
  }
  json::ObjectWriter element;
  element.addString("type", "mention");
  element.addString("kind", "group");
  element.addString("id", groupId);
  if (!userIds.empty()) element.addJson("userIds", users.finish());
  add(Json::parse(element.finish()));
  return *this;
}

CommentBody CommentBody::mentionGroup(std::string_view groupId, const std::vector<std::string>& userIds) && {
  mentionGroup(groupId, userIds);
  return std::move(*this);
}

Json CommentBody::json() const {
  liveblocks::json::ArrayWriter content;
  for (const std::vector<Json>& elements : paragraphs_) {
    liveblocks::json::ObjectWriter block;
    block.addString("type", "paragraph");
    block.addJson("children", elementsOf(elements));
    content.addJson(block.finish());
  }
  liveblocks::json::ObjectWriter body;
  body.addInteger("version", 1);
  body.addJson("content", content.finish());
  return Json::parse(body.finish());
}

void CommentBody::add(const Json& element) {
  if (paragraphs_.empty()) paragraph();
  paragraphs_.back().push_back(element);
}

}  // namespace comments
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
