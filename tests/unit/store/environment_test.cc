// LMDB underneath: growth of the map, order, readers beside a writer.
#include "store/environment.h"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <thread>

#include "app_fixture.h"
#include "base/error.h"

namespace sdkprint {
namespace {

using namespace test;

TEST_CASE("numbered rows come in the order of their numbers") {
  TemporaryDirectory directory;
  Environment environment(directory.path() + "/s", Environment::Access::write);
  environment.write([](WriteTransaction& transaction) {
    CHECK(transaction.next_number(Table::apps) == 0);
    for (const AppNumber number : {300U, 2U, 256U})
      transaction.put(Table::apps, key_of(number), as_bytes("x"));
    CHECK(transaction.next_number(Table::apps) == 301);
  });
  std::vector<AppNumber> seen;
  ReadView(environment).for_each(Table::apps, {}, [&](Bytes key, Bytes) {
    seen.push_back(number_of_key(key));
    return true;
  });
  CHECK(seen == std::vector<AppNumber>{2, 256, 300});
}

TEST_CASE("postings are sorted, each once, and counted") {
  TemporaryDirectory directory;
  Environment environment(directory.path() + "/s", Environment::Access::write);
  environment.write([](WriteTransaction& transaction) {
    for (AppNumber number = 5000; number > 0; --number) transaction.add_number(as_bytes("k"), number);
    transaction.add_number(as_bytes("k"), 7);
    transaction.add_number(as_bytes("l"), 1);
    transaction.remove_number(as_bytes("k"), 4000);
    transaction.remove_number(as_bytes("k"), 999'999);
  });
  const ReadView view(environment);
  const std::vector<AppNumber> numbers = view.numbers(as_bytes("k"));
  REQUIRE(numbers.size() == 4999);
  CHECK(std::is_sorted(numbers.begin(), numbers.end()));
  CHECK(view.numbers(as_bytes("absent")).empty());
  std::vector<std::uint64_t> counts;
  view.for_each_key({}, [&](Bytes, std::uint64_t values) {
    counts.push_back(values);
    return true;
  });
  CHECK(counts == std::vector<std::uint64_t>{4999, 1});
}

constexpr AppNumber kRows = 200;

/// Rows of one state after the other, until all are there: how many were not as they were written.
int wrong_rows(const Environment& environment) {
  int wrong = 0;
  // Counts may go back by one: LMDB 0.9 lets a reader that is slow to begin see a batch just before its
  // commit returns, and the next one the state before it.
  for (std::uint64_t count = 0; count < kRows;) {
    const ReadView view(environment);
    count = view.count(Table::apps);
    for (AppNumber number = 0; number < count; ++number) {
      const std::optional<Bytes> row = view.get(Table::apps, key_of(number));
      if (!row || row->size() != 100'000 || (*row)[0] != static_cast<std::uint8_t>(number)) ++wrong;
    }
  }
  return wrong;
}

TEST_CASE("the map grows under a writer while readers go on") {
  TemporaryDirectory directory;
  // LMDB forbids to open one store twice in a process: the other reader is one.
  Environment(directory.path() + "/s", Environment::Access::write, std::size_t{1} << 20);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    try {
      const Environment elsewhere(directory.path() + "/s", Environment::Access::read, std::size_t{1} << 20);
      ::_exit(std::min(wrong_rows(elsewhere), 100));
    } catch (const Error&) {
      ::_exit(101);
    }
  }
  Environment environment(directory.path() + "/s", Environment::Access::write, std::size_t{1} << 20);
  int wrong = 0;
  std::thread same_process([&] { wrong = wrong_rows(environment); });
  for (AppNumber number = 0; number < kRows; ++number) {
    environment.write([&](WriteTransaction& transaction) {
      transaction.put(Table::apps, key_of(number),
                      as_bytes(std::string(100'000, static_cast<char>(static_cast<std::uint8_t>(number)))));
    });
  }
  same_process.join();
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  CHECK(wrong == 0);
  CHECK(WIFEXITED(status));
  CHECK(WEXITSTATUS(status) == 0);
  CHECK(environment.file_bytes() > 20'000'000);
}

}  // namespace
}  // namespace sdkprint
