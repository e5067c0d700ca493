/// What a server looks at before it answers, and how it refuses.
#pragma once

#include <httplib.h>

#include <string>

namespace examples {

/// Without this a web page anywhere could point its own host name at a demo and read its answers (DNS rebinding).
bool namesLoopback(const httplib::Request& request);

/// True also when it was no browser: every browser names the origin of a POST.
bool isFromThisSite(const httplib::Request& request);

/// Refuses what must not be read: a body where none is expected, since left to itself cpp-httplib reads one of any
/// size; and byte ranges, thousands of which fit into a header, and the library would put all of them into one answer.
/// Returns whether it did.
bool refuseUnread(const httplib::Request& request, httplib::Response& response, bool expectsBody);

/// `{"error": ...}`, without reading the body, whose bytes must not be taken for the next request.
void answerUnread(httplib::Response& response, int status, const std::string& error);

}  // namespace examples
