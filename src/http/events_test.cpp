#include "http/events.h"

#include <gtest/gtest.h>

namespace duban::http {
namespace {

TEST(EventText, IsOneFieldALine) {
    EXPECT_EQ(event_text({"t", "register", "7", "{}"}), "id: 7\nevent: register\ndata: {}\n\n");
    EXPECT_EQ(event_text({"", "n", "", ""}), "event: n\ndata: \n\n");
    EXPECT_EQ(
        event_text({"", "n", "", "a\nb\r\nc\rd"}),
        "event: n\ndata: a\ndata: b\ndata: c\ndata: d\n\n"
    );
}

TEST(EventHub, DeliversWhatIsWantedAndWakes) {
    EventHub hub;
    int woken = 0;
    const auto mailbox =
        hub.subscribe([](const Event& event) { return event.topic == "a"; }, [&woken] { ++woken; });
    hub.publish({"a", "n", "", "1"});
    hub.publish({"b", "n", "", "2"});
    const auto texts = mailbox->take();
    ASSERT_EQ(texts.size(), 1U);
    EXPECT_EQ(*texts[0], "event: n\ndata: 1\n\n");
    EXPECT_EQ(woken, 1);
    EXPECT_TRUE(mailbox->take().empty());
}

TEST(EventHub, AFullMailboxSaysSo) {
    EventHub hub;
    const auto mailbox = hub.subscribe([](const Event&) { return true; }, [] {});
    for (std::size_t i = 0; i < kEventQueueMax; ++i) {
        hub.publish({"a", "n", "", "x"});
    }
    EXPECT_FALSE(mailbox->has_overflowed());
    hub.publish({"a", "n", "", "x"});
    EXPECT_TRUE(mailbox->has_overflowed());
    EXPECT_EQ(mailbox->take().size(), kEventQueueMax);
}

TEST(EventHub, ForgetsWhoIsGone) {
    EventHub hub;
    auto mailbox = hub.subscribe([](const Event&) { return true; }, [] {});
    EXPECT_EQ(hub.subscribers(), 1U);
    mailbox.reset();
    hub.publish({"a", "n", "", "x"});
    EXPECT_EQ(hub.subscribers(), 0U);
}

}  // namespace
}  // namespace duban::http
