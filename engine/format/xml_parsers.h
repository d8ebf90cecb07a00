#pragma once
// The three parsers behind xml.h, and what they share: how much of a hostile tree is kept.
#include <algorithm>
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

/// Attributes of one element beyond this are left out (a real one has 30; binary XML can name 65,535 in no
/// space).
inline constexpr std::size_t kMaxXmlAttributes = 1024;

/// What is left of the size of one tree. A real manifest stays under 20,000 elements. Once elements or
/// attributes ran out all is refused, and the tree read so far is the result. Text only gets shorter: one
/// long string named by many attributes must not hide the rest of a manifest.
class XmlBudget {
 public:
  explicit XmlBudget(Oddities& oddities) : oddities_(oddities) {}

  bool element() { return take(elements_); }
  bool attribute() { return take(attributes_); }
  bool exhausted() const { return exhausted_; }

  /// How many bytes the next text may have: an eighth of what is left of 16 MiB, at least 256.
  std::size_t text_room() const { return std::max<std::size_t>(text_ / 8, 256); }
  void take_text(std::size_t bytes) { text_ -= std::min(bytes, text_); }
  void say_text_is_cut() { oddities_.say("XML: long texts are cut"); }

 private:
  bool take(std::size_t& left) {
    if (!exhausted_ && left > 0) {
      --left;
      return true;
    }
    exhausted_ = true;
    oddities_.say("XML: too large, the rest is not read (limit 200000 elements, 500000 attributes)");
    return false;
  }

  Oddities& oddities_;
  std::size_t elements_ = 200'000;
  std::size_t attributes_ = 500'000;
  std::size_t text_ = std::size_t{16} << 20;
  bool exhausted_ = false;
};

/// Text of protobuf and text XML as well-formed UTF-8, within the budget.
std::string budgeted_text(Bytes text, XmlBudget& budget);

/// Sets value, reference and integer from a typed value that is no string.
void set_typed_value(XmlAttribute& attribute, const ResValue& value);

/// Sets value, and integer when the text is a decimal or 0x-hexadecimal number, "true" or "false".
void set_text_value(XmlAttribute& attribute, std::string text);

/// Each throws InputError when there is no root element.
XmlElement parse_binary_xml(Bytes file, Oddities& oddities);
XmlElement parse_proto_xml(Bytes file, Oddities& oddities);
XmlElement parse_text_xml(Bytes file, Oddities& oddities);

}  // namespace sdkprint
