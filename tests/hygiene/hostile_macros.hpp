/// Macros that X11, windows.h, Qt and glibc put in the way of users. The standard headers come first: what these macros
/// do to them is not our concern.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <iosfwd>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#define HOSTILE [[no such thing]]

#define min(a, b) HOSTILE
#define max(a, b) HOSTILE
#define small HOSTILE
#define near HOSTILE
#define far HOSTILE
#define interface HOSTILE
#define ERROR HOSTILE
#define DELETE HOSTILE
#define IN HOSTILE
#define OUT HOSTILE
#define OPTIONAL HOSTILE
#define STRICT HOSTILE
#define VOID HOSTILE
#define CONST HOSTILE
#define NO_ERROR HOSTILE
#define GetObject HOSTILE
#define GetMessage HOSTILE
#define SendMessage HOSTILE

#define Always HOSTILE
#define Bool HOSTILE
#define None HOSTILE
#define Status HOSTILE
#define Success HOSTILE
#define True HOSTILE
#define False HOSTILE
#define Unsorted HOSTILE
#define KeyPress HOSTILE

#define emit HOSTILE
#define foreach HOSTILE
#define forever HOSTILE
#define signals HOSTILE
#define slots HOSTILE

#define DEBUG HOSTILE
#define major(device) HOSTILE
#define minor(device) HOSTILE
#define check(condition) HOSTILE
#define require(condition) HOSTILE
