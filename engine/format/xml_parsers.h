#pragma once
// The three parsers behind xml.h, and what they share: how much of a hostile tree is kept.
#include <cstddef>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "format/oddities.h"
#include "format/res_value.h"
#include "format/xml.h"

namespace sdkprint {

inline constexpr std::string_view kAndroidUri = "http://schemas.android.com/apk/res/android";

/// Elements deeper than this are left out (a manifest needs 6; recursion over a tree stays bounded).
inline constexpr std::size_t kMaxXmlDepth = 128;

/// What is left of the size of one tree. A real manifest stays under 20,000 elements; a hostile one can name
/// one long string in every attribute, so text is counted as it is copied. Once something ran out all is
/// refused, and the tree read so far is the result.
class XmlBudget {
 public:
  explicit XmlBudget(Oddities& oddities) : oddities_(oddities) {}

  bool element() { return take(elements_, 1); }
  bool attribute() { return take(attributes_, 1); }
  bool text(std::size_t bytes) { return take(text_, bytes); }
  bool exhausted() const { return exhausted_; }

 private:
  bool take(std::size_t& left, std::size_t amount) {
    if (!exhausted_ && amount <= left) {
      left -= amount;
      return true;
    }
    exhausted_ = true;
    oddities_.say(
        "XML: too large, the rest is not read (limit 200000 elements, 500000 attributes, 16 MiB of text)");
    return false;
  }

  Oddities& oddities_;
  std::size_t elements_ = 200'000;
  std::size_t attributes_ = 500'000;
  std::size_t text_ = std::size_t{16} << 20;
  bool exhausted_ = false;
};

/// Sets value, reference and integer from a typed value that is no string.
void set_typed_value(XmlAttribute& attribute, const ResValue& value);

/// Sets value, and integer when the text is a decimal or 0x-hexadecimal number, "true" or "false".
void set_text_value(XmlAttribute& attribute, std::string text);

/// Each throws InputError when there is no root element.
XmlElement parse_binary_xml(Bytes file, Oddities& oddities);
XmlElement parse_proto_xml(Bytes file, Oddities& oddities);
XmlElement parse_text_xml(Bytes file, Oddities& oddities);

}  // namespace sdkprint
