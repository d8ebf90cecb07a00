#pragma once
// AppReport → text. Writers append to a string and never print: the caller owns the stream.
#include <string>

#include "result/report.h"

namespace sdkprint {

enum class Language : std::uint8_t { english, chinese };

/// One JSON object and a line feed (docs/report.schema.json).
void write_ndjson(const AppReport& report, std::string& out);

struct TextOptions {
  Language language = Language::english;
  bool colour = false;
  bool all_evidence = false;  ///< every kept evidence of every finding, not only the strongest
};

/// For a person at a terminal. Control characters of the app's own texts are escaped.
void write_text(const AppReport& report, const TextOptions& options, std::string& out);

}  // namespace sdkprint
