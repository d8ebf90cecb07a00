#include "behaviour_text.h"

#include <stdexcept>

#include "signature/behaviour_reader.h"

namespace sdkprint::test {

std::vector<SignatureSource> behaviours_with(const std::string& text) {
  return {{"categories.toml", "",
           "[[category]]\nid = \"location\"\nname = \"Location\"\nname_zh = \"位置\"\n"
           "[[category]]\nid = \"sms\"\nname = \"Text messages\"\nname_zh = \"短信\"\n"},
          {"groups.toml", "",
           "[[group]]\nid = \"shell\"\n"
           "methods = [\"Ljava/lang/Runtime;->exec(Ljava/lang/String;)Ljava/lang/Process;\"]\n"},
          {"location.toml", "location", text}};
}

std::string behaviour(const std::string& id) {
  return "[[behaviour]]\nid = \"" + id +
         "\"\nname = \"A\"\nname_zh = \"甲\"\nseverity = \"low\"\nstrings = [\"content://a\"]\n";
}

std::string complete_behaviour() {
  return R"([[behaviour]]
id = "cell-info"
name = "Cell tower identity"
name_zh = "基站信息"
data_type_zh = "粗略位置信息"
standard = "T/TAF 077.2"
severity = "high"
lead_only = false
methods = [
  "Landroid/telephony/TelephonyManager;->getAllCellInfo()Ljava/util/List;",
  "Lcom/amap/api/Client;->start",
]
weak_methods = ["Landroid/telephony/TelephonyManager;->listen(Landroid/telephony/PhoneStateListener;I)V"]
context_groups = ["shell"]
context_methods = ["Landroid/telephony/TelephonyManager;->listen(Landroid/telephony/PhoneStateListener;I)V"]
context_fields = ["Landroid/provider/CallLog$Calls;->CONTENT_URI:Landroid/net/Uri;"]
fields = ["Landroid/net/DhcpInfo;->gateway:I", "Lcom/foo/Bar;->cells"]
strings = ["content://cells"]
constants = [
  0x10,  # LISTEN_CELL_LOCATION
  0x400,  # LISTEN_CELL_INFO
  -1,
]
overrides = [
  "Landroid/telephony/PhoneStateListener;->onCellInfoChanged",
  "Landroid/telephony/TelephonyCallback$CellInfoListener;",
]
receiver_subtypes = ["Landroid/telephony/TelephonyManager;"]
native_symbols = ["__system_property_get"]
manifest = ["action:android.intent.action.PHONE_STATE"]
permissions = ["android.permission.ACCESS_FINE_LOCATION"]
notice_labels = ["APP强制、频繁、过度索取权限"]
)";
}

std::string permission(const std::string& id, const std::string& protection) {
  return "[[permission]]\nid = \"" + id +
         "\"\nname_zh = \"甲\"\ncategory = \"A\"\ncategory_zh = \"乙\"\nprotection = \"" + protection +
         "\"\n";
}

std::string permission_rule(const std::string& kind, const std::string& permission,
                            const std::string& lines) {
  return "[[rule]]\nkind = \"" + kind + "\"\npermission = \"" + permission +
         "\"\nreason = \"why\"\nreason_zh = \"缘由\"\nsource = \"https://a.b/c\"\n" + lines;
}

BehaviourSet behaviours(const std::string& toml, const std::string& permissions, const std::string& benign) {
  std::vector<Diagnostic> diagnostics;
  std::vector<SignatureSource> sources = behaviours_with(toml);
  if (!permissions.empty()) sources.push_back({"permissions.toml", "", permissions});
  if (!benign.empty()) sources.push_back({"benign.toml", "", benign});
  BehaviourSet set = parse_behaviours(sources, diagnostics);
  std::string complaints;
  for (const Diagnostic& diagnostic : diagnostics) complaints += to_string(diagnostic) + "\n";
  if (!complaints.empty()) throw std::runtime_error(complaints);
  return set;
}

}  // namespace sdkprint::test
