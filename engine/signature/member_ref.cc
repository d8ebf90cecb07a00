// The grammar is the dex format's: TypeDescriptor, and SimpleName without the characters that separate the
// parts.
#include "signature/member_ref.h"

#include <algorithm>
#include <array>

#include "signature/diagnostic.h"

namespace sdkprint {
namespace {

constexpr std::string_view kArrow = "->";
constexpr std::size_t kMaxDimensions = 255;
/// Where the classes of the device live; their members keep their types in every app.
constexpr std::array<std::string_view, 6> kPlatform = {
    "Landroid/", "Ljava/", "Ljavax/", "Ldalvik/", "Lcom/android/internal/", "Lorg/apache/http/"};

bool is_platform(std::string_view descriptor) {
  return !descriptor.starts_with("Landroid/support/") &&
         std::any_of(kPlatform.begin(), kPlatform.end(),
                     [&](std::string_view prefix) { return descriptor.starts_with(prefix); });
}

std::string_view example(MemberForm form) {
  switch (form) {
    case MemberForm::method:
      return "a method such as \"Lcom/foo/Bar;->name(I)V\"";
    case MemberForm::field:
      return "a field such as \"Lcom/foo/Bar;->name:I\"";
    case MemberForm::class_or_method:
      return "a class or method such as \"Lcom/foo/Bar;->name\"";
    case MemberForm::class_only:
      return "a class such as \"Lcom/foo/Bar;\"";
  }
  return "";
}

bool is_name_character(char c) {
  constexpr std::string_view kSeparators = ".;[/<>():, \"'";
  return static_cast<unsigned char>(c) > 0x20 && c != 0x7F && kSeparators.find(c) == std::string_view::npos;
}

bool is_simple_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), is_name_character);
}

bool is_member_name(std::string_view name, bool is_method) {
  return is_simple_name(name) || (is_method && (name == "<init>" || name == "<clinit>"));
}

/// Length of the class descriptor at the beginning, 0 when there is none.
std::size_t class_length(std::string_view text) {
  if (!text.starts_with('L')) return 0;
  std::size_t begin = 1;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (is_name_character(text[at])) continue;
    if (at == begin || (text[at] != '/' && text[at] != ';')) return 0;
    if (text[at] == ';') return at + 1;
    begin = at + 1;
  }
  return 0;
}

/// Length of the type at the beginning: a class, a primitive (not void) or an array of either; 0 when there
/// is none.
std::size_t type_length(std::string_view text) {
  const std::size_t dimensions = std::min(text.find_first_not_of('['), text.size());
  if (dimensions == text.size() || dimensions > kMaxDimensions) return 0;
  if (std::string_view("ZBSCIJFD").find(text[dimensions]) != std::string_view::npos) return dimensions + 1;
  const std::size_t length = class_length(text.substr(dimensions));
  return length == 0 ? 0 : dimensions + length;
}

bool is_type(std::string_view text) { return !text.empty() && type_length(text) == text.size(); }

/// "(types)type"
bool is_signature(std::string_view text) {
  if (!text.starts_with('(')) return false;
  text.remove_prefix(1);
  while (!text.starts_with(')')) {
    const std::size_t length = type_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  text.remove_prefix(1);
  return text == "V" || is_type(text);
}

Objection objection(MemberForm form, std::string_view text, std::string reason, std::string hint = "") {
  return {"expected " + std::string(example(form)) + ", found " + in_quotes(text) + ": " + reason,
          std::move(hint)};
}

/// "com.foo.Bar" → `write "Lcom/foo/Bar;"`
std::string dotted_hint(std::string_view text) {
  if (text.starts_with('L') || text.find('/') != std::string_view::npos ||
      text.find('.') == std::string_view::npos) {
    return "";
  }
  std::string descriptor = "L" + std::string(text.substr(0, text.find_first_of(";-(:"))) + ";";
  std::replace(descriptor.begin(), descriptor.end(), '.', '/');
  return class_length(descriptor) == descriptor.size() ? "the class is written " + in_quotes(descriptor) : "";
}

/// What follows the name: "(I)V", ":I" or nothing.
Verdict parse_types(std::string_view text, MemberForm form, std::string_view types, MemberRef& member) {
  const bool is_method = form == MemberForm::method;
  if (form == MemberForm::class_or_method && !types.empty()) {
    return objection(form, text, "it has types", "overriding methods are found by name: leave the types out");
  }
  if (types.empty()) {
    if (form == MemberForm::class_or_method || !is_platform(member.class_descriptor)) return std::nullopt;
    return objection(form, text, is_method ? "its types are missing" : "its type is missing",
                     "only members of third-party classes may lack them");
  }
  if (is_method && types.starts_with(':'))
    return objection(form, text, "this is a field", "move it to the fields");
  if (!is_method && types.starts_with('('))
    return objection(form, text, "this is a method", "move it to the methods");
  if (is_method ? !is_signature(types) : !is_type(types.substr(1))) {
    return objection(
        form, text, in_quotes(types) + (is_method ? " are no types" : " is no type"),
        "types are Z B S C I J F D, classes as \"Lcom/foo/Bar;\", arrays as \"[I\"; what returns nothing, V");
  }
  member.descriptor = is_method ? types : types.substr(1);
  return std::nullopt;
}

}  // namespace

Verdict parse_member(std::string_view text, MemberForm form, MemberRef& member) {
  const std::size_t length = class_length(text);
  if (length == 0) return objection(form, text, "it does not begin with a class", dotted_hint(text));
  member.class_descriptor = text.substr(0, length);
  const std::string_view rest = text.substr(length);
  if (rest.empty()) {
    if (form == MemberForm::class_only || form == MemberForm::class_or_method) return std::nullopt;
    return objection(form, text, "the name is missing");
  }
  if (form == MemberForm::class_only)
    return objection(form, text, "something follows the class", "leave it out");
  if (!rest.starts_with(kArrow)) return objection(form, text, "\"->\" does not follow the class");
  const std::string_view named = rest.substr(kArrow.size());
  const std::string_view name = named.substr(0, named.find_first_of("(:"));
  if (!is_member_name(name, form != MemberForm::field)) {
    return objection(form, text, name.empty() ? "the name is missing" : in_quotes(name) + " is no name");
  }
  member.name = name;
  return parse_types(text, form, named.substr(name.size()), member);
}

std::string to_string(const MemberRef& member) {
  std::string text = member.class_descriptor;
  if (member.name.empty()) return text;
  text += "->" + member.name;
  if (member.descriptor.empty()) return text;
  return text + (member.descriptor.front() == '(' ? "" : ":") + member.descriptor;
}

}  // namespace sdkprint
