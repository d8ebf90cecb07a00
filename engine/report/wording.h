#pragma once
// What reports say of behaviours, in both languages. The words are part of the evidence: they claim what
// static reading can show, and nothing more.
#include <span>
#include <string>

#include "report/report_writer.h"
#include "result/report.h"

namespace sdkprint {

/// A phrase in both languages.
struct Phrase {
  const char* english;
  const char* chinese;
  const char* in(Language language) const { return language == Language::chinese ? chinese : english; }
};

Phrase phrase(UseStrength strength);  ///< "code present", "lead, needs a dynamic run"
Phrase phrase(UseVia via);
Phrase phrase(Reach reach);
Phrase phrase(StepKind kind);
Phrase severity_phrase(const std::string& severity);
Phrase grade_phrase(Grade grade);

/// What no static reading can tell; printed once with all behaviours.
std::span<const Phrase> standing_limits();

/// Name in the language, the other one's behind it when it has one.
std::string display_name(const std::string& name, const std::string& name_zh, Language language);

/// What is known of the permissions a behaviour may need; empty when it needs none that is known.
std::string permission_line(const BehaviourFinding& finding, Language language);

/// "Lcom/foo/A;.b:()V @0x0012", the class when it is meant as a whole, or the entry.
std::string place_of(const Use& use);

}  // namespace sdkprint
