#pragma once
// Terms of the store's indexes (store/index_terms.h), taken apart.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/vocabulary.h"
#include "result/behaviour.h"
#include "store/store.h"

namespace sdkprint {

/// The words between the TABs; as many as there are, views into `term`.
std::vector<std::string_view> words_of(std::string_view term);

/// Of Index::sdk.
struct SdkTerm {
  std::string_view sdk;
  Grade grade = Grade::trace;
  std::string_view version;  ///< empty: not known
};

/// How sure a behaviour is, and whose it is. `benign`: a library's own working, charged to nobody.
enum class Standing : std::uint8_t { benign, lead, confirmed };
/// "benign", "lead", "confirmed".
std::string_view name(Standing standing);
std::optional<Standing> standing_from_name(std::string_view name);
std::optional<Reach> reach_from_name(std::string_view name);

/// Of Index::behaviour.
struct BehaviourTerm {
  std::string_view behaviour;
  Standing standing = Standing::lead;
  Reach reach = Reach::not_established;
  std::string_view owner;  ///< an SDK's id, "app", "package:com.foo"

  bool is_of_sdk() const { return owner != "app" && !owner.starts_with("package:"); }
};

/// Nothing when the term is none of these (it was cut, or is of a later program).
std::optional<SdkTerm> read_sdk_term(std::string_view term);
std::optional<BehaviourTerm> read_behaviour_term(std::string_view term);

/// "" for none, else the beginning of all terms of this first word: "jpush\t".
std::string beginning_of(std::string_view first_word);

}  // namespace sdkprint
