#include <liveblocks/core/secret.hpp>

#include <ostream>
#include <vector>

#include "core/wipe.hpp"

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

class WipedBuffer {
 public:
  explicit WipedBuffer(std::string_view text) : bytes_(text.begin(), text.end()), view_(bytes_.data(), bytes_.size()) {}
  WipedBuffer(const WipedBuffer&) = delete;
  WipedBuffer& operator=(const WipedBuffer&) = delete;
  ~WipedBuffer() { detail::wipe(bytes_.data(), bytes_.size()); }

  const std::string_view& view() const noexcept { return view_; }

 private:
  std::vector<char> bytes_;
  std::string_view view_;
};

std::shared_ptr<const std::string_view> copyToHeap(std::string_view text) {
  if (text.empty()) return nullptr;
  const auto buffer = std::make_shared<const WipedBuffer>(text);
  return {buffer, &buffer->view()};
}

}  // namespace

Secret::Secret() noexcept = default;
Secret::Secret(const char* text) : Secret(text == nullptr ? std::string_view() : std::string_view(text)) {}
Secret::Secret(std::string_view text) : text_(copyToHeap(text)) {}
Secret::Secret(const std::string& text) : Secret(std::string_view(text)) {}

std::string_view Secret::reveal() const noexcept { return text_ ? *text_ : std::string_view(); }

bool Secret::empty() const noexcept { return text_ == nullptr; }

std::string Secret::redacted() const {
  if (empty()) return "";
  const std::string_view text = reveal();
  for (const std::string_view kind : {"sk_", "whsec_", "pk_"}) {
    if (text.substr(0, kind.size()) == kind) return std::string(kind) + "…***";
  }
  return "***";
}

std::ostream& operator<<(std::ostream& out, const Secret& secret) { return out << secret.redacted(); }

}  // namespace LIVEBLOCKS_ABI
}  // namespace liveblocks
