// What is refused at the door: ambiguous heads, heads and bodies beyond the limits, slow senders.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "http/internal/server_fixture.h"

namespace duban::http {
namespace {

class DoorTest : public internal::ServerTest {
protected:
    void SetUp() override {
        router_.add(Method::Get, "/", [](const Request&, const PathParams&) {
            return text_response(200, "ok");
        });
        router_.add(Method::Post, "/", [](const Request& request, const PathParams&) {
            return text_response(200, std::to_string(request.body.size()));
        });
        router_.add(Method::Get, "/x/{y}", [](const Request&, const PathParams& path) {
            return text_response(200, path.at("y"));
        });
    }

    /// Sends raw bytes on a new connection; the one answer, after which the server closes.
    TestResponse send_and_close(std::string_view bytes) {
        TestClient client{port()};
        client.send(bytes);
        TestResponse answer = client.read();
        EXPECT_TRUE(client.is_closed());
        return answer;
    }
};

TEST_F(DoorTest, AHeadThatTwoReadersCouldReadDifferentlyIsRefused) {
    start();
    for (const char* const head : {
             "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: "
             "chunked\r\n\r\n",
             "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc",
             "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc",
             "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +3\r\n\r\nabc",
             "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3, 3\r\n\r\nabc",
             "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
             "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
             "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n",
             "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n",
             "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\nX : b\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\n folded\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n",
             "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
             "GET / HTTP/1.1\r\n\r\n",
             "GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
             "GET / HTTP/2.0\r\nHost: x\r\n\r\n",
             "GET / HTTQ/1.1\r\nHost: x\r\n\r\n",
             "\x16\x03\x01\x02\x01\x01 a greeting of TLS\r\n\r\n",
         }) {
        const TestResponse answer = send_and_close(head);
        EXPECT_EQ(answer.status, 400) << head;
        EXPECT_EQ(answer.code(), "request.malformed") << head;
    }
}

TEST_F(DoorTest, WhatFollowsARefusedHeadIsNeverRead) {
    start();
    TestClient client{port()};
    client.send(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\nGET /x/smuggled HTTP/1.1\r\nHost: x\r\n\r\n"
    );
    EXPECT_EQ(client.read().status, 400);
    EXPECT_TRUE(client.is_closed());
    server_->stop();
    EXPECT_EQ(log().size(), 1U);
}

TEST_F(DoorTest, AnUnknownMethodIsNotImplemented) {
    start();
    TestClient client{port()};
    const TestResponse answer = client.request("BREW", "/", "", "");
    EXPECT_EQ(answer.status, 501);
    EXPECT_EQ(answer.code(), "request.method_unknown");
}

TEST_F(DoorTest, ATargetThatIsNoPathIsRefused) {
    start();
    TestClient client{port()};
    for (const char* const target :
         {"*",
          "x",
          "/x/%zz",
          "/x/%00",
          "/x/%2e%2e",
          "/x/..",
          "/x/a%2fb",
          "/x/%FF",
          "/?a=%",
          "/x/a%5cb",
          "/#f"}) {
        const TestResponse answer = client.get(target);
        EXPECT_EQ(answer.status, 400) << target;
        EXPECT_EQ(answer.code(), "request.target_malformed") << target;
    }
    EXPECT_EQ(client.get("http://test/x/1?a=b").body, "1") << "the absolute form is a path too";
}

TEST_F(DoorTest, AHeaderBeyondItsLimitIsRefusedWithItsOwnStatus) {
    start();
    const TestResponse long_field = send_and_close(
        "GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(64UL * 1024, 'a') + "\r\n\r\n"
    );
    EXPECT_EQ(long_field.status, 431);
    EXPECT_EQ(long_field.code(), "request.headers_too_large");
    const TestResponse long_line =
        send_and_close("GET /" + std::string(64UL * 1024, 'a') + " HTTP/1.1\r\nHost: x\r\n\r\n");
    EXPECT_EQ(long_line.status, 431);
    std::string many = "GET / HTTP/1.1\r\nHost: x\r\n";
    for (int i = 0; i < 200; ++i) {
        many += "A: b\r\n";
    }
    TestClient client{port()};
    client.send(many + "\r\n");
    EXPECT_EQ(client.read().status, 431);
}

TEST_F(DoorTest, ABodyBeyondItsLimitIsRefusedWithAnAnswerThatArrives) {
    start();
    const std::string big(3UL * 1024 * 1024, 'a');
    TestClient with_length{port()};
    const TestResponse answer = with_length.request("POST", "/", "", big);
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.code(), "request.too_large");
    EXPECT_EQ(answer.json().at("params").at("bytes_max").as_string(), "1048576");
    TestClient chunked{port()};
    chunked.send(
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n300000\r\n" + big +
        "\r\n0\r\n\r\n"
    );
    EXPECT_EQ(chunked.read().status, 413);
    EXPECT_TRUE(chunked.is_closed());
}

TEST_F(DoorTest, ABodyOfExactlyTheLimitIsTaken) {
    start();
    TestClient client{port()};
    const std::string full(1024UL * 1024, 'a');
    EXPECT_EQ(client.request("POST", "/", "", full).body, "1048576");
    EXPECT_EQ(client.request("POST", "/", "", full + "a").status, 413);
}

TEST_F(DoorTest, AChunkedBodyIsPutTogether) {
    start();
    TestClient client{port()};
    client.send(
        "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
        "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    );
    EXPECT_EQ(client.read().body, "5");
    EXPECT_EQ(client.get("/").body, "ok");
}

TEST_F(DoorTest, AClientThatDoesNotFinishItsRequestIsToldSo) {
    options_.request_max = std::chrono::milliseconds{150};
    start();
    for (const char* const start_of_request :
         {"GET / HTTP/1.1\r\nHo", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nab"}) {
        const TestResponse answer = send_and_close(start_of_request);
        EXPECT_EQ(answer.status, 408) << start_of_request;
        EXPECT_EQ(answer.code(), "request.timeout");
    }
}

TEST_F(DoorTest, AnIdleConnectionIsClosedWithoutAWord) {
    options_.idle_max = std::chrono::milliseconds{100};
    start();
    TestClient silent{port()};
    EXPECT_TRUE(silent.is_closed());
    TestClient once{port()};
    EXPECT_EQ(once.get("/").status, 200);
    EXPECT_TRUE(once.is_closed());
}

TEST_F(DoorTest, AClientThatLeavesInTheMiddleHarmsNobody) {
    start();
    for (int i = 0; i < 20; ++i) {
        TestClient client{port()};
        client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nab");
    }
    EXPECT_EQ(TestClient{port()}.get("/").status, 200);
}

}  // namespace
}  // namespace duban::http
