#include "store/index_terms.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "full_report.h"

namespace sdkprint {
namespace {

bool has(const std::vector<IndexTerm>& terms, Index index, const std::string& text) {
  return std::binary_search(terms.begin(), terms.end(), IndexTerm{index, text});
}

TEST_CASE("a report is found under each of its terms") {
  const std::vector<IndexTerm> terms = index_terms(test::full_report());
  CHECK(has(terms, Index::sdk, "com.acme\tdefined\t1.2.3"));
  CHECK(has(terms, Index::vendor, "acme\tdefined"));
  CHECK(has(terms, Index::category, "push\tdefined"));
  CHECK(has(terms, Index::package, "com.example.app"));
  CHECK(has(terms, Index::certificate, std::string(64, 'c')));
  CHECK(has(terms, Index::unclaimed, "com.unknown"));
  CHECK(has(terms, Index::problem, "malformed"));
  CHECK(has(terms, Index::coverage, "partial"));
  CHECK(has(terms, Index::behaviour, "read-imei\tbenign\tapplication-start\tcom.acme"));
  CHECK(has(terms, Index::behaviour, "read-imei\tbenign\tapplication-start\tapp"));
  CHECK(has(terms, Index::behaviour, "read-imei\tbenign\tapplication-start\tpackage:com.unknown"));
  CHECK(has(terms, Index::permission, "android.permission.CAMERA\tdeclared"));
  CHECK(terms.size() == 12);
}

TEST_CASE("a vendor stands under the strongest grade of its SDKs, once") {
  AppReport report = test::full_report();
  report.findings.push_back(report.findings.front());
  report.findings.back().sdk = "com.acme.other";
  report.findings.front().grade = Grade::trace;
  const std::vector<IndexTerm> terms = index_terms(report);
  CHECK(has(terms, Index::vendor, "acme\tdefined"));
  CHECK_FALSE(has(terms, Index::vendor, "acme\ttrace"));
}

TEST_CASE("keys give their terms back, and keep beginnings together") {
  const std::string key = index_key(Index::vendor, "acme\tdefined");
  CHECK(key.starts_with(index_key(Index::vendor, "acme\t")));
  CHECK(term_of_key(as_bytes(key)) == IndexTerm{Index::vendor, "acme\tdefined"});
  CHECK_FALSE(term_of_key({}).has_value());
  CHECK_FALSE(term_of_key(as_bytes("A")).has_value());
}

TEST_CASE("long terms keep within LMDB's keys and stay different") {
  const std::string a = index_key(Index::unclaimed, std::string(600, 'x') + "a");
  const std::string b = index_key(Index::unclaimed, std::string(600, 'x') + "b");
  CHECK(a.size() == 511);
  CHECK(b.size() == 511);
  CHECK(a != b);
  CHECK(index_key(Index::unclaimed, std::string(510, 'x')) == "f" + std::string(510, 'x'));
}

}  // namespace
}  // namespace sdkprint
