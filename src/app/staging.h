// A backup's database beside the one that serves, until it is verified and has its record; then in
// its place, at once (E25). A kill leaves the old one or the new one.

#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/backup.h"
#include "app/settings.h"
#include "journal/signed_head.h"
#include "store/store.h"

namespace duban::app {

/// What stands in the place that the backup is to take.
struct Present {
    /// present: the journal as it is; signed: the newest checkpoint in it.
    std::vector<std::pair<std::string, journal::SignedHead>> heads;
    bool is_damaged = false;  ///< there is a file that is no database any more
};

/// Problem{Unavailable, "store.in_use"} when a server has it.
[[nodiscard]] Present present_heads(const Settings& settings);
class Staging {
public:
    /// Makes the data directory where there is none.
    Staging(const Settings& target, const Backup& backup);
    Staging(const Staging&) = delete;
    Staging& operator=(const Staging&) = delete;
    /// What was not put in its place goes.
    ~Staging();

    /// Of the house that the staged database is.
    [[nodiscard]] const Settings& settings() const { return staged_; }
    /// Nothing may have it open, and nothing may have been written to `present` since. Returns
    /// under which name what stood there is kept.
    std::string put_in_place(const Present& present);

private:
    void remove() noexcept;

    const Settings& target_;
    Settings staged_;
};

/// The database of the backup in the place of one that does not hold, which goes.
void put_back_database(const Settings& settings, const std::string& from);

}  // namespace duban::app
