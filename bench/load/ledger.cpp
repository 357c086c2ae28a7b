#include "load/ledger.h"

#include <utility>

namespace duban::bench {

namespace {

constexpr std::int64_t kFinishDays = 365;  // due dates spread over a year from today

std::string numbered(const char* prefix, calendar::Date on, std::int64_t sequence) {
    std::string digits = std::to_string(sequence);
    digits.insert(0, digits.size() < 4 ? 4 - digits.size() : 0, '0');
    return prefix + on.text().substr(0, 4) + "-" + digits;
}

}  // namespace

Ledger::Ledger(
    const app::House& house, const People& people, std::int64_t measures, Vocabulary& vocabulary
)
    : house_{house},
      people_{people},
      measures_{measures},
      vocabulary_{vocabulary},
      random_{house.services().registers.random()},
      today_{house.services().registers.today(app::kFirstOrg)},
      items_(people.units.size()) {
    const registers::Registers& registers = house.services().registers;
    const auto profile = registers.profile(app::kFirstOrg);
    declaration_ = registers.adopted()->digest("rectification");
    parameters_ = profile->parameters_digest;
    const auto workdays = profile->parameters.at("rectification.review_workdays").as_int64();
    review_ = calendar::due_of(
        today_,
        {.amount = static_cast<int>(workdays), .unit = calendar::TermUnit::Workdays},
        profile->counting,
        profile->calendar
    );
}

std::vector<journal::Draft> Ledger::next() {
    drafts_.clear();
    if (made_ == 0) {
        open_notice();
    }
    const auto units = static_cast<std::int64_t>(people_.units.size());
    const UnitPeople& unit = people_.units[static_cast<std::size_t>(made_ % units)];
    if (made_ / units % kMeasuresPerItem == 0) {
        open_item(unit);
    }
    Subject measure = subject("measure", unit.unit, numbered("ZG-", today_, made_ + 1));
    open_measure(measure, unit);
    for (std::int64_t i = 0; i < kReportsPerMeasure; ++i) {
        report(measure, unit);
    }
    const std::int64_t place = made_ / units % 20;
    if (place < 4) {
        apply_close(measure, unit);
    }
    if (place < 3) {
        pass_unit(measure, unit);
    }
    if (place < 2) {
        strike_off(measure);
    }
    ++made_;
    return std::move(drafts_);
}

Ledger::Subject Ledger::subject(
    const std::string& register_name, const core::Id& unit, std::string number
) {
    return {
        .register_name = register_name,
        .id = core::make_id(house_.clock().now(), random_),
        .unit = unit,
        .number = std::move(number),
        .state = {},
        .revision = 0
    };
}

void Ledger::step(
    Subject& subject, const std::string& action, std::string state, const Holder& by
) {
    journal::Draft draft;
    draft.org = app::kFirstOrg;
    draft.register_name = subject.register_name;
    draft.entry = subject.id;
    draft.revision = ++subject.revision;
    draft.action = action;
    draft.actor = by.person;
    draft.post = by.post;
    draft.unit = subject.unit;
    draft.number = subject.number;
    draft.state_before = std::exchange(subject.state, std::move(state));
    draft.state_after = subject.state;
    draft.declaration = declaration_;
    draft.parameters = parameters_;
    draft.on = today_.text();
    draft.recorded_at_ms = core::to_ms(house_.clock().now());
    draft.salt_seed = random_.bytes(32);
    drafts_.push_back(std::move(draft));
}

void Ledger::change(const std::string& field, core::Json value) {
    last().changes.push_back(
        {.field = field, .value = std::move(value), .is_list = false, .rows = {}}
    );
}

void Ledger::change(const std::string& field, const std::string& text) {
    change(field, core::Json(text));
}

core::JsonObject Ledger::running(const calendar::Due& due, const std::string& holder) const {
    return {
        {"first_on", due.on.text()},
        {"due_on", due.on.text()},
        {"provisional", due.provisional},
        {"started_on", today_.text()},
        {"paused_on", nullptr},
        {"stopped_on", nullptr},
        {"holder", holder}
    };
}

void Ledger::open_notice() {
    notice_ = subject("notice", people_.named.office, "TB-" + today_.text().substr(0, 4) + "-001");
    step(notice_, "open", "kept", people_.office_clerk);
    change("heading", vocabulary_.phrase(8));
    change("dated_on", today_.text());
    change("text_sha256", std::string(64, '0'));
}

void Ledger::open_item(const UnitPeople& unit) {
    const auto place = static_cast<std::size_t>(&unit - people_.units.data());
    Subject& item = items_[place];
    item = subject("item", unit.unit, numbered("SX-", today_, ++items_made_));
    step(item, "open", "in_hand", people_.office_clerk);
    change("notice", notice_.id.text());
    change("area", vocabulary_.phrase(4));
    change("heading", vocabulary_.phrase(6));
}

void Ledger::open_measure(Subject& measure, const UnitPeople& unit) {
    const auto place = static_cast<std::size_t>(&unit - people_.units.data());
    step(measure, "open", "draft", people_.office_clerk);
    change("item", items_[place].id.text());
    change("long_term", core::Json(false));
    change("marker", std::to_string(made_ % kMeasuresPerItem + 1));
    change("heading", vocabulary_.phrase(7));
    change("sentence", vocabulary_.sentence(32));

    const calendar::Date finish = today_.plus_days(static_cast<int>(1 + made_ * 7 % kFinishDays));
    step(measure, "issue", "issued", people_.office_clerk);
    change("responsible", unit.clerk.person.text());
    change("finish_by", finish.text());
    change("first_due", finish.text());
    finish_ = running({.on = finish, .provisional = false}, "unit.clerk");
    change("deadline.finish", finish_);
}

void Ledger::report(Subject& measure, const UnitPeople& unit) {
    const std::string done = vocabulary_.sentence(20);
    step(measure, "report", "in_progress", unit.clerk);
    last().inputs.push_back(
        {.field = "done", .value = core::Json(done), .is_list = false, .rows = {}}
    );

    Subject progress = subject("progress", unit.unit, {});
    step(progress, "open", "recorded", {unit.clerk.person, {}});
    change("measure", measure.id.text());
    change("finding", core::Json(nullptr));
    change("done", done);
    change("proof", core::Json(nullptr));
    last().caused_by = journal::Cause{"measure", measure.id, measure.revision};
}

void Ledger::apply_close(Subject& measure, const UnitPeople& unit) {
    step(measure, "apply_close", "unit_review", unit.clerk);
    change("result", vocabulary_.sentence(16));
    finish_["stopped_on"] = today_.text();
    change("deadline.finish", finish_);
    change("deadline.review", running(review_, "office.reviewer"));
}

journal::Signature Ledger::signature(const Holder& signer, const std::string& role) const {
    journal::Signature signature;
    signature.person = signer.person;
    signature.post = signer.post;
    signature.role = role;
    signature.kind = "own";
    signature.at_ms = core::to_ms(house_.clock().now());
    return signature;
}

void Ledger::pass_unit(Subject& measure, const UnitPeople& unit) {
    step(measure, "pass_unit", "office_review", unit.head);
    last().signatures = {signature(unit.head, "unit.head")};
}

/// Two persons of the office: the first one's part leaves the measure where it is.
void Ledger::strike_off(Subject& measure) {
    const journal::Signature first = signature(people_.first_reviewer, "office.reviewer");
    step(measure, "strike_off", measure.state, people_.first_reviewer);
    last().kind = "signature";
    last().signatures = {first};

    step(measure, "strike_off", "struck_off", people_.second_reviewer);
    last().signatures = {first, signature(people_.second_reviewer, "office.reviewer")};
    change("closed_on", today_.text());
    core::JsonObject review = running(review_, "office.reviewer");
    review["stopped_on"] = today_.text();
    change("deadline.review", review);
}

}  // namespace duban::bench
