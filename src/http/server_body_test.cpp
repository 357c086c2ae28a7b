// Bodies as streams: uploads into a sink, files out of the disk.

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "http/internal/server_fixture.h"

namespace duban::http {
namespace {

/// What became of the sinks of a test.
struct Fate {
    std::string bytes;
    std::size_t pieces = 0;
    int finished = 0;
    int destroyed = 0;
};

class NotingSink final : public BodySink {
public:
    explicit NotingSink(core::Guarded<Fate>& fate) : fate_{fate} {}
    ~NotingSink() override {
        fate_.with([](Fate& fate) { ++fate.destroyed; });
    }
    void write(std::string_view piece) override {
        if (piece.find("bad") != std::string_view::npos) {
            throw core::Problem{core::ProblemKind::Rejected, "thing.bad"};
        }
        fate_.with([&](Fate& fate) {
            fate.bytes += piece;
            ++fate.pieces;
        });
    }
    Response finish() override {
        fate_.with([](Fate& fate) { ++fate.finished; });
        return text_response(201, "kept");
    }

private:
    core::Guarded<Fate>& fate_;
};

class UploadTest : public internal::ServerTest {
protected:
    void SetUp() override {
        router_.add_upload(
            Method::Post,
            "/files",
            [this](const Request& request, const PathParams&) -> std::unique_ptr<BodySink> {
                if (request.query.find("by") == "nobody") {
                    throw core::Problem{core::ProblemKind::Forbidden, "thing.forbidden"};
                }
                return std::make_unique<NotingSink>(fate_);
            },
            {.bytes_max = 10UL * 1024 * 1024, .code = "file.too_large"}
        );
        start();
    }

    /// The fate once the server has let go of everything.
    Fate fate() {
        server_->stop();
        return fate_.with([](Fate& fate) { return fate; });
    }

    core::Guarded<Fate> fate_;
};

TEST_F(UploadTest, ABodyComesInPiecesAndWhole) {
    std::string body(5UL * 1024 * 1024 + 17, 'a');
    for (std::size_t i = 0; i < body.size(); i += 4099) {
        body[i] = static_cast<char>('b' + i % 20);
    }
    TestClient client{port()};
    EXPECT_EQ(client.request("POST", "/files", "", body).body, "kept");
    EXPECT_EQ(client.request("POST", "/files?by=nobody", "", "").status, 403) << "still there";
    const Fate fate = this->fate();
    EXPECT_EQ(fate.bytes, body);
    EXPECT_GT(fate.pieces, 50U);
    EXPECT_EQ(fate.finished, 1);
    EXPECT_EQ(fate.destroyed, 1);
}

TEST_F(UploadTest, AnEmptyBodyIsABody) {
    EXPECT_EQ(
        TestClient{port()}.request("POST", "/files", "Content-Length: 0\r\n", "").status, 201
    );
    EXPECT_EQ(fate().finished, 1);
}

TEST_F(UploadTest, ARefusalByTheHeadArrivesThoughTheBodyIsOnItsWay) {
    TestClient client{port()};
    const std::string body(5UL * 1024 * 1024, 'a');
    EXPECT_EQ(client.request("POST", "/files?by=nobody", "", body).status, 403);
    EXPECT_EQ(fate().destroyed, 0);
}

TEST_F(UploadTest, BeyondItsLimitNothingIsKept) {
    TestClient client{port()};
    const std::string body(11UL * 1024 * 1024, 'a');
    const TestResponse answer = client.request("POST", "/files", "", body);
    EXPECT_EQ(answer.status, 413);
    EXPECT_EQ(answer.code(), "file.too_large");
    TestClient chunked{port()};
    chunked.send("POST /files HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nB00000\r\n");
    chunked.send(body);
    EXPECT_EQ(chunked.read().status, 413);
    const Fate fate = this->fate();
    EXPECT_EQ(fate.finished, 0);
    EXPECT_EQ(fate.destroyed, 2);
}

TEST_F(UploadTest, WhatASinkRefusesEndsTheUpload) {
    TestClient client{port()};
    const TestResponse answer = client.request("POST", "/files", "", "some bad bytes");
    EXPECT_EQ(answer.status, 422);
    EXPECT_EQ(answer.code(), "thing.bad");
    const Fate fate = this->fate();
    EXPECT_EQ(fate.finished, 0);
    EXPECT_EQ(fate.destroyed, 1);
}

TEST_F(UploadTest, AnUploadThatBreaksOffIsNotFinished) {
    {
        TestClient client{port()};
        client.send("POST /files HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nabc");
        client.end();
        EXPECT_TRUE(client.is_closed());
    }
    const Fate fate = this->fate();
    EXPECT_EQ(fate.finished, 0);
    EXPECT_EQ(fate.destroyed, 1);
}

TEST_F(UploadTest, AClientThatAsksFirstIsToldToGoOn) {
    TestClient client{port()};
    client.send(
        "POST /files HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n"
    );
    EXPECT_EQ(client.read_until("\r\n\r\n"), "HTTP/1.1 100 Continue\r\n\r\n");
    client.send("abc");
    EXPECT_EQ(client.read().status, 201);
    TestClient refused{port()};
    refused.send(
        "POST /files?by=nobody HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n"
        "Expect: 100-continue\r\n\r\n"
    );
    EXPECT_EQ(refused.read().status, 403) << "and not told when it is not wanted";
}

class DownloadTest : public internal::ServerTest {
protected:
    void SetUp() override {
        path_ = std::filesystem::path{testing::TempDir()} / "duban_http_download_test";
        for (std::size_t i = 0; i < 700'000; ++i) {
            content_.push_back(static_cast<char>('a' + i % 23));
        }
        std::ofstream{path_, std::ios::binary} << content_;
        router_.add(Method::Get, "/file", [this](const Request&, const PathParams&) {
            return file_response(path_, content_.size());
        });
        router_.add(Method::Get, "/absent", [](const Request&, const PathParams&) {
            return file_response("no/such/file", 10);
        });
        router_.add(Method::Get, "/shrunk", [this](const Request&, const PathParams&) {
            return file_response(path_, content_.size() + 1000);
        });
        start();
    }
    void TearDown() override { std::filesystem::remove(path_); }

    static Response file_response(const std::filesystem::path& path, std::uint64_t size) {
        Response response;
        response.content_type = "application/octet-stream";
        response.file = FileBody{path, size};
        response.headers.set("Content-Security-Policy", "sandbox");
        return response;
    }

    std::filesystem::path path_;
    std::string content_;
};

TEST_F(DownloadTest, AFileIsSentWhole) {
    TestClient client{port()};
    const TestResponse answer = client.get("/file");
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.header("Content-Length"), "700000");
    EXPECT_EQ(answer.header("Content-Security-Policy"), "sandbox") << "the handler's word stands";
    EXPECT_TRUE(answer.body == content_);
    EXPECT_EQ(client.request("HEAD", "/file", "", "").header("Content-Length"), "700000");
}

TEST_F(DownloadTest, ARangeOfItIsSent) {
    TestClient client{port()};
    const TestResponse part = client.get("/file", "Range: bytes=300000-300009\r\n");
    EXPECT_EQ(part.status, 206);
    EXPECT_EQ(part.header("Content-Range"), "bytes 300000-300009/700000");
    EXPECT_EQ(part.body, content_.substr(300'000, 10));
    const TestResponse beyond = client.get("/file", "Range: bytes=700000-\r\n");
    EXPECT_EQ(beyond.status, 416);
    EXPECT_EQ(beyond.header("Content-Range"), "bytes */700000");
    EXPECT_TRUE(client.get("/file", "Range: bytes=-5\r\n").body == content_.substr(699'995));
}

TEST_F(DownloadTest, AFileThatIsNotThereIsOurFailure) {
    const TestResponse answer = TestClient{port()}.get("/absent");
    EXPECT_EQ(answer.status, 500);
    EXPECT_EQ(answer.code(), "server.failed");
}

TEST_F(DownloadTest, AFileThatIsShorterThanPromisedIsSeenToBeCutOff) {
    TestClient client{port()};
    const TestResponse answer = client.get("/shrunk");
    EXPECT_LT(answer.body.size(), 701'000U);
    EXPECT_TRUE(client.is_closed());
}

}  // namespace
}  // namespace duban::http
