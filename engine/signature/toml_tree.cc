#include "signature/toml_tree.h"

#include <toml++/toml.h>

#include <algorithm>
#include <tuple>

namespace sdkprint {
namespace {

struct Position {
  std::uint32_t line = 1, column = 1;
};

/// Length of the well-formed UTF-8 sequence (RFC 3629) at `at`, 0 when there is none.
std::size_t utf8_length(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) -> unsigned {
    return at + i < text.size() ? static_cast<unsigned char>(text[at + i]) : 0U;
  };
  const auto continues = [&](std::size_t i) { return (byte(i) & 0xC0) == 0x80; };
  const unsigned first = byte(0);
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return continues(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    const bool overlong = first == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = first == 0xED && byte(1) > 0x9F;
    return continues(1) && continues(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    const bool overlong = first == 0xF0 && byte(1) < 0x90;
    const bool beyond = first == 0xF4 && byte(1) > 0x8F;
    return continues(1) && continues(2) && continues(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

/// A coarse lexer: knows strings, comments, brackets and dots, enough to see how deep the document nests
/// before the library recurses into it, and what trips it (toml++ 3.3.0: a header that begins with no key, an
/// array that a brace closes, a character outside ASCII where a blank may stand, which is undefined
/// behaviour). Where it and TOML disagree, the text is a syntax error from there on.
class DepthGuard {
 public:
  explicit DepthGuard(std::string_view text) : text_(text) {}

  /// The place and reason of the first thing that must not reach the library.
  std::optional<std::pair<Position, std::string>> check() {
    while (at_ < text_.size()) {
      if (std::optional<std::string> problem = step()) return std::pair(position_, *problem);
    }
    return std::nullopt;
  }

 private:
  enum class State : std::uint8_t { plain, comment, basic, literal, long_basic, long_literal };

  std::optional<std::string> step() {
    const std::size_t length = utf8_length(text_, at_);
    if (length == 0) return "expected UTF-8, found a byte that is not";
    std::size_t taken = length;
    switch (state_) {
      case State::plain:
        if (std::optional<std::string> problem = plain(taken)) return problem;
        break;
      case State::comment:
        if (text_[at_] == '\n') state_ = State::plain;
        break;
      case State::basic:
        if (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] < 0x7F && text_[at_ + 1] > 0x1F) {
          taken = 2;
        } else if (text_[at_] == '"' || text_[at_] == '\n') {
          state_ = State::plain;
        }
        break;
      case State::literal:
        if (text_[at_] == '\'' || text_[at_] == '\n') state_ = State::plain;
        break;
      case State::long_basic:
        if (text_[at_] == '\\' && at_ + 1 < text_.size() && text_[at_ + 1] < 0x7F && text_[at_ + 1] > 0x1F) {
          taken = 2;
        } else if (starts_with("\"\"\"")) {
          taken = closing_quotes('"');
        }
        break;
      case State::long_literal:
        if (starts_with("'''")) taken = closing_quotes('\'');
        break;
    }
    advance(taken, length);
    return std::nullopt;
  }

  std::optional<std::string> plain(std::size_t& taken) {
    const char c = text_[at_];
    const bool is_byte_order_mark = at_ == 0 && starts_with("\xEF\xBB\xBF");
    if (static_cast<unsigned char>(c) >= 0x80 && !is_byte_order_mark)
      return "expected ASCII outside strings and comments, found another character";
    if (c == '#') {
      state_ = State::comment;
    } else if (c == '"' || c == '\'') {
      const bool is_long = starts_with(c == '"' ? "\"\"\"" : "'''");
      if (is_long) taken = 3;
      state_ = c == '"' ? (is_long ? State::long_basic : State::basic)
                        : (is_long ? State::long_literal : State::literal);
    } else if (c == '[' || c == '{') {
      if (c == '[' && open_.empty() && at_line_start_ && !header_has_key()) {
        return "expected a key in the table's header, found none";
      }
      open_ += c;
      if (open_.size() > kMaxTomlDepth) return too_deep("brackets within brackets");
    } else if ((c == ']' || c == '}') && !open_.empty()) {
      if (c == '}' && open_.back() == '[') return "expected \"]\" to close the array, found \"}\"";
      open_.pop_back();
    }
    if (c != ' ' && c != '\t') at_line_start_ = false;
    if (c == '.') {
      if (++dots_ > kMaxTomlDepth) return too_deep("parts of a dotted key");
    } else if (c == '\n' || c == '=' || c == ',' || c == '[' || c == '{') {
      dots_ = 0;
    }
    return std::nullopt;
  }

  /// Of "[key]" and "[[key]]". What ends within the brackets is the library's to say.
  bool header_has_key() const {
    std::size_t at = at_ + 1;
    if (at < text_.size() && text_[at] == '[') ++at;
    while (at < text_.size() && (text_[at] == ' ' || text_[at] == '\t')) ++at;
    if (at == text_.size()) return true;
    const char c = text_[at];
    const bool is_bare = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_bare || std::string_view("-_\"'").find(c) != std::string_view::npos;
  }

  static std::string too_deep(std::string_view what) {
    return "expected at most " + std::to_string(kMaxTomlDepth) + " " + std::string(what) + ", found more";
  }

  bool starts_with(std::string_view token) const { return text_.substr(at_).starts_with(token); }

  /// A long string may end with up to five quotes, the last three of which close it.
  std::size_t closing_quotes(char quote) {
    state_ = State::plain;
    std::size_t count = 3;
    while (count < 5 && at_ + count < text_.size() && text_[at_ + count] == quote) ++count;
    return count;
  }

  void advance(std::size_t taken, std::size_t first_length) {
    if (text_[at_] == '\n') {
      ++position_.line;
      position_.column = 1;
      at_line_start_ = true;
    } else {
      position_.column += static_cast<std::uint32_t>(taken - (first_length - 1));
    }
    at_ += taken;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Position position_;
  State state_ = State::plain;
  std::string open_;  ///< brackets and braces, outermost first
  bool at_line_start_ = true;
  std::size_t dots_ = 0;
};

TomlNode::Kind kind_of(toml::node_type type) {
  switch (type) {
    case toml::node_type::string:
      return TomlNode::Kind::text;
    case toml::node_type::integer:
      return TomlNode::Kind::integer;
    case toml::node_type::boolean:
      return TomlNode::Kind::boolean;
    case toml::node_type::array:
      return TomlNode::Kind::array;
    case toml::node_type::table:
      return TomlNode::Kind::table;
    case toml::node_type::floating_point:
      return TomlNode::Kind::floating;
    default:
      return TomlNode::Kind::date;
  }
}

/// Recursion is bounded by DepthGuard.
TomlNode convert(const toml::node& node) {
  TomlNode result;
  result.kind = kind_of(node.type());
  result.line = node.source().begin.line;
  result.column = node.source().begin.column;
  if (const toml::value<std::string>* text = node.as_string()) result.text = text->get();
  if (const toml::value<std::int64_t>* integer = node.as_integer()) result.integer = integer->get();
  if (const toml::value<bool>* boolean = node.as_boolean()) result.boolean = boolean->get();
  if (const toml::array* array = node.as_array()) {
    result.items.reserve(array->size());
    for (const toml::node& item : *array) result.items.push_back(convert(item));
  }
  if (const toml::table* table = node.as_table()) {
    result.members.reserve(table->size());
    for (const auto& [key, value] : *table) {
      const toml::source_position place = key.source().begin;
      result.members.push_back({std::string(key.str()), place.line, place.column, convert(value)});
    }
    std::stable_sort(result.members.begin(), result.members.end(),
                     [](const TomlMember& a, const TomlMember& b) {
                       return std::tie(a.line, a.column) < std::tie(b.line, b.column);
                     });
  }
  return result;
}

/// The library cites the text in its descriptions: control characters must not reach a terminal.
std::string printable(std::string_view text) {
  std::string result(text);
  std::replace_if(
      result.begin(), result.end(), [](char c) { return (c >= 0 && c < 0x20) || c == 0x7F; }, '?');
  return result;
}

}  // namespace

std::optional<TomlNode> parse_toml(const std::string& file, std::string_view text,
                                   std::vector<Diagnostic>& diagnostics) {
  if (text.size() > kMaxTomlBytes) {
    diagnostics.push_back({{file, 1, 1},
                           "expected a file of at most " + std::to_string(kMaxTomlBytes) + " bytes, found " +
                               std::to_string(text.size()),
                           "split it",
                           code::kSyntax});
    return std::nullopt;
  }
  if (const auto problem = DepthGuard(text).check()) {
    diagnostics.push_back(
        {{file, problem->first.line, problem->first.column}, problem->second, "", code::kSyntax});
    return std::nullopt;
  }
  try {
    return convert(toml::parse(text, std::string_view()));
  } catch (const toml::parse_error& error) {
    const toml::source_position place = error.source().begin;
    diagnostics.push_back({{file, place.line, place.column},
                           "invalid TOML: " + printable(error.description()),
                           "",
                           code::kSyntax});
    return std::nullopt;
  }
}

std::string describe(const TomlNode& node) {
  switch (node.kind) {
    case TomlNode::Kind::text:
      return "the string " + in_quotes(node.text);
    case TomlNode::Kind::integer:
      return "the integer " + std::to_string(node.integer);
    case TomlNode::Kind::boolean:
      return node.boolean ? "the boolean true" : "the boolean false";
    case TomlNode::Kind::array:
      return node.items.empty() ? "an empty array" : "an array";
    case TomlNode::Kind::table:
      return "a table";
    case TomlNode::Kind::floating:
      return "a floating-point number";
    case TomlNode::Kind::date:
      return "a date or time";
  }
  return "a value";
}

}  // namespace sdkprint
