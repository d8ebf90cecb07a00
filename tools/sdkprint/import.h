#pragma once
// Public formats of others → drafts.
#include <string>
#include <vector>

#include "import_draft.h"

namespace sdkprint::cli {

/// εxodus' trackers list, as its API gives it ({"trackers": {"12": {…}}}) or its investigation platform
/// exports it
/// ({"trackers": [{…}]}). A signature is a regular expression of alternatives; those that are plain packages
/// or hosts are taken over, others are named in the draft. Throws Error when the text is no such list.
std::vector<ImportDraft> import_exodus(const std::string& path, const std::string& text);

/// Rules of LibChecker-Rules: one JSON file, or a folder of them. The folder that a rule lies in says what
/// its file name means (native-libs, activities-libs, services-libs, receivers-libs, providers-libs,
/// actions-libs, static-libs); rules of one label and team are one draft. Throws Error when nothing of the
/// kind is there.
std::vector<ImportDraft> import_libchecker(const std::string& path, std::vector<std::string>& said);

/// The text of a file of at most 64 MiB. Throws Error.
std::string read_import(const std::string& path);

}  // namespace sdkprint::cli
