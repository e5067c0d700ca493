/// The JSON of threads and comments: bodies of requests and responses.
#pragma once

#include <string>
#include <string_view>

#include <liveblocks/comments.hpp>

#include "api_json.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace comments {

/// Notes in the call a key that is empty or not UTF-8, and a value that is neither a string, a number nor a boolean,
/// nor null if that is permitted.
void requireMetadata(http::ApiCall& request, const Metadata& metadata, bool permitsNull);

/// @{
/// Writes the body of a call, in which invalid members are noted.
Json jsonOf(http::ApiCall& request, const NewThread& thread);
Json jsonOf(http::ApiCall& request, const NewComment& comment);
Json jsonOf(http::ApiCall& request, const CommentChange& change);
Json jsonOf(http::ApiCall& request, const MetadataChange& change);
/// @}

/// @{
/// Each is a `detail::ObjectReader`.
detail::ReadProblem readThread(std::string_view text, std::string path, Thread& thread);
detail::ReadProblem readComment(std::string_view text, std::string path, Comment& comment);
detail::ReadProblem readAttachment(std::string_view text, std::string path, Attachment& attachment);
detail::ReadProblem readMetadata(std::string_view text, std::string path, Metadata& metadata);
detail::ReadProblem readSubscription(std::string_view text, std::string path, Subscription& subscription);
detail::ReadProblem readUserReaction(std::string_view text, std::string path, UserReaction& reaction);
/// @}

}  // namespace comments
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
