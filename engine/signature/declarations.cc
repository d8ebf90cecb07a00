#include "signature/declarations.h"

#include <algorithm>

namespace sdkprint {

void check_declarations(const SignatureSet& set, const BehaviourSet& behaviours,
                        std::vector<Diagnostic>& diagnostics) {
  std::vector<std::string_view> ids;
  for (const Behaviour& behaviour : behaviours.behaviours) ids.push_back(behaviour.id);
  std::vector<Diagnostic> found;
  for (const Sdk& sdk : set.sdks) {
    for (std::size_t i = 0; i < sdk.declares.places.size(); ++i) {
      const std::string& id = sdk.declares.behaviours[i];
      if (std::binary_search(ids.begin(), ids.end(), id)) continue;
      const std::string guess = did_you_mean(id, ids);
      found.push_back(
          {sdk.declares.places[i],
           "expected the id of a behaviour in \"declares\", found " + in_quotes(id) + ", which none has",
           guess.empty() ? "see behaviours/" : guess, code::kUnknownId});
    }
  }
  sort_by_place(found);
  diagnostics.insert(diagnostics.end(), std::make_move_iterator(found.begin()),
                     std::make_move_iterator(found.end()));
}

}  // namespace sdkprint
