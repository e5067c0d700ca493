#include "static_files.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

namespace task_board {
namespace {

const std::map<std::string, std::string> contentTypes = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".svg", "image/svg+xml"},
};

std::string contentOf(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace

StaticFiles readStaticFiles(const std::string& folder) {
  StaticFiles files;
  std::error_code missing;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, missing)) {
    const auto type = contentTypes.find(entry.path().extension().string());
    if (!entry.is_regular_file() || type == contentTypes.end()) continue;
    const std::string name = "/" + entry.path().lexically_relative(folder).generic_string();
    files[name == "/index.html" ? "/" : name] = {type->second, contentOf(entry.path())};
  }
  return files;
}

}  // namespace task_board
