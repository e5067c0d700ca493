/// What a server looks at before it answers, and how it refuses.
#pragma once

#include <httplib.h>

#include <string>

namespace examples {

/// Without this a web page anywhere could point its own host name at a demo and read its answers (DNS rebinding).
bool namesLoopback(const httplib::Request& request);

/// True also when it was no browser: every browser names the origin of a POST.
bool isFromThisSite(const httplib::Request& request);

/// Refuses what must not be read: what is ambiguous, and a body where none is expected, since left to itself
/// cpp-httplib reads one of any size. Returns whether it did. Else the answer will be whole, whatever ranges are asked
/// for: thousands of them fit into a header, and the library would put all of them into one answer.
bool refuseUnread(const httplib::Request& request, httplib::Response& response, bool expectsBody);

/// `{"error": ...}`, with a status of 400 or more: so a `Server` ends the connection where a body was not read.
void answerUnread(httplib::Response& response, int status, const std::string& error);

}  // namespace examples
