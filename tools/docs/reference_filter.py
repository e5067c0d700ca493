#!/usr/bin/env python3
"""A header as Doxygen reads it: python3 reference_filter.py <header>

- The inline namespace of the ABI is removed: nobody names it, and it would be in every title and URL.
- Everything in the header joins its topic, which docs/reference.dox describes. Lines keep their numbers.
- In prose "Liveblocks" is the company, not the class.
"""

import re
import sys

# The topic of a header, by the first pattern that its path begins with.
TOPICS = (
    (r"adapters/(asio|coroutine)", "async"),
    (r"adapters/(prometheus|spdlog)", "observability"),
    (r"adapters/(redis|postgres|sqlite|sql|connection_pool)", "webhook_stores"),
    (r"adapters/beast", "beast"),
    (r"adapters/cpp_httplib", "cpp_httplib"),
    (r"adapters/drogon", "drogon"),
    (r"adapters/grpc", "grpc"),
    (r"adapters/pistache", "pistache"),
    (r"adapters/poco", "poco"),
    (r"adapters/qt_http", "qt_http_server"),
    (r"adapters/restinio", "restinio"),
    (r"adapters/", "servers"),
    (r"ably/", "ably"),
    (r"auth_endpoint", "auth_endpoint"),
    (r"(clerk/)?webhook", "webhooks"),
    (r"clerk/(machine_token|token_type)", "clerk_machines"),
    (r"clerk/(request|route)", "clerk_requests"),
    (r"clerk/", "clerk"),
    (r"jwks/", "clerk"),
    (r"core/(events|log)", "observability"),
    (r"(core/(async|cancellation)|coroutine|http/(scheduler|event_loop|loop_thread))", "async"),
    (r"core/", "basics"),
    (r"http/", "network"),
    (r"(access_token|auth_response|permission|session)", "tokens"),
    (r"room", "rooms"),
    (r"testing/", "testing"),
    (r"", "liveblocks_api"),
)
ABI = re.compile(r"^(inline namespace LIVEBLOCKS_ABI \{|\}  // namespace LIVEBLOCKS_ABI)$")
NO_TOPIC = re.compile(r"/// @(file|[{}])")


def topic_of(path):
    name = path.partition("include/liveblocks/")[2]
    return next(topic for pattern, topic in TOPICS if re.match(pattern, name))


def filtered(path, lines):
    topic = topic_of(path)
    before = ""
    for line in lines:
        comment = line.lstrip().startswith("///")
        text = re.sub(r" Liveblocks(?=[ ,.;]|$)", " %Liveblocks", line) if comment else ABI.sub("", line)
        # A description in a namespace, which is not indented, begins. `\ilinebr` is an end of line that is not counted.
        begins = comment and (not before.startswith("///") or before == "/// @{")
        if begins and line.startswith("/// ") and not NO_TOPIC.match(line):
            text = f"/// @ingroup {topic} \\ilinebr {text[4:]}"
        before = line
        yield text


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8") as header:
        sys.stdout.write("\n".join(filtered(sys.argv[1], header.read().splitlines())) + "\n")
