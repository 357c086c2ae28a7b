// Event streams over a connection.

#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/internal/server_fixture.h"

namespace duban::http {
namespace {

using testing::HasSubstr;
using testing::Not;

class EventStreamTest : public internal::ServerTest {
protected:
    void SetUp() override {
        router_.add_events("/events", hub_, [this](const Request& request, const PathParams&) {
            if (request.query.find("by") == "nobody") {
                throw core::Problem{core::ProblemKind::Unauthenticated, "session.none"};
            }
            const std::string wanted{request.query.find("topic").value_or("")};
            return EventFeed{
                .wants = [wanted](const Event& e) { return wanted.empty() || e.topic == wanted; },
                .is_allowed = [this] { return is_allowed_.load(); },
                .first = [] { return std::vector<Event>{{"", "hello", "1", "first"}}; }
            };
        });
        options_.heartbeat = std::chrono::milliseconds{200};
        start();
    }

    /// A client that has read the head and what comes first.
    std::unique_ptr<TestClient> subscribe(const std::string& query = "") {
        auto client = std::make_unique<TestClient>(port());
        client->send("GET /events" + query + " HTTP/1.1\r\nHost: x\r\n\r\n");
        head_ = client->read_until("\r\n\r\n");
        EXPECT_THAT(client->read_until("data: first\n\n"), HasSubstr("id: 1\nevent: hello\n"));
        return client;
    }

    EventHub hub_;
    std::atomic<bool> is_allowed_{true};
    std::string head_;
};

TEST_F(EventStreamTest, WhatIsPublishedArrivesInOrder) {
    const auto client = subscribe();
    EXPECT_THAT(head_, HasSubstr("Content-Type: text/event-stream"));
    EXPECT_THAT(head_, HasSubstr("Cache-Control: no-store"));
    std::jthread publisher{[this] {
        for (int i = 0; i < 200; ++i) {
            hub_.publish({"leave", "register", std::to_string(i), "n" + std::to_string(i)});
        }
    }};
    std::string all;
    for (int i = 0; i < 200; ++i) {
        all = client->read_until("data: n" + std::to_string(i) + "\n\n");
        EXPECT_THAT(all, HasSubstr("id: " + std::to_string(i) + "\n"));
    }
}

TEST_F(EventStreamTest, AFilterKeepsTheRestAway) {
    const auto client = subscribe("?topic=leave");
    hub_.publish({"dues", "register", "", "not this"});
    hub_.publish({"leave", "register", "", "this"});
    EXPECT_THAT(client->read_until("data: this\n\n"), Not(HasSubstr("not this")));
}

TEST_F(EventStreamTest, ManySubscribersEachGetEverything) {
    std::vector<std::unique_ptr<TestClient>> clients;
    for (int i = 0; i < 30; ++i) {
        clients.push_back(subscribe());
    }
    EXPECT_EQ(hub_.subscribers(), 30U);
    for (int i = 0; i < 10; ++i) {
        hub_.publish({"t", "n", "", "d" + std::to_string(i)});
    }
    for (const auto& client : clients) {
        EXPECT_THAT(client->read_until("data: d9\n\n"), HasSubstr("data: d0\n\n"));
    }
}

TEST_F(EventStreamTest, AHeartbeatKeepsItAliveUntilItIsNoLongerAllowed) {
    const auto client = subscribe();
    EXPECT_THAT(client->read_until(": still here\n\n"), HasSubstr(": still here"));
    is_allowed_ = false;
    client->read_until("0\r\n\r\n");
    EXPECT_TRUE(client->is_closed());
}

TEST_F(EventStreamTest, ASubscriptionMayBeRefused) {
    const TestResponse answer = TestClient{port()}.get("/events?by=nobody");
    EXPECT_EQ(answer.status, 401);
    EXPECT_EQ(answer.header("WWW-Authenticate"), "Bearer");
    EXPECT_EQ(hub_.subscribers(), 0U);
}

TEST_F(EventStreamTest, StoppingEndsTheStreamAndAPublisherMayGoOn) {
    const auto client = subscribe();
    server_->stop();
    client->read_until("0\r\n\r\n");
    EXPECT_TRUE(client->is_closed());
    hub_.publish({"t", "n", "", "d"});
    EXPECT_EQ(hub_.subscribers(), 0U);
}

TEST_F(EventStreamTest, AClientThatDoesNotReadIsCutOff) {
    const auto client = subscribe();
    const std::string big(1UL << 18U, 'x');
    // More than the socket's buffers and the queue hold together.
    for (std::size_t i = 0; i < kEventQueueMax + 40 && hub_.subscribers() > 0; ++i) {
        hub_.publish({"t", "n", "", big});
    }
    hub_.publish({"t", "n", "", "last"});
    EXPECT_THAT(client->read_until("data: last\n\n"), Not(HasSubstr("data: last")));
    EXPECT_TRUE(client->is_closed());
}

}  // namespace
}  // namespace duban::http
