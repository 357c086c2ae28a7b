// A client for tests: says exactly what it is told over a plain socket, and reads answers.
// Not linked into the program.
//
//     TestClient client{server.port()};
//     const TestResponse answer = client.get("/api/v1/session");

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/problem_response.h"

namespace duban::http {

struct TestResponse {
    int status = 0;  ///< 0: the connection ended before an answer
    Headers headers;
    std::string body;

    [[nodiscard]] std::string header(std::string_view name) const {
        return std::string{headers.find(name).value_or("")};
    }
    [[nodiscard]] core::Json json() const { return core::parse_json(body); }
    /// The member `code` of a problem; empty when it is none.
    [[nodiscard]] std::string code() const;
};

/// One connection to 127.0.0.1. Every wait ends after half a minute at the latest.
class TestClient {
public:
    explicit TestClient(std::uint16_t port);
    ~TestClient();
    TestClient(const TestClient&) = delete;
    TestClient& operator=(const TestClient&) = delete;

    /// Sends these bytes; false when the other side takes no more.
    bool send(std::string_view bytes);
    /// Says that nothing more comes.
    void end();
    /// The next answer; `has_body` false after HEAD.
    TestResponse read(bool has_body = true);
    /// All that comes up to and with `mark`; less when the connection ends before.
    std::string read_until(std::string_view mark);
    /// Whether the server closes now, without another byte.
    bool is_closed();

    TestResponse get(std::string_view target, std::string_view more_headers = "");
    TestResponse request(
        std::string_view method,
        std::string_view target,
        std::string_view more_headers,
        std::string_view body
    );

private:
    bool fill();
    std::string read_chunked();
    int socket_;
    std::string buffer_;
};

/// Sentences that are the codes themselves with their params.
class PlainSentences final : public Sentences {
public:
    [[nodiscard]] std::string sentence(
        std::string_view code, const core::Params& params, std::string_view language
    ) const override;
    [[nodiscard]] std::vector<std::string> languages() const override { return {"zh", "en"}; }
};

}  // namespace duban::http
