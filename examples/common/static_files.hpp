/// The files of a page, read once at start-up, so that requests never refer to paths on disk.
#pragma once

#include <httplib.h>

#include <map>
#include <string>

namespace examples {

struct StaticFile {
  std::string contentType;
  std::string body;
};

/// Files by URL path: `/style.css`, and `/` for index.html. Empty if the folder is missing because the page was not
/// built.
using StaticFiles = std::map<std::string, StaticFile>;

StaticFiles readStaticFiles(const std::string& folder);

/// Sends the file uncompressed. cpp-httplib would compress it for every request, which takes seconds for a bundled
/// script; a proxy can do it once. `file` must outlive the response.
void sendFile(const StaticFile& file, httplib::Response& response);

}  // namespace examples
