#pragma once
// A signature that a program wrote down for a person to review.
#include <string>
#include <utility>
#include <vector>

#include "signature/sdk.h"

namespace sdkprint::cli {

struct ImportDraft {
  std::string id, name, name_zh;
  std::string vendor, vendor_name;  ///< id and name
  std::string category;             ///< id
  std::string homepage;
  std::string source;             ///< id of SOURCES.md
  std::string origin;             ///< which record of the source it was made of, for the comment at the top
  std::vector<Pattern> patterns;  ///< sound ones only; surface, kind and text count
  std::vector<std::string> remarks;  ///< what could not be taken over, one line each
};

/// Adds the pattern when it is sound and not there yet, else a remark.
void add_pattern(ImportDraft& draft, Surface surface, Pattern::Kind kind, const std::string& text);

/// "Acme Push (SDK)" → "acme-push-sdk"; empty when nothing of the name is ASCII.
std::string id_of_name(std::string_view name);

/// A name as signatures may have it: without control characters, characters beyond U+FFFF and blanks at the
/// ends, at most 120 bytes.
std::string clean_name(std::string_view name);

/// The TOML file of one SDK, `draft = true`.
std::string draft_toml(const ImportDraft& draft);

/// Drafts among a folder of signatures.
struct DraftFolder {
  std::string folder;   ///< where the drafts are to go; made when it is not there
  std::string against;  ///< the reviewed set; may be empty
};

/// Writes those drafts that are new: no record of the reviewed set, and no file of the folder, has their id,
/// name or class patterns. Nothing that is there is ever overwritten. Appends a line to `said` for each
/// draft. Throws Error.
void write_drafts(const std::vector<ImportDraft>& drafts, const DraftFolder& where,
                  std::vector<std::string>& said);

}  // namespace sdkprint::cli
