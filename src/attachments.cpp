#include <liveblocks/attachments.hpp>

#include <functional>
#include <optional>
#include <stdexcept>
#include <utility>

#include "comments_json.hpp"
#include "core/base64.hpp"
#include "core/json_members.hpp"
#include "crypto/hash.hpp"
#include "typed_call.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace attachments {
namespace {

using detail::ReadProblem;
using json::MemberReader;

constexpr const char* bytesType = "application/octet-stream";
constexpr std::string_view attachmentWanted = "an attachment";

ReadProblem readDownload(std::string_view text, std::string path, Download& download) {
  if (ReadProblem problem = comments::readAttachment(text, path, download.attachment)) return problem;
  MemberReader reader(text, std::move(path));
  reader.read("url", download.url);
  detail::take(reader, "expiresAt", detail::toTime, download.expiresAt, detail::dateWithTime);
  return reader.problem();
}

/// Reads a response that must be about that file.
std::function<Result<comments::Attachment>(http::ApiResponse)> attachmentReading(std::string_view attachmentId) {
  return detail::checkedReading(
      attachmentWanted, comments::readAttachment,
      [id = std::string(attachmentId)](const comments::Attachment& attachment) { return attachment.id == id; });
}

ReadProblem readPart(std::string_view text, std::string path, Part& part) {
  MemberReader reader(text, std::move(path));
  reader.read("partNumber", part.partNumber);
  reader.read("etag", part.etag);
  return reader.problem();
}

/// The room is known from the request.
http::TypedCall<Multipart> multipartReading(http::ApiCall request, std::string_view roomId,
                                            std::string_view attachmentId) {
  const auto read = [roomId = std::string(roomId),
                     attachmentId = std::string(attachmentId)](const http::ApiResponse& response) -> Result<Multipart> {
    const detail::ObjectReader<std::string> readUploadId = [](std::string_view text, std::string path,
                                                              std::string& uploadId) {
      MemberReader reader(text, std::move(path));
      reader.read("uploadId", uploadId);
      return reader.problem();
    };
    Result<std::string> uploadId = detail::readResponse(response.body, "an upload in parts", readUploadId);
    if (!uploadId) return std::move(uploadId).error();
    return Multipart{roomId, attachmentId, *std::move(uploadId)};
  };
  return {std::move(request), read};
}

/// `path` is below that of the upload.
http::ApiCall multipartCall(std::string_view operation, const char* method, const Multipart& multipart,
                            const char* path = "") {
  http::ApiCall request = detail::apiCall(
      operation, method, "/v2/rooms/{roomId}/attachments/{attachmentId}/multipart/{uploadId}",
      {{"roomId", multipart.roomId}, {"attachmentId", multipart.attachmentId}, {"uploadId", multipart.uploadId}});
  request.path += path;
  return request;
}

Json jsonOf(http::ApiCall& request, const std::vector<Part>& parts) {
  json::ArrayWriter list;
  for (const Part& part : parts) {
    list.addJson(
        detail::RequestBody(request).json("partNumber", Json(part.partNumber)).text("etag", part.etag).finish().text());
  }
  return Json::parse(list.finish());
}

/// nullopt if the crypto library has no random numbers.
std::optional<std::string> randomId() {
  // The length of the ids that the vendor's SDK makes.
  constexpr std::size_t length = 21;
  constexpr std::size_t randomBytes = 16;
  const std::optional<std::string> bytes = crypto::randomBytes(randomBytes);
  if (!bytes) return std::nullopt;
  return "at_" + base64url::encode(*bytes).substr(0, length);
}

constexpr const char* noRandomNumbers = "the crypto library has no random numbers, which a new id needs";

}  // namespace

http::TypedCall<Download> get(std::string_view roomId, std::string_view attachmentId) {
  return {detail::apiCall("liveblocks.attachments.get", "GET", "/v2/rooms/{roomId}/attachments/{attachmentId}",
                          {{"roomId", roomId}, {"attachmentId", attachmentId}}),
          detail::checkedReading(
              attachmentWanted, readDownload,
              [id = std::string(attachmentId)](const Download& download) { return download.attachment.id == id; })};
}

std::string newId() {
  std::optional<std::string> id = randomId();
  if (!id) throw std::runtime_error(noRandomNumbers);
  return *std::move(id);
}

http::TypedCall<comments::Attachment> upload(std::string_view roomId, Upload upload) {
  const std::optional<std::string> attachmentId =
      upload.attachmentId.empty() ? randomId() : std::move(upload.attachmentId);
  http::ApiCall request = detail::apiCall(
      "liveblocks.attachments.upload", "PUT", "/v2/rooms/{roomId}/attachments/{attachmentId}/upload/{name}",
      {{"roomId", roomId}, {"attachmentId", attachmentId.value_or("")}, {"name", upload.name}});
  if (!attachmentId) request.problem = Error{Errc::internal, noRandomNumbers};
  detail::addQuery(request, "fileSize", upload.data.size());
  detail::addQuery(request, "userId", upload.userId);
  request.body = http::ApiBytes{bytesType, std::move(upload.data)};
  return {std::move(request), attachmentReading(attachmentId.value_or(""))};
}

http::TypedCall<Multipart> beginMultipart(std::string_view roomId, std::string_view attachmentId, std::string_view name,
                                          std::size_t size) {
  http::ApiCall request = detail::apiCall("liveblocks.attachments.begin_multipart", "POST",
                                          "/v2/rooms/{roomId}/attachments/{attachmentId}/multipart/{name}",
                                          {{"roomId", roomId}, {"attachmentId", attachmentId}, {"name", name}});
  detail::addQuery(request, "fileSize", size);
  return multipartReading(std::move(request), roomId, attachmentId);
}

http::TypedCall<Part> uploadPart(const Multipart& multipart, std::int64_t partNumber, std::string data) {
  http::ApiCall request = multipartCall("liveblocks.attachments.upload_part", "PUT", multipart, "/{partNumber}");
  detail::require(request, partNumber >= 1, "partNumber", "is less than 1");
  request.pathParameters.push_back({"partNumber", std::to_string(partNumber)});
  request.body = http::ApiBytes{bytesType, std::move(data)};
  return {std::move(request), detail::checkedReading("a part of a file", readPart, [partNumber](const Part& part) {
            return part.partNumber == partNumber;
          })};
}

http::TypedCall<comments::Attachment> completeMultipart(const Multipart& multipart, std::string_view userId,
                                                        const std::vector<Part>& parts) {
  http::ApiCall request = multipartCall("liveblocks.attachments.complete_multipart", "POST", multipart, "/complete");
  detail::addQuery(request, "userId", std::string(userId));
  request.body = detail::RequestBody(request).json("parts", jsonOf(request, parts)).finish();
  return {std::move(request), attachmentReading(multipart.attachmentId)};
}

http::TypedCall<void> abortMultipart(const Multipart& multipart) {
  return {multipartCall("liveblocks.attachments.abort_multipart", "DELETE", multipart)};
}

}  // namespace attachments
}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
