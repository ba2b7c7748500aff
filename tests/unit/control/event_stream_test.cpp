#include "control/event_stream.hpp"

#include <gmock/gmock.h>

#include "support/fake_clock.hpp"
#include "timer/tick.hpp"

namespace nbasync {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class EventStreamTest : public ::testing::Test {
 protected:
  void publish(const std::string& run) {
    stream_.publish({SyncEvent::Kind::kQueued, run, "teams", {}, {}, nullptr});
  }

  std::shared_ptr<EventReader> open(std::optional<std::uint64_t> last_seen = std::nullopt,
                                    const std::string& peer = "uid 0",
                                    Listener listener = Listener::kSocket) {
    return stream_.open(listener, peer, last_seen);
  }

  static std::string read(EventReader& reader, std::size_t room = 64) {
    std::string all;
    std::string buffer(room, ' ');
    while (const auto count = reader.read(buffer.data(), buffer.size())) {
      all.append(buffer, 0, count);
    }
    return all;
  }

  // The id of the only event in this text.
  static std::uint64_t id_in(const std::string& text) {
    return std::stoull(text.substr(text.find("id: ") + 4));
  }

  void pass(Duration time) {
    clock_.advance(time);
    wheel_.advance(to_tick(clock_.steady()));
  }

  testing::FakeClock clock_;
  TimerWheel wheel_{to_tick(clock_.steady())};
  EventStream stream_{wheel_, clock_};
};

TEST_F(EventStreamTest, ListenerIsGreetedAndToldWhatHappensFromThenOn) {
  publish("before");
  const auto reader = open();
  EXPECT_THAT(read(*reader), StartsWith(": events"));
  EXPECT_EQ(read(*reader), "");
  int woken = 0;
  reader->on_ready([&] { ++woken; });
  publish("a");
  publish("b");
  EXPECT_EQ(woken, 2);
  const auto text = read(*reader, 7);
  EXPECT_THAT(text,
              HasSubstr("event: queued\ndata: {\"run_id\":\"a\",\"sync_type\":\"teams\"}\n\n"));
  EXPECT_LT(text.find("\"a\""), text.find("\"b\""));
  EXPECT_THAT(text, Not(HasSubstr("before")));
  EXPECT_FALSE(reader->is_over());
}

TEST_F(EventStreamTest, FinishedTellsTheRun) {
  const auto reader = open();
  RunRecord run;
  run.run_id = "a";
  run.status = RunStatus::kFailed;
  stream_.publish(
      {SyncEvent::Kind::kFinished, "a", "teams", {}, {}, std::make_shared<RunRecord>(run)});
  stream_.publish({SyncEvent::Kind::kProgress, "b", "teams", "games", 40, nullptr});
  const auto text = read(*reader);
  EXPECT_THAT(text, HasSubstr("event: finished"));
  EXPECT_THAT(text, HasSubstr(R"("status":"failed")"));
  EXPECT_THAT(text, HasSubstr(R"({"percent":40,"run_id":"b","step":"games","sync_type":"teams"})"));
}

TEST_F(EventStreamTest, WhoComesBackIsToldWhatItMissed) {
  const auto first = open();
  publish("a");
  const auto id = id_in(read(*first));
  publish("b");
  publish("c");
  const auto text = read(*open(id));
  EXPECT_THAT(text, Not(HasSubstr("\"a\"")));
  EXPECT_THAT(text, HasSubstr("\"b\""));
  EXPECT_THAT(text, HasSubstr("\"c\""));
}

TEST_F(EventStreamTest, UnknownIdGetsAllThatIsKept) {
  for (int i = 0; i < 300; ++i) publish("run" + std::to_string(i));
  for (const std::uint64_t id : {std::uint64_t{5}, ~std::uint64_t{0}}) {
    const auto text = read(*open(id));
    EXPECT_THAT(text, HasSubstr("\"run44\""));
    EXPECT_THAT(text, HasSubstr("\"run299\""));
    EXPECT_THAT(text, Not(HasSubstr("\"run43\"")));
  }
}

TEST_F(EventStreamTest, IdsGoOnGrowingAfterARestart) {
  const auto reader = open();
  publish("a");
  const auto id = id_in(read(*reader));
  clock_.advance(Duration(1000));
  EventStream next(wheel_, clock_);
  next.publish({SyncEvent::Kind::kQueued, "b", "teams", {}, {}, nullptr});
  const auto text = read(*next.open(Listener::kSocket, "uid 0", id));
  EXPECT_GT(id_in(text), id);
  EXPECT_THAT(text, HasSubstr("\"b\""));
}

TEST_F(EventStreamTest, ListenerThatIsTooSlowIsDropped) {
  const auto reader = open();
  read(*reader);
  for (int i = 0; i < 257; ++i) publish("run");
  EXPECT_EQ(read(*reader), "");
  EXPECT_TRUE(reader->is_over());
}

TEST_F(EventStreamTest, QuietStreamGivesASignOfLife) {
  const auto reader = open();
  read(*reader);
  pass(EventStream::kKeepAlive);
  EXPECT_THAT(read(*reader), StartsWith(":"));
  pass(EventStream::kKeepAlive);
  EXPECT_THAT(read(*reader), StartsWith(":"));
  EXPECT_FALSE(reader->is_over());
}

TEST_F(EventStreamTest, WhoDoesNotTakeTheSignOfLifeIsDropped) {
  const auto reader = open();
  read(*reader);
  pass(EventStream::kKeepAlive);
  pass(EventStream::kKeepAlive);
  EXPECT_TRUE(reader->is_over());
}

TEST_F(EventStreamTest, NobodyListeningMeansNoTimer) {
  auto reader = open();
  EXPECT_TRUE(wheel_.next());
  reader.reset();
  pass(EventStream::kKeepAlive);
  EXPECT_FALSE(wheel_.next());
}

TEST_F(EventStreamTest, PeersAndListenersAreLimitedEachByItselfAndPlacesBecomeFree) {
  std::vector<std::shared_ptr<EventReader>> readers;
  for (std::size_t i = 0; i < EventStream::kReaders.each; ++i) readers.push_back(open());
  EXPECT_EQ(open(), nullptr);
  readers.push_back(open(std::nullopt, "uid 1"));
  EXPECT_NE(readers.back(), nullptr) << "another peer";
  while (readers.size() < EventStream::kReaders.all) {
    readers.push_back(open(std::nullopt, "uid " + std::to_string(readers.size())));
    ASSERT_NE(readers.back(), nullptr);
  }
  EXPECT_EQ(open(std::nullopt, "uid 2"), nullptr);
  EXPECT_NE(open(std::nullopt, "uid 2", Listener::kTcp), nullptr) << "another way in";
  readers.erase(readers.begin());
  EXPECT_NE(open(), nullptr);
}

TEST_F(EventStreamTest, EndComesAfterWhatIsDue) {
  const auto reader = open();
  publish("last");
  stream_.end();
  EXPECT_THAT(read(*reader), HasSubstr("last"));
  EXPECT_TRUE(reader->is_over());
  EXPECT_EQ(open(), nullptr);
}

}  // namespace
}  // namespace nbasync
