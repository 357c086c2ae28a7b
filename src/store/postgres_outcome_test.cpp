// A connection that breaks after the server has committed and before it could say so.

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/problem.h"
#include "store/store.h"
#include "store/testing.h"

namespace duban::store {
namespace {

constexpr core::OrgId kOutcomeOrg{1};
constexpr Query kInsertOutcome{"test.insert", "insert into item (id) values ($1)"};
constexpr Query kCountOutcomes{"test.count", "select count(*) from item"};

/// The end of a simple query, its final zero included.
constexpr std::string_view kCommit{"commit\0", 7};

/// Stands between the store and the server's socket, and swallows the answer to a commit.
class Proxy {
public:
    explicit Proxy(std::string server) : server_{std::move(server)} {
        listener_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_un address = address_of(directory_.path(".s.PGSQL.5432"));
        EXPECT_EQ(::bind(listener_, generic(address), sizeof address), 0);
        EXPECT_EQ(::listen(listener_, 16), 0);
        acceptor_ = std::thread{[this] { accept_all(); }};
    }
    Proxy(const Proxy&) = delete;
    Proxy& operator=(const Proxy&) = delete;
    ~Proxy() {
        ::shutdown(listener_, SHUT_RDWR);
        acceptor_.join();
        for (std::thread& pump : pumps_) {
            pump.join();
        }
        ::close(listener_);
    }

    /// The connection string of the server, by way of this proxy.
    [[nodiscard]] std::string connection(const std::string& direct) const {
        return direct + " host=" + directory_.path("");
    }
    void swallow_next_commit() { armed_ = true; }
    /// And nobody gets through to the server afterwards.
    void swallow_next_commit_and_stay_away() {
        away_after_ = true;
        armed_ = true;
    }
    void come_back() { away_ = false; }
    [[nodiscard]] bool has_swallowed() const { return !armed_; }

private:
    static sockaddr_un address_of(const std::string& path) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(static_cast<char*>(address.sun_path), sizeof address.sun_path - 1);
        return address;
    }
    static const sockaddr* generic(const sockaddr_un& address) {
        return reinterpret_cast<const sockaddr*>(&address);
    }

    void accept_all() {
        for (int client = 0; (client = ::accept(listener_, nullptr, nullptr)) >= 0;) {
            if (away_) {
                ::close(client);
                continue;
            }
            const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
            const sockaddr_un address = address_of(server_);
            EXPECT_EQ(::connect(server, generic(address), sizeof address), 0);
            pumps_.emplace_back([this, client, server] {
                while (pump(client, server)) {
                }
                ::close(client);
                ::close(server);
            });
        }
    }

    /// Carries what there is in either direction; false when the connection is over.
    bool pump(int client, int server) {
        std::array<pollfd, 2> ends{{{client, POLLIN, 0}, {server, POLLIN, 0}}};
        ::poll(ends.data(), ends.size(), -1);
        std::array<char, 65536> buffer{};
        for (const auto& [from, to] : {std::pair{ends[0], server}, std::pair{ends[1], client}}) {
            if (from.revents == 0) {
                continue;
            }
            const ssize_t got = ::read(from.fd, buffer.data(), buffer.size());
            if (got <= 0) {
                return false;
            }
            const std::string_view bytes{buffer.data(), static_cast<std::size_t>(got)};
            const bool commit = from.fd == client && bytes.find(kCommit) != bytes.npos;
            EXPECT_EQ(::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL), got);
            if (commit && armed_.exchange(false)) {
                // The answer shows that the commit is done; nobody else gets to see it.
                away_ = away_after_.load();
                return ::read(server, buffer.data(), buffer.size()) < 0;
            }
        }
        return true;
    }

    TestDirectory directory_;
    std::string server_;
    int listener_ = -1;
    std::atomic<bool> armed_ = false;
    std::atomic<bool> away_after_ = false;
    std::atomic<bool> away_ = false;
    std::thread acceptor_;
    std::vector<std::thread> pumps_;  // of acceptor_ alone until it has ended
};

/// A store that reaches the server by way of a proxy, and a table without a key: a second run of
/// the same job would go unnoticed by the database.
class PostgresOutcome : public testing::Test {
protected:
    PostgresOutcome() {
        store_->write(kOutcomeOrg, [](Transaction& tx) {
            tx.execute_ddl("create table item (id bigint)");
        });
    }

    [[nodiscard]] std::string socket() const {
        static constexpr Query kSocket{
            "test.socket",
            "select current_setting('unix_socket_directories') || '/.s.PGSQL.' || "
            "current_setting('port')"
        };
        std::string socket;
        const auto direct =
            open_postgres({.connection = schema_.connection(), .schema = schema_.name()});
        direct->read([&](Reader& reader) { socket = reader.query(kSocket, {}).at(0).text(0); });
        return socket;
    }

    void insert(std::int64_t id) {
        store_->write(kOutcomeOrg, [&](Transaction& tx) { tx.execute(kInsertOutcome, {id}); });
    }

    [[nodiscard]] std::int64_t count() {
        std::int64_t rows = 0;
        store_->read([&](Reader& reader) {
            rows = reader.query(kCountOutcomes, {}).at(0).integer(0);
        });
        return rows;
    }

    const TestSchema schema_;
    Proxy proxy_{socket()};
    std::unique_ptr<Store> store_ = open_postgres(
        {.connection = proxy_.connection(schema_.connection()), .schema = schema_.name()}
    );
};

TEST_F(PostgresOutcome, CommitWhoseAnswerWasLostIsFoundAndNotWrittenTwice) {
    proxy_.swallow_next_commit();
    EXPECT_NO_THROW(insert(1));
    EXPECT_TRUE(proxy_.has_swallowed());
    EXPECT_EQ(count(), 1);
}

// The server has committed and is not seen again for as long as a request waits: nobody can say
// what became of it, and it must not be done again.
TEST_F(PostgresOutcome, CommitWhoseServerStaysAwayIsUnknownAndNotWrittenTwice) {
    proxy_.swallow_next_commit_and_stay_away();
    try {
        insert(1);
        FAIL() << "it was said to be done";
    } catch (const core::Problem& problem) {
        EXPECT_EQ(problem.kind, core::ProblemKind::Unavailable);
        EXPECT_EQ(problem.code, "store.outcome_unknown");
    }
    EXPECT_TRUE(proxy_.has_swallowed());
    proxy_.come_back();
    EXPECT_EQ(count(), 1);
    EXPECT_NO_THROW(insert(2));
    EXPECT_EQ(count(), 2);
}

}  // namespace
}  // namespace duban::store
