#pragma once
// One parsed file's records, before they are checked against each other.
#include <string>
#include <vector>

#include "signature/sdk.h"
#include "signature/table_reader.h"

namespace sdkprint {

/// `sound`: nothing was complained of. A record that is not sound may lack its id; it is kept, because others
/// may refer to it.
struct SdkRecord {
  Sdk sdk;
  SourcePlace id_place, vendor_place, category_place;
  std::vector<SourcePlace> contains_places;  ///< parallel to sdk.contains
  bool sound = true;
};

struct VendorRecord {
  Vendor vendor;
  SourcePlace id_place;
  bool sound = true;
};

struct CategoryRecord {
  Category category;
  SourcePlace id_place;
  bool sound = true;
};

struct Records {
  std::vector<SdkRecord> sdks;
  std::vector<VendorRecord> vendors;
  std::vector<CategoryRecord> categories;
  /// False when a file of that kind was absent or could not be read as TOML: what it defines is then unknown,
  /// and references to it are not complained of.
  bool sdks_complete = true, vendors_complete = true, categories_complete = true;
};

/// Each appends the records of one document.
void read_sdks(FileComplaints& complaints, const TomlNode& document, const std::string& folder,
               Records& records);
void read_vendors(FileComplaints& complaints, const TomlNode& document, Records& records);
void read_categories(FileComplaints& complaints, const TomlNode& document, Records& records);

}  // namespace sdkprint
