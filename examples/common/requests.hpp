/// Checks of requests, and error responses.
#pragma once

#include <httplib.h>

#include <string>

namespace examples {

/// Without this check any web page could point its own host name to a demo and read the responses (DNS rebinding).
bool namesLoopback(const httplib::Request& request);

/// Also true for programs other than browsers: every browser sends the origin of a POST.
bool isFromThisSite(const httplib::Request& request);

/// Rejects ambiguous requests and unexpected bodies, which cpp-httplib would read at any size. Returns whether it did.
/// Otherwise disables ranges for the response: cpp-httplib would join thousands of ranges in one response.
bool refuseUnread(const httplib::Request& request, httplib::Response& response, bool expectsBody);

/// Responds with `{"error": ...}` and a status of at least 400, which makes a `Server` close the connection if the body
/// was not read.
void respondError(httplib::Response& response, int status, const std::string& error);

}  // namespace examples
