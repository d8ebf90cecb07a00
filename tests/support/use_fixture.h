#pragma once
// Behaviours by hand, and the uses that dex files made by DexBuilder show of them.
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "behaviour/app_code.h"
#include "dex_builder.h"

namespace sdkprint::test {

/// "Landroid/os/Build;.getSerial:()Ljava/lang/String;", "La/B;.c" (any types) or "La/B;".
inline MemberRef member(std::string_view text) {
  const std::size_t name = text.find(";.");
  if (name == std::string_view::npos) return {std::string(text), "", ""};
  const std::string_view rest = text.substr(name + 2);
  const std::size_t types = rest.find(':');
  return {std::string(text.substr(0, name + 1)), std::string(rest.substr(0, types)),
          types == std::string_view::npos ? "" : std::string(rest.substr(types + 1))};
}

inline MethodRef method_ref(std::string_view text) {
  const MemberRef ref = member(text);
  return {ref.class_descriptor, ref.name, ref.descriptor};
}

struct DexUses {
  std::vector<Use> uses;
  std::vector<Problem> problems;
};

/// Enough for any test.
inline LinkBudget link_budget() { return {std::chrono::steady_clock::now() + std::chrono::minutes(10)}; }

/// The files of one app in their order, and what is found in them.
class UseFixture {
 public:
  Behaviour& behaviour(std::string id) {
    Behaviour& added = set_.behaviours.emplace_back();
    added.id = std::move(id);
    return added;
  }

  DexUses find(std::vector<DexBuilder> app, std::size_t limit = 200'000) const {
    std::vector<ByteVector> files;
    for (DexBuilder& dex : app) files.push_back(dex.build());
    return find_in({files.begin(), files.end()}, limit);
  }

  /// The files' uses and problems, one file's after the other's.
  DexUses find_in(const std::vector<Bytes>& files, std::size_t limit = 200'000) const {
    const CatalogueIndex index(set_);
    std::vector<CodeFacts> facts;
    for (const Bytes file : files) facts.push_back(read_code(index, DexFile::open(file), limit));
    std::vector<const CodeFacts*> all;
    DexUses result;
    for (const CodeFacts& row : facts) {
      all.push_back(&row);
      result.problems.insert(result.problems.end(), row.problems.begin(), row.problems.end());
    }
    AppCode code = link_code(index, all, {}, link_budget());
    for (LinkedUse& linked : code.uses) result.uses.push_back(std::move(linked.use));
    result.problems.insert(result.problems.end(), code.problems.begin(), code.problems.end());
    return result;
  }

  /// "imei confirmed call Lapp/A;.m:()V@4", one for each use.
  std::vector<std::string> brief(std::vector<DexBuilder> app) const {
    std::vector<std::string> lines;
    for (const Use& use : find(std::move(app)).uses) lines.push_back(brief(use));
    return lines;
  }
  std::string brief(const Use& use) const {
    return set_.behaviours[use.behaviour].id + ' ' + std::string(name(use.strength)) + ' ' +
           std::string(name(use.via)) + ' ' + (use.method.empty() ? use.class_name : use.method) + '@' +
           std::to_string(use.pc);
  }

  const BehaviourSet& set() const { return set_; }

 private:
  BehaviourSet set_;
};

/// A dex file with the class "Lapp/A;", whose method m()V has the code.
inline DexBuilder dex_with(Code code) {
  DexBuilder dex;
  dex.add_class("Lapp/A;").method("m", "()V", std::move(code));
  return dex;
}

}  // namespace sdkprint::test
