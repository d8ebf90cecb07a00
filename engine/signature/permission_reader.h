#pragma once
// permissions.toml and benign.toml of signatures/behaviours/ → records; for behaviour_reader only.
#include <functional>
#include <string>
#include <vector>

#include "signature/permission.h"
#include "signature/table_reader.h"

namespace sdkprint {

/// Records with what must be checked once every file is read.
struct PermissionRecords {
  /// A name that must be one of something else's.
  struct Reference {
    std::string id;
    SourcePlace place;
  };
  std::vector<Permission> permissions;
  std::vector<PermissionRule> rules;
  std::vector<BenignClass> benign;
  std::vector<Reference> behaviours;        ///< ids that rules and benign classes name
  std::vector<Reference> rule_permissions;  ///< permissions that rules name
  bool permissions_complete = true;         ///< false: permissions.toml could not be read
};

/// Each appends the sound records of one document.
void read_permissions(FileComplaints& complaints, const TomlNode& document, PermissionRecords& records);
void read_benign(FileComplaints& complaints, const TomlNode& document, PermissionRecords& records);

/// Checks the records against each other and the behaviours, and sorts them. `complain` gets place, message
/// and hint; `is_behaviour` answers true for every id that some file has, sound or not.
void finish_permissions(PermissionRecords& records, const std::function<bool(std::string_view)>& is_behaviour,
                        const std::function<void(const SourcePlace&, std::string, std::string)>& complain);

}  // namespace sdkprint
