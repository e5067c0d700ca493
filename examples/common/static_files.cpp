#include "common/static_files.hpp"

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace examples {
namespace {

/// Returns null for a kind of file that pages do not use.
const char* contentTypeOf(const std::filesystem::path& path) {
  const auto extension = path.extension();
  if (extension == ".html") return "text/html; charset=utf-8";
  if (extension == ".js") return "text/javascript; charset=utf-8";
  if (extension == ".css") return "text/css; charset=utf-8";
  if (extension == ".svg") return "image/svg+xml";
  return nullptr;
}

std::string contentOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

StaticFiles readStaticFiles(const std::string& folder) {
  StaticFiles files;
  std::error_code missing;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, missing)) {
    const char* contentType = contentTypeOf(entry.path());
    if (!entry.is_regular_file() || contentType == nullptr) continue;
    const std::string name = "/" + entry.path().lexically_relative(folder).generic_string();
    files[name == "/index.html" ? "/" : name] = {contentType, contentOf(entry.path())};
  }
  return files;
}

void sendFile(const StaticFile& file, httplib::Response& response) {
  response.set_header("Cache-Control", "no-cache");
  if (file.body.empty()) return response.set_content("", file.contentType);
  // The content of a provider is not compressed.
  response.set_content_provider(file.body.size(), file.contentType,
                                [&file](std::size_t offset, std::size_t length, httplib::DataSink& sink) {
                                  return sink.write(file.body.data() + offset, length);
                                });
}

}  // namespace examples
