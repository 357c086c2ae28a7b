// A blocking HTTP/1.1 client for the machine's own server: what the commands of `duban` speak with
// when `duban serve` has the data directory. Only loopback addresses; everything else goes
// through the room outbound.
//
//     const Response answer = send("127.0.0.1", 8060, request);

#pragma once

#include <cstdint>
#include <string>

#include "http/message.h"

namespace duban::http {

inline constexpr std::uint64_t kClientBodyBytesMax = 256UL * 1024 * 1024;

/// Sends `request` and returns the whole answer. `address` is an IP address of the loopback range.
/// Problem{Unavailable, "server.unreachable"} when nobody answers, {Corrupt,
/// "server.answer_malformed"} when the answer is none.
[[nodiscard]] Response send(const std::string& address, std::uint16_t port, const Request& request);

}  // namespace duban::http
