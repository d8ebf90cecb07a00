#pragma once
// A store of a few made-up apps, for tests of questions about a corpus.
#include <memory>
#include <string>

#include "app_fixture.h"
#include "store/store.h"

namespace sdkprint::test {

/// An app with nothing in it: coverage full, one certificate.
class ReportBuilder {
 public:
  /// `digit` makes the SHA-256; different apps need different ones.
  ReportBuilder(char digit, const std::string& package, std::int64_t version_code = 1);

  ReportBuilder& signed_by(char digit);
  ReportBuilder& sdk(const std::string& id, const std::string& version = "", Grade grade = Grade::defined,
                     const std::string& kind = "sdk");
  /// Of the SDK that was added last.
  ReportBuilder& does(const std::string& behaviour, UseStrength strength = UseStrength::confirmed,
                      Reach reach = Reach::screen, const std::string& severity = "high",
                      bool is_benign = false);
  ReportBuilder& app_does(const std::string& behaviour);
  ReportBuilder& unclaimed(const std::string& package, std::uint64_t code_bytes = 100);
  ReportBuilder& requests(const std::string& permission);
  /// A service of the manifest; with one, the app has an archive.
  ReportBuilder& service(const std::string& class_name);

  AppReport report;
  std::optional<Manifest> manifest;
};

class StoreBuilder {
 public:
  void add(const ReportBuilder& app);
  const Store& store() const { return *store_; }
  const std::string& directory() const { return directory_.path(); }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<Store> store_ = Store::open_for_writing(directory_.path() + "/store");
};

}  // namespace sdkprint::test
