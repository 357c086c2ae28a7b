// bench_client: sends requests to a server and says what its process spent on them.
//
//     bench_client --port N --pid N --requests FILE [--token T] [--clients N] [--count N]
//
// A line of FILE is "METHOD\tTARGET\tREVISION\tBODY", the last two possibly empty. Each line is
// sent once; with --count they are sent again and again until so many are sent. The answer is one
// line of JSON: requests, failures, bytes, seconds, CPU of the server in microseconds a request
// and, with one client, the CPU of single requests in order of the file (cpu_us_each).

#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace {

using Options = std::map<std::string, std::string>;

Options options_of(int argc, char** argv) {
    Options options;
    for (int i = 1; i + 1 < argc; i += 2) {
        options[argv[i]] = argv[i + 1];
    }
    return options;
}

std::string option(const Options& options, const char* name, const char* otherwise) {
    const auto found = options.find(name);
    return found == options.end() ? otherwise : found->second;
}

/// "METHOD\tTARGET\tREVISION\tBODY" as it goes over the wire.
std::string request_text(const std::string& line, const std::string& token) {
    std::vector<std::string> parts;
    std::size_t from = 0;
    for (int i = 0; i < 3; ++i) {
        const std::size_t tab = line.find('\t', from);
        parts.push_back(line.substr(from, tab - from));
        from = tab == std::string::npos ? line.size() : tab + 1;
    }
    const std::string body = line.substr(from);
    std::string text = parts[0] + " " + parts[1] + " HTTP/1.1\r\nHost: 127.0.0.1\r\n";
    if (!token.empty()) {
        text += "Authorization: Bearer " + token + "\r\n";
    }
    if (!parts[2].empty()) {
        text += "If-Match: \"" + parts[2] + "\"\r\n";
    }
    if (parts[0] == "POST") {
        text += "Content-Type: application/json\r\nContent-Length: " + std::to_string(body.size()) +
                "\r\n";
    }
    return text + "\r\n" + body;
}

class Connection {
public:
    explicit Connection(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
            throw std::runtime_error{"nobody listens"};
        }
    }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;
    ~Connection() { ::close(socket_); }

    struct Answer {
        int status = 0;
        std::size_t bytes = 0;
        std::string body;
    };

    Answer ask(const std::string& request) {
        for (std::size_t sent = 0; sent < request.size();) {
            const auto n =
                ::send(socket_, request.data() + sent, request.size() - sent, MSG_NOSIGNAL);
            if (n <= 0) {
                throw std::runtime_error{"the server closed the connection"};
            }
            sent += static_cast<std::size_t>(n);
        }
        std::string text;
        std::size_t end = std::string::npos;
        while ((end = text.find("\r\n\r\n")) == std::string::npos) {
            receive(text);
        }
        constexpr const char* kLength = "content-length:";
        std::string head = text.substr(0, end);
        for (char& c : head) {
            c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
        const std::size_t at = head.find(kLength);
        if (at == std::string::npos) {
            throw std::runtime_error{"an answer without a length"};
        }
        const std::size_t length = std::stoul(head.substr(at + std::string{kLength}.size()));
        while (text.size() < end + 4 + length) {
            receive(text);
        }
        return {std::stoi(head.substr(9, 3)), text.size(), text.substr(end + 4)};
    }

private:
    void receive(std::string& text) {
        char buffer[65536];
        const auto n = ::recv(socket_, buffer, sizeof buffer, 0);
        if (n <= 0) {
            throw std::runtime_error{"the server closed the connection"};
        }
        text.append(buffer, static_cast<std::size_t>(n));
    }

    int socket_;
};

std::int64_t ns_of(clockid_t clock) {
    timespec time{};
    if (clock_gettime(clock, &time) != 0) {
        throw std::runtime_error{"the server's clock cannot be read"};
    }
    return time.tv_sec * 1'000'000'000 + time.tv_nsec;
}

struct Totals {
    std::atomic<std::size_t> next{0};
    std::atomic<std::int64_t> failures{0};
    std::atomic<std::int64_t> bytes{0};
    std::vector<std::int64_t> cpu_ns_each;
};

void drive(
    std::uint16_t port,
    const std::vector<std::string>& requests,
    std::size_t count,
    clockid_t clock,
    bool single,
    Totals& totals
) {
    Connection connection{port};
    for (std::size_t i = totals.next++; i < count; i = totals.next++) {
        const std::int64_t before = single ? ns_of(clock) : 0;
        const Connection::Answer answer = connection.ask(requests[i % requests.size()]);
        if (single) {
            totals.cpu_ns_each.push_back(ns_of(clock) - before);
        }
        totals.bytes += static_cast<std::int64_t>(answer.bytes);
        if (answer.status < 200 || answer.status > 299) {
            if (totals.failures++ == 0) {
                std::cerr << answer.status << " " << answer.body << "\n";
            }
        }
    }
}

int run(const Options& options) {
    const auto port = static_cast<std::uint16_t>(std::stoi(option(options, "--port", "0")));
    const int pid = std::stoi(option(options, "--pid", "0"));
    const std::size_t clients = std::stoul(option(options, "--clients", "1"));
    clockid_t clock{};
    if (clock_getcpuclockid(pid, &clock) != 0) {
        throw std::runtime_error{"no such process"};
    }
    std::vector<std::string> requests;
    std::ifstream file{option(options, "--requests", "")};
    for (std::string line; std::getline(file, line);) {
        requests.push_back(request_text(line, option(options, "--token", "")));
    }
    if (requests.empty()) {
        throw std::runtime_error{"no requests"};
    }
    const std::string wanted = option(options, "--count", "");
    const std::size_t count = wanted.empty() ? requests.size() : std::stoul(wanted);

    Totals totals;
    const std::int64_t cpu_before = ns_of(clock);
    const auto began = std::chrono::steady_clock::now();
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < clients; ++i) {
        threads.emplace_back([&] {
            try {
                drive(port, requests, count, clock, clients == 1, totals);
            } catch (const std::exception& failure) {
                std::cerr << "bench_client: " << failure.what() << "\n";
                ++totals.failures;
            }
        });
    }
    for (std::thread& thread : threads) {
        thread.join();
    }
    const std::chrono::duration<double> wall = std::chrono::steady_clock::now() - began;
    const auto cpu = static_cast<double>(ns_of(clock) - cpu_before);
    std::cout << "{\"requests\":" << count << ",\"failures\":" << totals.failures
              << ",\"bytes\":" << totals.bytes << ",\"seconds\":" << wall.count()
              << ",\"cpu_us\":" << cpu / 1e3 / static_cast<double>(count) << ",\"cpu_us_each\":[";
    const char* separator = "";
    for (const std::int64_t ns : totals.cpu_ns_each) {
        std::cout << separator << static_cast<double>(ns) / 1e3;
        separator = ",";
    }
    std::cout << "]}\n";
    return totals.failures == 0 ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(options_of(argc, argv));
    } catch (const std::exception& failure) {
        std::cerr << "bench_client: " << failure.what() << "\n";
        return 1;
    }
}
