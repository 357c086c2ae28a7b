// A running server for the tests of this room.

#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/guarded.h"
#include "http/server.h"
#include "http/testing.h"

namespace duban::http::internal {

/// Counts up: enough for ids.
class CountingRandom final : public core::Random {
public:
    [[nodiscard]] std::string bytes(std::size_t count) override {
        return std::string(count, static_cast<char>(next_++ & 0x7F));
    }

private:
    std::atomic<int> next_{0};
};

class ServerTest : public testing::Test {
protected:
    /// Add routes and change options_ before.
    void start() {
        options_.worker_threads = 4;
        server_ = std::make_unique<Server>(
            router_,
            options_,
            ServerServices{
                .clock = clock_,
                .random = random_,
                .sentences = sentences_,
                .metrics = metrics_,
                .access_log = [this](const AccessRecord& record
                              ) { log_.with([&](auto& lines) { lines.push_back(record); }); },
                .language_of = {}
            }
        );
        server_->start();
    }

    [[nodiscard]] std::uint16_t port() const { return server_->port(); }
    std::vector<AccessRecord> log() {
        return log_.with([](auto& lines) { return lines; });
    }

    core::ManualClock clock_{core::from_ms(1'795'489'445'678)};
    CountingRandom random_;
    PlainSentences sentences_;
    Metrics metrics_;
    Router router_;
    ServerOptions options_;
    core::Guarded<std::vector<AccessRecord>> log_;
    std::unique_ptr<Server> server_;
};

}  // namespace duban::http::internal
