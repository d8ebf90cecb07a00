#pragma once
// Members of classes in dex notation, as behaviours name them: "Lcom/foo/Bar;->name(I)V".
#include <cstdint>
#include <string_view>

#include "signature/behaviour.h"
#include "signature/pattern_rules.h"

namespace sdkprint {

/// What a text may be. A method or field of a third-party class may lack its types ("Lcom/foo/Bar;->name"),
/// because shrinkers rename the classes in them; one of a class of the platform must have them.
enum class MemberForm : std::uint8_t {
  method,           ///< "Lcom/foo/Bar;->name(I)V"
  field,            ///< "Lcom/foo/Bar;->name:I"
  class_or_method,  ///< "Lcom/foo/Bar;" or "Lcom/foo/Bar;->name"
  class_only,       ///< "Lcom/foo/Bar;"
};

/// Fills `member`, or says what the text lacks.
Verdict parse_member(std::string_view text, MemberForm form, MemberRef& member);

/// Back to the text.
std::string to_string(const MemberRef& member);

}  // namespace sdkprint
