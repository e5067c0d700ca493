/// What a server looks at before it answers, and how it refuses.
#pragma once

#include <httplib.h>

#include <string>

namespace examples {

bool hasBody(const httplib::Request& request);

/// Without this a web page anywhere could point its own host name at a demo and read its answers (DNS rebinding).
bool namesLoopback(const httplib::Request& request);

/// True also when it was no browser: every browser names the origin of a POST.
bool isFromThisSite(const httplib::Request& request);

/// `{"error": ...}`, without reading the body, whose bytes must not be taken for the next request.
void answerUnread(httplib::Response& response, int status, const std::string& error);

}  // namespace examples
