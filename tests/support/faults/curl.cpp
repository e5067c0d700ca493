// libcurl's functions, each with the results by which it fails according to its manual page.

#include <cstdarg>

#include <curl/curl.h>

namespace liveblocks_tests {
namespace {

void fail() {}

template <class Function>
struct FirstParameter;
template <class Result, class First, class... Rest>
struct FirstParameter<Result(First, Rest...)> {
  using Type = First;
};

/// To `const` in newer versions of libcurl.
using UrlToRead = FirstParameter<decltype(curl_url_get)>::Type;

}  // namespace
}  // namespace liveblocks_tests

#include "wrap.hpp"

using liveblocks_tests::countHandle;
using liveblocks_tests::FaultyFunction;
using liveblocks_tests::UrlToRead;

LIVEBLOCKS_TESTS_FAULTY(CURLcode, curl_global_init, (long flags), (flags), CURLE_FAILED_INIT, CURLE_OUT_OF_MEMORY)

// URLs.
LIVEBLOCKS_TESTS_GIVES(CURLU*, curl_url, (), ())
LIVEBLOCKS_TESTS_TAKES(curl_url_cleanup, CURLU*)
LIVEBLOCKS_TESTS_FAULTY(CURLUcode, curl_url_set, (CURLU * url, CURLUPart which, const char* part, unsigned flags),
                        (url, which, part, flags), CURLUE_OUT_OF_MEMORY, CURLUE_MALFORMED_INPUT)
LIVEBLOCKS_TESTS_GIVES_IN(part, CURLUE_OK, CURLUcode, curl_url_get,
                          (UrlToRead url, CURLUPart which, char** part, unsigned flags), (url, which, part, flags),
                          CURLUE_OUT_OF_MEMORY, CURLUE_UNKNOWN_PART)
LIVEBLOCKS_TESTS_TAKES(curl_free, void*)

// Transfers.
LIVEBLOCKS_TESTS_GIVES(CURL*, curl_easy_init, (), ())
LIVEBLOCKS_TESTS_TAKES(curl_easy_cleanup, CURL*)

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wvarargs"  // The parameter before the dots is libcurl's choice.
// NOLINTBEGIN(bugprone-branch-clone,bugprone-reserved-identifier,cppcoreguidelines-pro-type-vararg): the interfaces of
// the linker and libcurl, whose branches differ in the types of their arguments.

LIVEBLOCKS_TESTS_DECLARE(curl_easy_setopt);
LIVEBLOCKS_TESTS_WAYS(CURLcode, curl_easy_setopt, CURLE_OUT_OF_MEMORY, CURLE_BAD_FUNCTION_ARGUMENT,
                      CURLE_UNKNOWN_OPTION);

CURLcode(__wrap_curl_easy_setopt)(CURL* easy, CURLoption option, ...) {
  if (faulty_curl_easy_setopt.mustFail()) return ways_of_curl_easy_setopt[FaultyFunction::way()];
  va_list arguments;
  va_start(arguments, option);
  CURLcode outcome = CURLE_UNKNOWN_OPTION;
  if (option < CURLOPTTYPE_OBJECTPOINT) {
    outcome = __real_curl_easy_setopt(easy, option, va_arg(arguments, long));
  } else if (option >= CURLOPTTYPE_OFF_T && option < CURLOPTTYPE_BLOB) {
    outcome = __real_curl_easy_setopt(easy, option, va_arg(arguments, curl_off_t));
  } else {
    outcome = __real_curl_easy_setopt(easy, option, va_arg(arguments, void*));
  }
  va_end(arguments);
  return outcome;
}

LIVEBLOCKS_TESTS_DECLARE(curl_easy_getinfo);
LIVEBLOCKS_TESTS_WAYS(CURLcode, curl_easy_getinfo, CURLE_UNKNOWN_OPTION, CURLE_BAD_FUNCTION_ARGUMENT);

CURLcode(__wrap_curl_easy_getinfo)(CURL* easy, CURLINFO info, ...) {
  if (faulty_curl_easy_getinfo.mustFail()) return ways_of_curl_easy_getinfo[FaultyFunction::way()];
  va_list arguments;
  va_start(arguments, info);
  const CURLcode outcome = __real_curl_easy_getinfo(easy, info, va_arg(arguments, void*));
  va_end(arguments);
  return outcome;
}

// Groups of transfers.
LIVEBLOCKS_TESTS_GIVES(CURLM*, curl_multi_init, (), ())
LIVEBLOCKS_TESTS_DECLARE(curl_multi_cleanup);

CURLMcode(__wrap_curl_multi_cleanup)(CURLM* multi) {
  countHandle(multi, -1);
  return __real_curl_multi_cleanup(multi);
}

LIVEBLOCKS_TESTS_DECLARE(curl_multi_setopt);
LIVEBLOCKS_TESTS_WAYS(CURLMcode, curl_multi_setopt, CURLM_OUT_OF_MEMORY, CURLM_UNKNOWN_OPTION);

CURLMcode(__wrap_curl_multi_setopt)(CURLM* multi, CURLMoption option, ...) {
  if (faulty_curl_multi_setopt.mustFail()) return ways_of_curl_multi_setopt[FaultyFunction::way()];
  va_list arguments;
  va_start(arguments, option);
  const CURLMcode outcome = option < CURLOPTTYPE_OBJECTPOINT
                                ? __real_curl_multi_setopt(multi, option, va_arg(arguments, long))
                                : __real_curl_multi_setopt(multi, option, va_arg(arguments, void*));
  va_end(arguments);
  return outcome;
}

LIVEBLOCKS_TESTS_FAULTY(CURLMcode, curl_multi_add_handle, (CURLM * multi, CURL* easy), (multi, easy),
                        CURLM_OUT_OF_MEMORY, CURLM_INTERNAL_ERROR)

/// What fails has been done nevertheless, or the handle could never be freed.
LIVEBLOCKS_TESTS_DECLARE(curl_multi_remove_handle);
LIVEBLOCKS_TESTS_WAYS(CURLMcode, curl_multi_remove_handle, CURLM_BAD_EASY_HANDLE);

CURLMcode(__wrap_curl_multi_remove_handle)(CURLM* multi, CURL* easy) {
  const CURLMcode outcome = __real_curl_multi_remove_handle(multi, easy);
  return faulty_curl_multi_remove_handle.mustFail() ? ways_of_curl_multi_remove_handle[FaultyFunction::way()] : outcome;
}

LIVEBLOCKS_TESTS_FAULTY(CURLMcode, curl_multi_perform, (CURLM * multi, int* running), (multi, running),
                        CURLM_OUT_OF_MEMORY, CURLM_INTERNAL_ERROR)
LIVEBLOCKS_TESTS_FAULTY(CURLMcode, curl_multi_poll,
                        (CURLM * multi, curl_waitfd* more, unsigned count, int time, int* ready),
                        (multi, more, count, time, ready), CURLM_OUT_OF_MEMORY, CURLM_INTERNAL_ERROR)
LIVEBLOCKS_TESTS_FAULTY(CURLMcode, curl_multi_socket_action,
                        (CURLM * multi, curl_socket_t socket, int events, int* running),
                        (multi, socket, events, running), CURLM_OUT_OF_MEMORY, CURLM_BAD_SOCKET)
LIVEBLOCKS_TESTS_FAULTY(CURLMsg*, curl_multi_info_read, (CURLM * multi, int* left), (multi, left), nullptr)

#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
LIVEBLOCKS_TESTS_FAULTY(CURLMcode, curl_multi_socket_all, (CURLM * multi, int* running), (multi, running),
                        CURLM_OUT_OF_MEMORY, CURLM_INTERNAL_ERROR)
#pragma GCC diagnostic pop

// NOLINTEND(bugprone-branch-clone,bugprone-reserved-identifier,cppcoreguidelines-pro-type-vararg)
