/// The files of a page, read once at start-up: nothing a browser asks for ever names a path on disk.
#pragma once

#include <map>
#include <string>

namespace examples {

struct StaticFile {
  std::string contentType;
  std::string body;
};

/// By path as in a URL: `/style.css`, and `/` for index.html. Empty when the folder is missing: the page was not built.
using StaticFiles = std::map<std::string, StaticFile>;

StaticFiles readStaticFiles(const std::string& folder);

}  // namespace examples
