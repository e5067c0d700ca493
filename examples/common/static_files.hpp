/// The files of a page, read once at start-up: nothing a browser asks for ever names a path on disk.
#pragma once

#include <httplib.h>

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

/// Answers with the file as it is. Left to itself cpp-httplib compresses what browsers let it, as well as it can and
/// for every request anew, which takes seconds for a bundled script: that is better done by a proxy, once. `file` must
/// outlive the answer.
void answerFile(const StaticFile& file, httplib::Response& response);

}  // namespace examples
