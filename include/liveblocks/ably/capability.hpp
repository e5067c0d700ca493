/// @file
/// What the bearer of an Ably token may do.
/// https://ably.com/docs/auth/capabilities
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/core/export.hpp>
#include <liveblocks/core/result.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace ably {

/// What can be granted on a resource.
enum class Operation {
  all,                  ///< `*`. Only alone.
  publish,              ///< `publish`
  subscribe,            ///< `subscribe`
  presence,             ///< `presence`
  objectSubscribe,      ///< `object-subscribe`
  objectPublish,        ///< `object-publish`
  annotationSubscribe,  ///< `annotation-subscribe`
  annotationPublish,    ///< `annotation-publish`
  messageUpdateAny,     ///< `message-update-any`
  messageUpdateOwn,     ///< `message-update-own`
  messageDeleteAny,     ///< `message-delete-any`
  messageDeleteOwn,     ///< `message-delete-own`
  history,              ///< `history`
  stats,                ///< `stats`
  channelMetadata,      ///< `channel-metadata`
  pushSubscribe,        ///< `push-subscribe`
  pushAdmin,            ///< `push-admin`
  privilegedHeaders,    ///< `privileged-headers`
};

/// What is done with operations that this library does not know.
enum class UnknownOperations {
  refuse,  ///< They are errors.
  accept,  ///< They are passed on: Ably has new ones now and then, and refuses what it does not know.
};

/// Operations on one resource.
struct Grant {
  /// A channel, or a pattern of them: `*` stands for a whole segment between colons and, at the end, for any number of
  /// them. `[queue]...` and `[meta]...` are no channels. Names made of input: see `channelName()`.
  std::string resource;
  /// In any order; repeats count once.
  std::vector<Operation> operations;
};

/// A set of grants as canonical text: no white space, resources and operations in the order of ECMAScript.
///
/// Errors are `Errc::invalidRequest` with Ably's code 40000: no grants, a resource that is empty, named twice or
/// malformed UTF-8, no operations on a resource, `*` beside another operation, more text than `maxBytes`.
/// Immutable; const access is thread-safe.
class LIVEBLOCKS_EXPORT Capability {
 public:
  /// Bytes of text, at most.
  static constexpr std::size_t maxBytes = 65536;

  /// Exactly these grants.
  static Result<Capability> of(const std::vector<Grant>& grants);

  /// Reads JSON text such as `{"chat:*":["publish","subscribe"]}`. Anything but an object of non-empty arrays of
  /// strings is an error, and so is an operation without a name.
  static Result<Capability> parse(std::string_view json, UnknownOperations unknown = UnknownOperations::refuse);

  /// **Everything** the API key may do. Only for token requests, where Ably narrows to it anyway.
  static Capability allKeyCapabilities();

  /// True for `allKeyCapabilities()`.
  bool isEverything() const noexcept;

  /// The canonical JSON text; empty for `allKeyCapabilities()`.
  const std::string& text() const noexcept;

 private:
  explicit Capability(std::string text);

  std::string text_;
};

/// The channel `nameSpace:id`, for an id that comes from input. `Errc::invalidRequest` when either is empty, malformed
/// UTF-8, begins with `[`, or holds `*` or a control character, or the id holds `:`: it would name other channels than
/// the one.
LIVEBLOCKS_EXPORT Result<std::string> channelName(std::string_view nameSpace, std::string_view id);

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
