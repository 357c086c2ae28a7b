// A connection that stays open: what the client of the commands is not for.
//
//     Stream stream{world().port(), world().token(person, "zh")};
//     stream.read_until("\r\n\r\n");

#pragma once

#include <cstdint>
#include <string>

namespace duban::scenarios {

class Stream {
public:
    /// Asks for the events; who is nobody has an empty token.
    Stream(std::uint16_t port, const std::string& token);
    Stream(const Stream&) = delete;
    Stream& operator=(const Stream&) = delete;
    ~Stream();

    /// Everything received up to and with `end`; less when it does not come.
    std::string read_until(const std::string& end);
    /// Everything received, with what lies there already; it waits for nothing.
    std::string read_what_came();

private:
    int socket_ = -1;
    std::string received_;
};

}  // namespace duban::scenarios
