/// @file
/// The texts of comments.
/// https://liveblocks.io/docs/api-reference/liveblocks-react#CommentBody
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/json.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace comments {

/// How a piece of text looks.
struct TextStyle {
  bool bold = false;           ///< Bold.
  bool italic = false;         ///< Italic.
  bool strikethrough = false;  ///< Struck through.
  bool code = false;           ///< As code.
};

/// Builds the body of a comment: paragraphs of text, links and mentions. What is added before the first `paragraph()`
/// begins one. Strings that are not UTF-8 throw `std::invalid_argument`. A value, for one thread at a time.
///
///     comments::CommentBody().mention("ada").text(" please look at ").link("https://example.com/plan", "the plan")
class LIVEBLOCKS_EXPORT CommentBody {
 public:
  /// A body without paragraphs.
  CommentBody() = default;

  /// A body of plain text with a paragraph for each line; lines end with LF or CRLF.
  static CommentBody fromText(std::string_view text);

  /// @{
  /// Begins another paragraph.
  CommentBody& paragraph() &;
  CommentBody paragraph() &&;
  /// @}
  /// @{
  /// Adds text.
  CommentBody& text(std::string_view text, const TextStyle& style = {}) &;
  CommentBody text(std::string_view text, const TextStyle& style = {}) &&;
  /// @}
  /// @{
  /// Adds a link. Throws for a `url` that does not begin with `http://` or `https://`: browsers run those of
  /// `javascript:`, and clients of Liveblocks show no others. Without a `text` the `url` is shown.
  CommentBody& link(std::string_view url, const std::optional<std::string>& text = {}) &;
  CommentBody link(std::string_view url, const std::optional<std::string>& text = {}) &&;
  /// @}
  /// @{
  /// Mentions a user, who is notified. Throws for an empty id.
  CommentBody& mention(std::string_view userId) &;
  CommentBody mention(std::string_view userId) &&;
  /// @}
  /// @{
  /// Mentions a group: one that Liveblocks manages, or, with `userIds`, one that the application does. Throws for an
  /// empty id.
  CommentBody& mentionGroup(std::string_view groupId, const std::vector<std::string>& userIds = {}) &;
  CommentBody mentionGroup(std::string_view groupId, const std::vector<std::string>& userIds = {}) &&;
  /// @}

  /// `{"version": 1, "content": [...]}`
  Json json() const;

 private:
  void add(const Json& element);

  /// The elements of each paragraph.
  std::vector<std::vector<Json>> paragraphs_;
};

}  // namespace comments
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
