/// @file
/// The capabilities of Ably tokens.
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

/// An operation that can be granted on a resource.
enum class Operation {
  all,                  ///< `*`, which must be the only operation.
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

/// How operations are handled that this library does not know.
enum class UnknownOperations {
  refuse,  ///< They are rejected: an error.
  accept,  ///< They are passed on: Ably adds operations now and then, and refuses those that it does not know.
};

/// The operations on one resource.
struct Grant {
  /// A channel, or a pattern of channels: `*` matches a whole segment between colons and, at the end, any number of
  /// segments. `[queue]...` and `[meta]...` are not channels. For names that contain input, use `channelName()`.
  std::string resource;
  /// The operations in any order; repetitions are ignored.
  std::vector<Operation> operations;
};

/// A set of grants in canonical JSON: without white space, resources and operations in the order of ECMAScript.
///
/// Errors are `Errc::invalidRequest` with Ably's code 40000: no grants, a resource that is empty, named twice or
/// malformed UTF-8, no operations on a resource, `*` together with another operation, more bytes than `maxBytes`.
/// Immutable; const access is thread-safe.
class LIVEBLOCKS_EXPORT Capability {
 public:
  /// The size limit of the text, in bytes.
  static constexpr std::size_t maxBytes = 65536;

  /// The capability with exactly these grants.
  static Result<Capability> of(const std::vector<Grant>& grants);

  /// Parses JSON text such as `{"chat:*":["publish","subscribe"]}`. Anything but an object of non-empty arrays of
  /// strings is an error, and so is an operation without a name.
  static Result<Capability> parse(std::string_view json, UnknownOperations unknown = UnknownOperations::refuse);

  /// **Everything** that the API key may do. Only for token requests, which Ably restricts to the capabilities of the
  /// key.
  static Capability allKeyCapabilities();

  /// Whether this is `allKeyCapabilities()`.
  bool isEverything() const noexcept;

  /// The canonical JSON text; empty for `allKeyCapabilities()`.
  const std::string& text() const noexcept;

 private:
  explicit Capability(std::string text);

  std::string text_;
};

/// The name of the channel `nameSpace:id`, for an id that comes from input. Returns `Errc::invalidRequest` when either
/// is empty or malformed UTF-8, begins with `[`, or contains `*` or a control character, or when the id contains `:`,
/// since the name would match other channels.
LIVEBLOCKS_EXPORT Result<std::string> channelName(std::string_view nameSpace, std::string_view id);

}  // namespace ably
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
