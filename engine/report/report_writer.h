#pragma once
// AppReport → text. Writers append to a string and never print: the caller owns the stream.
#include <string>

#include "result/explanation.h"
#include "result/report.h"

namespace sdkprint {

enum class Language : std::uint8_t { english, chinese };

/// One JSON object and a line feed (docs/report.schema.json).
void write_ndjson(const AppReport& report, std::string& out);

/// One JSON object and a line feed, as exodus-standalone reports an app: its trackers are the SDKs of
/// tracking categories (report/exodus.h) that are in the app, at least as a stub.
void write_exodus(const AppReport& report, std::string& out);

struct TextOptions {
  Language language = Language::english;
  bool colour = false;
  bool all_evidence = false;  ///< every kept evidence of every finding, not only the strongest
  bool show_behaviours = false, show_permissions = false, show_hosts = false;  ///< sections of their own
};

/// For a person at a terminal. Control characters of the app's own texts are escaped.
void write_text(const AppReport& report, const TextOptions& options, std::string& out);

/// The evidence of one owner, with code, ways and the commands that show it again; and one JSON object a use.
void write_explanation(const Explanation& explanation, Language language, std::string& out);
void write_explanation_ndjson(const Explanation& explanation, std::string& out);

}  // namespace sdkprint
