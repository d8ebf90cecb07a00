#pragma once
// What ids are called, as the store's own records have it: no signature database is needed, and names are
// those that the reports were made with.
#include <map>
#include <string>

#include "store/store.h"

namespace sdkprint {

struct SdkName {
  std::string name, name_zh;
  std::string kind;              ///< "sdk", "library", "packer"
  std::string vendor, category;  ///< ids
};
struct PlainName {
  std::string name, name_zh;
};
struct BehaviourName {
  std::string name, name_zh, category, severity;
};

/// Reads one report for an id that it does not know yet, and remembers all that stands in it. Ids that no app
/// has give empty names. For one thread at a time; the view must outlive it.
class Names {
 public:
  explicit Names(const StoreView& view) : view_(view) {}

  const SdkName& sdk(const std::string& id);
  const PlainName& vendor(const std::string& id);
  const PlainName& category(const std::string& id);
  const BehaviourName& behaviour(const std::string& id);

 private:
  template <typename Name>
  const Name& find(std::map<std::string, Name>& names, Index index, const std::string& id);
  void learn(AppNumber app);
  void learn(const std::vector<BehaviourFinding>& behaviours);

  const StoreView& view_;
  std::map<std::string, SdkName> sdks_;
  std::map<std::string, PlainName> vendors_, categories_;
  std::map<std::string, BehaviourName> behaviours_;
};

}  // namespace sdkprint
