#include "registers/internal/recounting.h"

#include "journal/journal.h"
#include "registers/internal/clocks.h"

namespace duban::registers {

namespace {

using calendar::Date;
using calendar::Due;
using declarations::Deadline;

/// Goes through what was told and counts it as it would have been by the calendar of today.
class Recounting {
public:
    Recounting(const Deadline& deadline, const std::string& pack, const OrgProfile& profile)
        : deadline_{deadline}, pack_{pack}, profile_{profile} {}

    void take(const ToldClock& told) {
        const Clock& now = told.clock;
        if (told.recounted) {
            if (!now.first_provisional.value_or(false)) {
                first_waits_ = false;
            }
        } else {
            count(now);
            if (last_ && now.first_on != last_->first_on) {
                first_waits_ = false;  // a date from elsewhere took its place
            }
        }
        last_ = now;
    }

    [[nodiscard]] std::optional<Clock> counted() const {
        if (!last_ || !last_->provisional) {
            return std::nullopt;
        }
        Clock clock = *last_;
        clock.declared = &deadline_;
        clock.counted.reset();
        clock.due_on = due_.on;
        clock.provisional = due_.provisional;
        clock.first_on = first_waits_ ? first_.on : clock.first_on;
        clock.first_provisional = first_waits_ && first_.provisional;
        const bool same = clock.due_on == last_->due_on && clock.first_on == last_->first_on &&
                          clock.provisional == last_->provisional;
        return same ? std::nullopt : std::optional{clock};
    }

private:
    void count(const Clock& now) {
        const bool starts =
            !last_ || now.times != last_->times || now.started_on != last_->started_on;
        const bool resumes = !starts && last_->paused_on && !now.paused_on && !now.stopped_on &&
                             now.since_on && *last_->paused_on <= *now.since_on;
        if (starts) {
            due_ = started(now);
            if (!last_ && now.provisional && now.first_on == now.due_on) {
                first_ = due_;
                first_waits_ = true;
            }
        } else if (resumes) {
            due_ = calendar::resumed(
                due_,
                *last_->paused_on,
                *now.since_on,
                deadline_.term ? deadline_.term->unit : calendar::TermUnit::Days,
                profile_.counting,
                profile_.calendar
            );
        } else if (now.due_on != last_->due_on) {
            due_ = {.on = now.due_on, .provisional = false};  // by its field
        }
    }

    [[nodiscard]] Due started(const Clock& now) const {
        if (now.counted) {
            return calendar::due_of(
                now.started_on, now.counted->term, now.counted->rule, profile_.calendar
            );
        }
        const auto term = find_term(deadline_, profile_, pack_);
        return term ? calendar::due_of(now.started_on, *term, profile_.counting, profile_.calendar)
                    : Due{.on = now.due_on, .provisional = false};
    }

    const Deadline& deadline_;
    const std::string& pack_;
    const OrgProfile& profile_;
    std::optional<Clock> last_;
    Due due_;
    Due first_;
    bool first_waits_ = false;  ///< for a calendar
};

}  // namespace

ToldClocks told_clocks(
    store::Reader& reader,
    core::OrgId org,
    const declarations::Register& declared,
    const core::Id& entry,
    const Deadline& deadline,
    std::int64_t position
) {
    const std::string name = std::string{kDeadlinePrefix} + deadline.name;
    ToldClocks told;
    for (const journal::Record& record :
         journal::Journal{}.history(reader, org, declared.name, entry)) {
        if (record.position >= position) {
            continue;
        }
        const journal::Draft draft = record.draft();
        for (const journal::Change& change : draft.changes) {
            if (change.field == name) {
                told.push_back(
                    {.clock = clock_of(change.value), .recounted = draft.action == kRecount}
                );
            }
        }
    }
    return told;
}

std::optional<Clock> counted_again(
    const Deadline& deadline,
    const std::string& pack,
    const ToldClocks& told,
    const OrgProfile& profile
) {
    Recounting recounting{deadline, pack, profile};
    for (const ToldClock& one : told) {
        recounting.take(one);
    }
    return recounting.counted();
}

}  // namespace duban::registers
