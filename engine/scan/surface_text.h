#pragma once
// The text of a `joined` surface: NUL item NUL item NUL. NUL cannot occur inside an item (DEX strings and
// class files encode it as C0 80; other items are cut there), so no item can forge a boundary.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace sdkprint {

class SurfaceText {
 public:
  SurfaceText() { clear(); }

  void clear() {
    text_.assign(1, '\0');
    starts_.clear();
  }
  void add(std::string_view item) {
    starts_.push_back(static_cast<std::uint32_t>(text_.size()));
    text_.append(item.substr(0, item.find('\0')));
    text_.push_back('\0');
  }
  /// A type descriptor ("Lcom/foo/Bar;") or internal name ("com/foo/Bar") as a dotted name.
  void add_type(std::string_view descriptor);

  std::size_t count() const { return starts_.size(); }
  Bytes bytes() const { return as_bytes(text_); }
  std::string_view item(std::size_t index) const {
    const std::size_t end = index + 1 < starts_.size() ? starts_[index + 1] : text_.size();
    return std::string_view(text_).substr(starts_[index], end - 1 - starts_[index]);
  }
  /// The item that a match ending at `end` lies in, looking from item `from` on (matches come in order of
  /// their ends, so a scan over all of them is one pass).
  std::size_t item_at(std::uint32_t end, std::size_t from) const {
    while (from + 1 < starts_.size() && starts_[from + 1] < end) ++from;
    return from;
  }

 private:
  std::string text_;
  std::vector<std::uint32_t> starts_;
};

/// "Lcom/foo/Bar;", "[Lcom/foo/Bar;" or "com/foo/Bar" as "com.foo.Bar".
std::string dotted_name(std::string_view descriptor);

}  // namespace sdkprint
