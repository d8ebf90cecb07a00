#pragma once
// The evidence of an owner's behaviours, laid out so that a person can check it: plain data.
#include <string>
#include <vector>

#include "result/report.h"

namespace sdkprint {

struct CodeLine {
  std::string text;  ///< as `dexdump -d` prints it
  bool is_meant = false;
};

/// Some instructions around one that matters.
struct CodeExcerpt {
  std::string method;  ///< dexdump's notation
  std::vector<CodeLine> lines;
  std::string absent;  ///< why there are none, when there should be
};

struct ExplainedUse {
  ReachedUse reached;
  CodeExcerpt code;                  ///< empty for what is no code: manifest, native imports, whole classes
  std::vector<CodeExcerpt> through;  ///< one for each frame of `reached.through`
  std::vector<std::string> verify;   ///< shell commands that show the same with other tools
};

struct ExplainedBehaviour {
  BehaviourFinding finding;  ///< without its uses
  std::vector<ExplainedUse> uses;
};

struct Explanation {
  AppInfo app;
  std::string database_fingerprint;
  std::string owner;          ///< id of an SDK, "app", "package:com.foo"
  std::string name, name_zh;  ///< of an SDK
  std::string version;        ///< of an SDK; empty: not known
  bool is_reach_known = true;
  Coverage coverage;
  std::vector<ExplainedBehaviour> behaviours;
};

}  // namespace sdkprint
