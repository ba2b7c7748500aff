#include "ctl/transport/socket/event_parser.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace nbasync::ctl {
namespace {

std::vector<std::string> read(EventParser& parser, const std::string& bytes, bool whole) {
  if (whole) {
    parser.feed(bytes);
  } else {
    for (const char byte : bytes) parser.feed({&byte, 1});
  }
  std::vector<std::string> messages;
  while (const auto message = parser.next())
    messages.push_back(message->name + "=" + message->data);
  return messages;
}

using Messages = std::vector<std::string>;

TEST(EventParserTest, EventsHaveNameAndData) {
  for (const bool whole : {true, false}) {
    EventParser parser;
    EXPECT_EQ(read(parser,
                   "retry: 10\n\nevent: started\nid: 7\ndata: {\"a\": 1}\n\n"
                   ": keep-alive\n\ndata:x\n\n",
                   whole),
              (Messages{"started={\"a\": 1}", "message=x"}));
    EXPECT_EQ(parser.last_id(), "7");
  }
}

TEST(EventParserTest, EveryLineEndIsOne) {
  for (const bool whole : {true, false}) {
    EventParser parser;
    EXPECT_EQ(read(parser, "data: a\r\ndata: b\r\n\r\ndata: c\r\rdata: d\n\n", whole),
              (Messages{"message=a\nb", "message=c", "message=d"}));
  }
}

TEST(EventParserTest, HalfAnEventIsNoneYetAndLeavesTheIdAlone) {
  EventParser parser;
  EXPECT_EQ(read(parser, "id: 1\ndata: a\n\nid: 2\ndata: b\n", true), Messages{"message=a"});
  EXPECT_EQ(parser.last_id(), "1");
}

TEST(EventParserTest, EventWithoutDataIsNone) {
  EventParser parser;
  EXPECT_EQ(read(parser, "event: x\nid: 3\n\ndata\n\n", true), Messages{"message="});
  EXPECT_EQ(parser.last_id(), "3");
}

}  // namespace
}  // namespace nbasync::ctl
