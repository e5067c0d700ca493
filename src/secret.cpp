#include <liveblocks/secret.hpp>

#include <cstring>
#include <ostream>

#include <openssl/crypto.h>

namespace liveblocks {
inline namespace LIVEBLOCKS_ABI {
namespace {

struct WipingDeleter {
  std::size_t size;

  void operator()(const std::string_view* text) const noexcept {
    char* bytes = const_cast<char*>(text->data());
    OPENSSL_cleanse(bytes, size);
    delete[] bytes;
    delete text;
  }
};

std::shared_ptr<const std::string_view> copyToHeap(std::string_view text) {
  if (text.empty()) return nullptr;
  auto bytes = std::make_unique<char[]>(text.size());
  std::memcpy(bytes.get(), text.data(), text.size());
  auto view = std::make_unique<std::string_view>(bytes.get(), text.size());
  bytes.release();
  return {view.release(), WipingDeleter{text.size()}};
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
