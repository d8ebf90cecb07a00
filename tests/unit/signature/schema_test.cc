// docs/signature.schema.json, by which editors complete and check: all signatures of the set are valid, and
// what the parser refuses for its form is not. Checked by a validator that is not ours.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>

#include "signature/parser.h"
#include "signature/toml_tree.h"
#include "signature_text.h"

namespace sdkprint {
namespace {

using namespace test;
using Json = nlohmann::json;

Json to_json(const TomlNode& node) {
  switch (node.kind) {
    case TomlNode::Kind::text:
      return node.text;
    case TomlNode::Kind::integer:
      return node.integer;
    case TomlNode::Kind::boolean:
      return node.boolean;
    case TomlNode::Kind::array: {
      Json array = Json::array();
      for (const TomlNode& item : node.items) array.push_back(to_json(item));
      return array;
    }
    case TomlNode::Kind::table: {
      Json table = Json::object();
      for (const TomlMember& member : node.members) table[member.key] = to_json(member.value);
      return table;
    }
    default:
      return nullptr;
  }
}

class SchemaFile {
 public:
  explicit SchemaFile(const std::string& name) {
    std::ifstream file(std::string(SDKPRINT_SOURCE_DIR) + "/docs/" + name);
    json_ = Json::parse(file);
    valijson::SchemaParser parser;
    parser.populateSchema(valijson::adapters::NlohmannJsonAdapter(json_), schema_);
  }

  /// What the schema has against a document, or "".
  std::string complaints(const std::string& path, std::string_view toml) const {
    std::vector<Diagnostic> diagnostics;
    const std::optional<TomlNode> document = parse_toml(path, toml, diagnostics);
    if (!document) return to_string(diagnostics.front());
    const Json json = to_json(*document);
    valijson::Validator validator;
    valijson::ValidationResults results;
    const valijson::adapters::NlohmannJsonAdapter target(json);
    if (validator.validate(schema_, target, &results)) return "";
    std::string text = path + ":";
    for (const auto& error : results) {
      for (const std::string& part : error.context) text += part;
      text += " " + error.description + ";";
    }
    return text;
  }

 private:
  Json json_;
  valijson::Schema schema_;
};

const SchemaFile& sdk_schema() {
  static const SchemaFile schema("signature.schema.json");
  return schema;
}

const SchemaFile& shared_schema() {
  static const SchemaFile schema("signature-shared.schema.json");
  return schema;
}

std::string one_sdk(std::string_view keys, std::string_view patterns = "class = [\"com.acme\"]",
                    std::string_view more = "") {
  return "[[sdk]]\nid = \"x\"\nname = \"X\"\nvendor = \"acme\"\n" + std::string(keys) + "\n[sdk.patterns]\n" +
         std::string(patterns) + "\n" + std::string(more) + "\n";
}

}  // namespace

TEST_CASE("every file of the set is as the schema says") {
  std::size_t files = 0;
  for (const SignatureSource& source :
       read_signature_folder(std::string(SDKPRINT_SOURCE_DIR) + "/signatures")) {
    ++files;
    const SchemaFile& schema = source.category.empty() ? shared_schema() : sdk_schema();
    CHECK(schema.complaints(source.path, source.text) == "");
  }
  CHECK(files > 100);
  std::ifstream allow(std::string(SDKPRINT_SOURCE_DIR) + "/signatures/lint/allow.toml");
  const std::string text((std::istreambuf_iterator<char>(allow)), std::istreambuf_iterator<char>());
  CHECK(shared_schema().complaints("allow.toml", text) == "");
}

TEST_CASE("every key of the format is known to the schema") {
  CHECK(sdk_schema().complaints("a.toml", complete_sdk()) == "");
  CHECK(sdk_schema().complaints("a.toml", one_sdk("draft = true")) == "");
}

TEST_CASE("what the parser refuses for its form, the schema refuses too") {
  const std::string rule = "[[sdk.version]]\n";
  const auto sample = [](const std::string& npm, const std::string& expectation) {
    return "[[sdk.sample]]\nnpm = \"" + npm + "\"\nintegrity = \"sha512-" + std::string(86, 'A') +
           "==\"\npath = \"a.jar\"\nsha256 = \"" + std::string(64, '0') + "\"\n" + expectation + "\n";
  };
  for (const std::string& broken :
       {std::string(),
        std::string("[[sdks]]\nid = \"x\"\n"),
        one_sdk("hompage = \"https://a.cn\""),
        one_sdk("homepage = \"a.cn\""),
        one_sdk("kind = \"kit\""),
        one_sdk("in_platform = 1"),
        one_sdk("aliases = \"x\""),
        one_sdk("name_zh = \"\""),
        one_sdk("contains = [\"A B\"]"),
        one_sdk("sources = [\"a\", \"a\"]"),
        one_sdk("", "klass = [\"com.acme\"]"),
        one_sdk("", ""),
        one_sdk("", "class = []"),
        one_sdk("", "class = \"com.acme\""),
        one_sdk("", "class = [\"com/acme\"]"),
        one_sdk("", "class = [{ prefix = \"a.bcd\", exact = \"b\" }]"),
        one_sdk("", "class = [{ weak = true }]"),
        one_sdk("", "class = [{ prefix = \"com.acme\", grade = \"certain\" }]"),
        one_sdk("", "class = [{ domain = \"acme.com\" }]"),
        one_sdk("", "host = [\"https://acme.com\"]"),
        one_sdk("", "host = [\"acme\"]"),
        one_sdk("", "host = [\"Acme.com\"]"),
        one_sdk("", "host = [{ domain = \"acme.com\", grade = \"defined\" }]"),
        one_sdk("", "reference = [{ prefix = \"com.acme\", grade = \"defined\" }]"),
        one_sdk("", "manifest = [\"meta:KEY\"]"),
        one_sdk("", "class = [\"com.acme\"]", "[sdk.defined]\nclass = 1"),
        one_sdk("", "class = [\"com.acme\"]", "[sdk.defined]\nclasses = 0"),
        one_sdk("", "class = [\"com.acme\"]", rule),
        one_sdk("", "class = [\"com.acme\"]", rule + "field = \"a.B\"\nentry = \"abc*\""),
        one_sdk("", "class = [\"com.acme\"]", rule + "field = \"a.B\"\nkey = \"v\""),
        one_sdk("", "class = [\"com.acme\"]", rule + "field = \"a.B\"\nformat = \"$1\""),
        one_sdk("", "class = [\"com.acme\"]", rule + "string = 'abc(\\d)'\nregex = 'x'"),
        one_sdk("declares = [\"imei\"]"),
        one_sdk("declares = []\ndeclares_source = \"https://a.cn\""),
        one_sdk("", "class = [\"com.acme\"]", sample("a@1.0.0", "")),
        one_sdk("", "class = [\"com.acme\"]", sample("a", "grade = \"defined\"")),
        one_sdk("", "class = [\"com.acme\"]", sample("a@1.0.0", "grade = \"certain\"")),
        one_sdk("", "class = [\"com.acme\"]", sample("a@1.0.0", "absent = true\ngrade = \"defined\""))}) {
    CHECK_MESSAGE(sdk_schema().complaints("a.toml", broken) != "", broken);
    CHECK_MESSAGE(complaint(broken) != "", broken);
  }
}

TEST_CASE("shared files that are wrong are refused") {
  for (const char* broken :
       {"[[vendor]]\nid = \"x\"\n", "[[vendor]]\nid = \"x\"\nname = \"X\"\ncountry = \"UK\"\n",
        "[[vendor]]\nid = \"x\"\nname = \"X\"\ncountry = \"cn\"\n",
        "[[category]]\nid = \"x\"\nname = \"X\"\n", "[[allow]]\ncode = \"SP201\"\nsdk = \"a\"\n",
        "[[allow]]\ncode = \"201\"\nsdk = \"a\"\nreason = \"r\"\n"}) {
    CHECK_MESSAGE(shared_schema().complaints("a.toml", broken) != "", broken);
  }
}

}  // namespace sdkprint
