#include "core/published.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <future>
#include <memory>
#include <stdexcept>
#include <thread>
#include <vector>

#include "catch.hpp"

using liveblocks::detail::Published;

namespace {

using Number = std::shared_ptr<const int>;
using PublishedNumber = Published<Number>;

Number make(int value) { return std::make_shared<const int>(value); }

/// Zero if there is none.
int numberIn(const PublishedNumber& published) {
  return published.read([](const Number& number) { return number != nullptr ? *number : 0; });
}

/// Whether a number can be published now, without waiting for a reader.
bool tryNumber(PublishedNumber& published, int value) {
  Number number = make(value);
  return published.tryPublish(number);
}

}  // namespace

TEST_CASE("what was published last is read") {
  PublishedNumber published;
  CHECK(numberIn(published) == 0);
  for (int value = 1; value < 5; ++value) {
    published.publish(make(value));
    CHECK(numberIn(published) == value);
    CHECK(numberIn(published) == value);
  }
}

TEST_CASE("a replaced value is released by the next publication") {
  PublishedNumber published;
  std::vector<std::weak_ptr<const int>> numbers;
  const auto publish = [&](int value) {
    Number number = make(value);
    numbers.emplace_back(number);
    published.publish(std::move(number));
  };
  publish(1);
  publish(2);
  CHECK_FALSE(numbers[0].expired());
  publish(3);
  CHECK(numbers[0].expired());
  CHECK_FALSE(numbers[1].expired());
}

TEST_CASE("who publishes gets the value that was replaced before") {
  PublishedNumber published;
  published.publish(make(1));
  published.publish(make(2));
  Number number = make(3);
  CHECK(published.tryPublish(number));
  CHECK(*number == 1);
}

TEST_CASE("a value that is being read is replaced once, and stays where it is") {
  PublishedNumber published;
  published.publish(make(1));
  published.read([&](const Number& number) {
    CHECK(tryNumber(published, 2));
    CHECK_FALSE(tryNumber(published, 3));
    CHECK(*number == 1);
    CHECK(numberIn(published) == 2);
    return true;
  });
  CHECK(tryNumber(published, 4));
  CHECK(numberIn(published) == 4);
}

TEST_CASE("a reader that throws has read") {
  PublishedNumber published;
  published.publish(make(1));
  CHECK_THROWS_AS(published.read([](const Number&) -> int { throw std::runtime_error("thrown"); }), std::runtime_error);
  CHECK(tryNumber(published, 2));
  CHECK(tryNumber(published, 3));
}

TEST_CASE("a publication waits for who still reads in its place") {
  PublishedNumber published;
  published.publish(make(1));
  std::atomic<bool> hasRead{false};
  std::promise<void> entered;
  std::promise<void> replaced;
  std::thread reader([&] {
    published.read([&](const Number& number) {
      entered.set_value();
      replaced.get_future().wait();
      // Long enough for the next publication to begin.
      for (int i = 0; i < 1000; ++i) std::this_thread::yield();
      hasRead = true;
      return *number;
    });
  });
  entered.get_future().wait();
  published.publish(make(2));
  replaced.set_value();
  published.publish(make(3));
  CHECK(hasRead);
  CHECK(numberIn(published) == 3);
  reader.join();
}

namespace {

/// A value whose parts belong together, and which tells how many of them there are.
struct Whole {
  explicit Whole(std::uint64_t number) : first(number), last(~number) { ++alive; }
  Whole(const Whole&) = delete;
  Whole& operator=(const Whole&) = delete;
  ~Whole() {
    first = last = 0;
    --alive;
  }

  static inline std::atomic<int> alive{0};

  std::uint64_t first;
  std::uint64_t last;
};

}  // namespace

TEST_CASE("threads read whole values in their order while others are published") {
  constexpr std::uint64_t values = 20'000;
  {
    Published<std::shared_ptr<const Whole>> published;
    published.publish(std::make_shared<const Whole>(1));
    std::atomic<int> wrong{0};
    const auto read = [&] {
      for (std::uint64_t seen = 1; seen < values;) {
        const std::uint64_t number = published.read([&](const std::shared_ptr<const Whole>& whole) {
          if (whole->first != ~whole->last) ++wrong;
          return whole->first;
        });
        if (number < seen) ++wrong;
        seen = number;
      }
    };
    std::vector<std::thread> readers;
    readers.reserve(3);
    for (int i = 0; i < 3; ++i) readers.emplace_back(read);
    for (std::uint64_t number = 2; number <= values; ++number) {
      published.publish(std::make_shared<const Whole>(number));
    }
    for (std::thread& reader : readers) reader.join();
    CHECK(wrong == 0);
    CHECK(Whole::alive == 2);
  }
  CHECK(Whole::alive == 0);
}

TEST_CASE("readers that are overtaken read whole values, and are not counted for ever") {
  using Block = std::array<std::uint64_t, 16>;
  Published<Block> published;
  std::atomic<int> reading{2};
  std::atomic<int> wrong{0};
  const auto read = [&] {
    for (int i = 0; i < 300'000; ++i) {
      const bool isWhole =
          published.read([](const Block& block) { return std::equal(block.begin() + 1, block.end(), block.begin()); });
      if (!isWhole) ++wrong;
    }
    --reading;
  };
  std::vector<std::thread> readers;
  readers.reserve(2);
  for (int i = 0; i < 2; ++i) readers.emplace_back(read);
  Block block{};
  for (std::uint64_t number = 1; reading > 0; ++number) {
    block.fill(number);
    published.tryPublish(block);
  }
  for (std::thread& reader : readers) reader.join();
  CHECK(wrong == 0);
  CHECK(published.tryPublish(block));
  CHECK(published.tryPublish(block));
}
