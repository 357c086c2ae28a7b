#include "http/server.h"

#include <future>
#include <latch>
#include <semaphore>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/internal/server_fixture.h"

namespace duban::http {
namespace {

using testing::HasSubstr;
using testing::Not;

class ServerTest : public internal::ServerTest {
protected:
    void SetUp() override {
        router_
            .add(Method::Get, "/things/{id}", [](const Request& request, const PathParams& path) {
                return json_response(
                    200,
                    {{"id", path.at("id")},
                     {"q", std::string{request.query.find("q").value_or("-")}}}
                );
            });
        router_.add(Method::Post, "/things", [](const Request& request, const PathParams&) {
            return text_response(201, request.body);
        });
        router_.add(Method::Delete, "/things/{id}", [](const Request&, const PathParams&) {
            return empty_response();
        });
        router_.add(Method::Get, "/problem", [](const Request&, const PathParams&) -> Response {
            throw core::Problem{core::ProblemKind::Conflict, "thing.taken", {{"by", "li"}}};
        });
        router_.add(Method::Get, "/failure", [](const Request&, const PathParams&) -> Response {
            throw std::runtime_error{"the inside of it"};
        });
        router_.add(Method::Get, "/client", [](const Request& request, const PathParams&) {
            return text_response(
                200,
                request.client_address + (request.is_tls ? " tls " : " plain ") +
                    request.cookie("a").value_or("-")
            );
        });
    }
};

TEST_F(ServerTest, AnswersWithWhatPathAndQueryGave) {
    start();
    TestClient client{port()};
    const TestResponse answer = client.get("/things/%E4%BA%8B?q=a+b");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.json().at("id").as_string(), "\xE4\xBA\x8B");
    EXPECT_EQ(answer.json().at("q").as_string(), "a b");
    EXPECT_EQ(answer.header("Content-Type"), "application/json");
}

TEST_F(ServerTest, EveryAnswerCarriesTheSecurityHeadersADateAndAnId) {
    start();
    TestClient client{port()};
    for (const char* const path : {"/things/1", "/nothing", "/problem", "/failure"}) {
        const TestResponse answer = client.get(path);
        EXPECT_EQ(answer.header("X-Content-Type-Options"), "nosniff") << path;
        EXPECT_EQ(answer.header("X-Frame-Options"), "DENY") << path;
        EXPECT_THAT(answer.header("Content-Security-Policy"), HasSubstr("default-src 'self'"));
        EXPECT_EQ(answer.header("Referrer-Policy"), "same-origin") << path;
        EXPECT_EQ(answer.header("Cache-Control"), "no-store") << path;
        EXPECT_EQ(answer.header("Date"), "Tue, 24 Nov 2026 03:04:05 GMT") << path;
        EXPECT_EQ(answer.header("Request-Id").size(), 36U) << path;
        EXPECT_EQ(answer.header("Strict-Transport-Security"), "") << path;
    }
}

TEST_F(ServerTest, OneConnectionCarriesManyRequests) {
    start();
    TestClient client{port()};
    for (int i = 0; i < 20; ++i) {
        EXPECT_EQ(client.get("/things/1").status, 200);
        EXPECT_EQ(client.request("POST", "/things", "", "body").body, "body");
        EXPECT_EQ(client.get("/nothing").status, 404);
        EXPECT_EQ(client.request("DELETE", "/things/1", "", "").status, 204);
    }
}

TEST_F(ServerTest, TwoRequestsSentAtOnceGetTwoAnswersInOrder) {
    start();
    TestClient client{port()};
    client.send(
        "GET /things/1 HTTP/1.1\r\nHost: x\r\n\r\n"
        "POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\nabc"
        "GET /things/3 HTTP/1.1\r\nHost: x\r\n\r\n"
    );
    EXPECT_EQ(client.read().json().at("id").as_string(), "1");
    EXPECT_EQ(client.read().body, "abc");
    EXPECT_EQ(client.read().json().at("id").as_string(), "3");
}

TEST_F(ServerTest, HeadHasTheHeadersOfGetAndNoBody) {
    start();
    TestClient client{port()};
    const TestResponse full = client.get("/things/1");
    const TestResponse head = client.request("HEAD", "/things/1", "", "");
    EXPECT_EQ(head.status, 200);
    EXPECT_EQ(head.header("Content-Length"), full.header("Content-Length"));
    EXPECT_EQ(client.get("/things/1").status, 200) << "the connection is where it should be";
}

TEST_F(ServerTest, AnUnknownPathAndAnUnknownMethodOfAPathAreToldApart) {
    start();
    TestClient client{port()};
    const TestResponse missing = client.get("/nothing");
    EXPECT_EQ(missing.status, 404);
    EXPECT_EQ(missing.code(), "request.not_found");
    const TestResponse wrong = client.request("PUT", "/things/1", "", "");
    EXPECT_EQ(wrong.status, 405);
    EXPECT_EQ(wrong.code(), "request.method_not_allowed");
    EXPECT_EQ(wrong.header("Allow"), "GET, HEAD, DELETE, OPTIONS");
    const TestResponse options = client.request("OPTIONS", "/things/1", "", "");
    EXPECT_EQ(options.status, 204);
    EXPECT_EQ(options.header("Allow"), "GET, HEAD, DELETE, OPTIONS");
}

TEST_F(ServerTest, AProblemIsTranslatedByAcceptLanguage) {
    start();
    TestClient client{port()};
    const TestResponse answer = client.get("/problem", "Accept-Language: en;q=0.9, zh;q=0.1\r\n");
    EXPECT_EQ(answer.status, 409);
    EXPECT_EQ(answer.header("Content-Type"), "application/problem+json");
    EXPECT_EQ(answer.header("Content-Language"), "en");
    EXPECT_EQ(answer.json().at("type").as_string(), "/problems/thing.taken");
    EXPECT_EQ(answer.json().at("title").as_string(), "en:kind.conflict");
    EXPECT_EQ(answer.json().at("detail").as_string(), "en:thing.taken by=li");
    EXPECT_EQ(answer.json().at("params").at("by").as_string(), "li");
    EXPECT_EQ(
        std::string{answer.json().at("instance").as_string()},
        "/requests/" + answer.header("Request-Id")
    );
}

TEST_F(ServerTest, AnyOtherExceptionIsABareFailureAndGoesToTheLog) {
    start();
    TestClient client{port()};
    const TestResponse answer = client.get("/failure");
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.code(), "server.failed");
    EXPECT_THAT(answer.body, Not(HasSubstr("inside")));
    server_->stop();
    const auto lines = log();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].failure, "the inside of it");
    EXPECT_EQ(lines[0].request_id, answer.header("Request-Id"));
}

TEST_F(ServerTest, TheLogHoldsThePathAndThePatternButNotTheQuery) {
    start();
    TestClient{port()}.get("/things/1?q=secret");
    server_->stop();
    const auto lines = log();
    ASSERT_EQ(lines.size(), 1U);
    EXPECT_EQ(lines[0].path, "/things/1");
    EXPECT_EQ(lines[0].route, "/things/{id}");
    EXPECT_EQ(lines[0].status, 200);
    EXPECT_THAT(access_line(lines[0]), Not(HasSubstr("secret")));
}

TEST_F(ServerTest, OnlyATrustedProxyIsBelievedAboutTheClient) {
    start();
    const std::string claims = "X-Forwarded-For: 192.0.2.1\r\nX-Forwarded-Proto: https\r\n";
    EXPECT_EQ(TestClient{port()}.get("/client", claims).body, "127.0.0.1 plain -");
    server_->stop();
    options_.trusted_proxies = {"127.0.0.1", "10.0.0.1"};
    start();
    TestClient client{port()};
    EXPECT_EQ(client.get("/client", claims).body, "192.0.2.1 tls -");
    EXPECT_EQ(
        client.get("/client", "X-Forwarded-For: 6.6.6.6, 192.0.2.7, 10.0.0.1\r\n").body,
        "192.0.2.7 plain -"
    ) << "what the client itself put in front is not believed";
    EXPECT_EQ(client.get("/client", "Cookie: a=1\r\n").body, "127.0.0.1 plain 1");
}

TEST_F(ServerTest, ConnectionCloseAndHttp10EndTheConnection) {
    start();
    TestClient closing{port()};
    EXPECT_EQ(closing.get("/things/1", "Connection: close\r\n").header("Connection"), "close");
    EXPECT_TRUE(closing.is_closed());
    TestClient old{port()};
    old.send("GET /things/1 HTTP/1.0\r\n\r\n");
    EXPECT_EQ(old.read().status, 200);
    EXPECT_TRUE(old.is_closed());
}

TEST_F(ServerTest, RequestsAreCountedByRouteAndStatus) {
    start();
    TestClient client{port()};
    client.get("/things/1");
    client.get("/things/2");
    client.get("/problem");
    server_->stop();
    const std::string text = metrics_.text();
    EXPECT_THAT(
        text,
        HasSubstr(R"(duban_http_requests_total{route="/things/{id}",method="GET",status="2xx"} 2)")
    );
    EXPECT_THAT(
        text,
        HasSubstr(R"(duban_http_requests_total{route="/problem",method="GET",status="4xx"} 1)")
    );
}

TEST_F(ServerTest, MoreConnectionsThanAllowedAreTurnedAway) {
    options_.connections_max = 1;
    start();
    TestClient first{port()};
    EXPECT_EQ(first.get("/things/1").status, 200);
    TestClient second{port()};
    EXPECT_EQ(second.read().status, 503);
    EXPECT_EQ(first.get("/things/1").status, 200);
}

TEST_F(ServerTest, WhenAllWorkersAreTakenAndTooManyWaitTheRestIsRefused) {
    std::promise<void> release;
    const auto released = release.get_future().share();
    std::counting_semaphore<> entered{0};
    // A copy of its own: a worker may still be waking up when this function has ended.
    router_.add(Method::Get, "/slow", [&entered, released](const Request&, const PathParams&) {
        entered.release();
        released.wait();
        return empty_response();
    });
    options_.waiting_max = 1;
    start();
    std::vector<std::unique_ptr<TestClient>> clients;
    for (int i = 0; i < 4; ++i) {
        clients.push_back(std::make_unique<TestClient>(port()));
        clients.back()->send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
        entered.acquire();
    }
    // One more may wait; of two, one is refused.
    TestClient fifth{port()};
    TestClient sixth{port()};
    std::vector<std::jthread> threads;
    std::atomic<int> refused{0};
    for (TestClient* const client : {&fifth, &sixth}) {
        threads.emplace_back([client, &refused, &release] {
            const TestResponse answer = client->get("/slow");
            if (answer.status == 503 && ++refused == 1) {
                EXPECT_EQ(answer.code(), "server.busy");
                EXPECT_EQ(answer.header("Retry-After"), "1");
                release.set_value();
            }
        });
    }
    threads.clear();
    EXPECT_EQ(refused, 1);
}

TEST_F(ServerTest, ABriefAnswerIsGivenWhileEveryWorkerIsTaken) {
    std::atomic<int> taken{0};
    std::latch release{1};
    router_.add(Method::Get, "/slow", [&](const Request&, const PathParams&) {
        ++taken;
        release.wait();
        return text_response(200, "late");
    });
    router_.add_brief("/brief", [](const Request&, const PathParams&) {
        return text_response(200, "soon");
    });
    router_.add_brief("/refused", [](const Request&, const PathParams&) -> Response {
        throw core::Problem{core::ProblemKind::NotFound, "request.not_found"};
    });
    options_.answers_briefly = true;
    start();
    std::vector<std::jthread> slow;
    for (unsigned i = 0; i < options_.worker_threads; ++i) {
        slow.emplace_back([this] { EXPECT_EQ(TestClient{port()}.get("/slow").body, "late"); });
    }
    while (taken < static_cast<int>(options_.worker_threads)) {
        std::this_thread::yield();
    }
    TestClient client{port()};
    EXPECT_EQ(client.get("/brief").body, "soon");
    EXPECT_EQ(client.get("/refused").code(), "request.not_found");
    release.count_down();
}

TEST_F(ServerTest, StoppingLetsWhatRunsFinishAndEndsIdleConnections) {
    std::promise<void> entered;
    std::promise<void> release;
    router_.add(Method::Get, "/slow", [&](const Request&, const PathParams&) {
        entered.set_value();
        release.get_future().wait();
        return text_response(200, "done");
    });
    start();
    TestClient idle{port()};
    EXPECT_EQ(idle.get("/things/1").status, 200);
    TestClient busy{port()};
    busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n");
    entered.get_future().wait();
    std::jthread stopping{[this] { server_->stop(); }};
    EXPECT_TRUE(idle.is_closed());
    release.set_value();
    const TestResponse answer = busy.read();
    EXPECT_EQ(answer.body, "done");
    EXPECT_EQ(answer.header("Connection"), "close");
}

TEST_F(ServerTest, ATakenPortAndANonsensicalAddressAreRefused) {
    start();
    options_.port = port();
    const auto code_of = [&](const ServerOptions& options) -> std::string {
        try {
            Server other{router_, options, {clock_, random_, sentences_, metrics_, {}, {}}};
            other.start();
        } catch (const core::Problem& problem) {
            return problem.code;
        }
        return "";
    };
    EXPECT_EQ(code_of(options_), "server.port_taken");
    options_.address = "nowhere";
    EXPECT_EQ(code_of(options_), "server.address_invalid");
    options_.address = "127.0.0.1";
    options_.port = 0;
    options_.tls_certificate_file = "absent.pem";
    EXPECT_EQ(code_of(options_), "server.tls_unreadable");
}

TEST_F(ServerTest, ManyClientsAtOnceAllGetTheirAnswer) {
    options_.io_threads = 2;
    start();
    std::atomic<int> good{0};
    std::vector<std::jthread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([this, &good] {
            TestClient client{port()};
            for (int round = 0; round < 100; ++round) {
                good += client.get("/things/1").status == 200 ? 1 : 0;
            }
        });
    }
    threads.clear();
    EXPECT_EQ(good, 800);
}

}  // namespace
}  // namespace duban::http
