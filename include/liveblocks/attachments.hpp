/// @file
/// The files of comments, as calls for `Liveblocks::call()` and `callAsync()`.
/// https://liveblocks.io/docs/api-reference/rest-api-endpoints#Comments
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <liveblocks/comments.hpp>
#include <liveblocks/core/export.hpp>
#include <liveblocks/http/api_call.hpp>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {

/// The files of comments: upload them, then name their ids in `comments::NewComment::attachmentIds`. All functions are
/// thread-safe, and none sends anything. Arguments that cannot be right, such as an empty id or the name `..` of a
/// file, are `Errc::invalidRequest` of the call, without a request.
namespace attachments {

/// A file with an address from which it can be downloaded.
struct Download {
  /// What is known about the file.
  comments::Attachment attachment;
  /// The address. Whoever knows it can download the file until it expires.
  std::string url;
  /// When the address expires.
  std::chrono::system_clock::time_point expiresAt;
};

/// `GET /v2/rooms/{roomId}/attachments/{attachmentId}`: a file, with an address to download it from.
LIVEBLOCKS_EXPORT http::TypedCall<Download> get(std::string_view roomId, std::string_view attachmentId);

/// A new id for a file, `at_...`, at random. Throws `std::runtime_error` if the crypto library has no random numbers.
LIVEBLOCKS_EXPORT std::string newId();

/// A file to upload.
struct Upload {
  /// Who uploads it.
  std::string userId;
  /// Its name.
  std::string name;
  /// Its content.
  std::string data;
  /// Its id, from `newId()`; if empty, a new one is made. An upload that is repeated with the same id is one.
  std::string attachmentId = {};
};

/// `PUT /v2/rooms/{roomId}/attachments/{attachmentId}/upload/{name}`: uploads a file in one request. Above 5 MiB use
/// `beginMultipart()`, as the vendor's SDK does.
LIVEBLOCKS_EXPORT http::TypedCall<comments::Attachment> upload(std::string_view roomId, Upload upload);

/// A file that is uploaded in parts.
struct Multipart {
  /// The room.
  std::string roomId;
  /// The id of the file.
  std::string attachmentId;
  /// The id of the upload.
  std::string uploadId;
};

/// A part that was uploaded.
struct Part {
  /// From 1.
  std::int64_t partNumber = 0;
  /// What Liveblocks identifies its content by.
  std::string etag;
};

/// `POST /v2/rooms/{roomId}/attachments/{attachmentId}/multipart/{name}`: begins the upload of a file of `size` bytes
/// in parts.
LIVEBLOCKS_EXPORT http::TypedCall<Multipart> beginMultipart(std::string_view roomId, std::string_view attachmentId,
                                                            std::string_view name, std::size_t size);

/// `PUT .../multipart/{uploadId}/{partNumber}`: uploads a part, from number 1. All parts but the last one have 5 MiB or
/// more.
LIVEBLOCKS_EXPORT http::TypedCall<Part> uploadPart(const Multipart& multipart, std::int64_t partNumber,
                                                   std::string data);

/// `POST .../multipart/{uploadId}/complete`: ends an upload of `userId`. The parts are in the order of their numbers.
LIVEBLOCKS_EXPORT http::TypedCall<comments::Attachment> completeMultipart(const Multipart& multipart,
                                                                          std::string_view userId,
                                                                          const std::vector<Part>& parts);

/// `DELETE .../multipart/{uploadId}`: gives an upload up.
LIVEBLOCKS_EXPORT http::TypedCall<void> abortMultipart(const Multipart& multipart);

}  // namespace attachments
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
