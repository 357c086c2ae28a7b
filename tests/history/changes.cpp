#include "changes.h"

#include "core/problem.h"

namespace duban::history {

namespace {

const std::vector<std::string>& roles() {
    static const std::vector<std::string> kRoles = {
        "clerk", "clerk", "head", "head", "reviewer", "leader", "inspector", "staff", "personnel"
    };
    return kRoles;
}

}  // namespace

std::string text_of(const core::Problem& problem) {
    std::string out = "refused " + problem.code;
    for (const auto& [name, value] : problem.params) {
        out += " " + name + "=" + value;
    }
    for (const core::FieldError& error : problem.errors) {
        out += " " + error.pointer + ":" + error.code;
        for (const auto& [name, value] : error.params) {
            out += "," + name + "=" + value;
        }
    }
    return out;
}

core::Id Changes::make_id() {
    return core::make_id(town_.house.clock.now(), town_.house.random);
}

access::Span Changes::from_today(int days) {
    access::Span span{.from = town_.today(), .to = {}};
    if (days > 0) {
        span.to = town_.today().plus_days(days);
    }
    return span;
}

std::string Changes::new_person() {
    const core::Id id = make_id();
    town_.house.access->put(
        town_.author(),
        std::vector<access::Person>{
            {.id = id, .name = "人" + std::to_string(++count_), .mobile = "", .span = from_today(0)}
        }
    );
    return "new person " + id.text();
}

std::string Changes::new_post() {
    const core::Id id = make_id();
    const access::Unit unit = chance_.one_of(town_.directory()->units());
    const std::string role = chance_.one_of(roles());
    town_.house.access->put(
        town_.author(),
        std::vector<access::Post>{
            {.id = id,
             .person = chance_.one_of(town_.people()),
             .unit = unit.id,
             .role = role,
             .outside = role == "inspector",
             .span = from_today(chance_.percent(50) ? 0 : 200)}
        }
    );
    return "new post " + role + " in " + unit.name;
}

/// Some post ends today; those of administrators are refused by law 9.
std::string Changes::end_post() {
    access::Post post = chance_.one_of(town_.directory()->posts());
    const bool of_house = post.unit == town_.house.office || post.unit == town_.house.department;
    if (of_house && chance_.percent(70)) {
        return "a post stays";
    }
    post.span.to = town_.today();
    town_.house.access->put(town_.author(), std::vector<access::Post>{post});
    return "post ends " + post.role;
}

std::string Changes::delegation() {
    access::Post post = chance_.one_of(town_.directory()->posts());
    for (int tries = 0; tries < 6 && post.role != "reviewer" && post.role != "head"; ++tries) {
        post = chance_.one_of(town_.directory()->posts());
    }
    town_.house.access->put(
        town_.author(),
        std::vector<access::Delegation>{
            {.id = make_id(),
             .post = post.id,
             .delegate = chance_.one_of(town_.people()),
             .span = from_today(90),
             .paper = "云教办" + std::to_string(++count_) + "号"}
        }
    );
    return "delegation of " + post.role;
}

std::string Changes::division() {
    std::vector<core::Id> leaders;
    for (const access::Post& post : town_.directory()->posts()) {
        if (post.role == "leader") {
            leaders.push_back(post.person);
        }
    }
    town_.house.access->put(
        town_.author(),
        std::vector<access::Division>{
            {.id = make_id(),
             .leader = chance_.one_of(leaders),
             .unit = chance_.one_of(town_.directory()->units()).id,
             .area = values_.words(20),
             .span = from_today(chance_.percent(50) ? 0 : 300)}
        }
    );
    return "division";
}

/// A new school, or another name for a unit that is there.
std::string Changes::unit() {
    if (chance_.percent(50)) {
        access::Unit unit = chance_.one_of(town_.directory()->units());
        unit.name = values_.words(12);
        town_.house.access->put(town_.author(), std::vector<access::Unit>{unit});
        return "unit is now called " + unit.name;
    }
    const std::string name = "新校" + std::to_string(++count_);
    town_.house.access->put(
        town_.author(),
        std::vector<access::Unit>{
            {.id = make_id(),
             .parent = chance_.one_of(town_.directory()->units()).id,
             .name = name,
             .code = "X" + std::to_string(count_),
             .kind = access::UnitKind::School,
             .span = from_today(0)}
        }
    );
    return "new unit " + name;
}

std::string Changes::person_leaves() {
    access::Person person = chance_.one_of(town_.directory()->people());
    for (const access::Post& post : town_.directory()->posts()) {
        if (post.person == person.id && chance_.percent(80)) {
            return "a person stays";
        }
    }
    person.span.to = town_.today();
    town_.house.access->put(town_.author(), std::vector<access::Person>{person});
    return "person leaves " + person.name;
}

std::string Changes::parameter() {
    struct Choice {
        const char* pack;
        const char* name;
        core::Json value;
    };
    const std::vector<Choice> choices = {
        {"trial", "reviewers", chance_.between(0, 3)},
        {"trial", "review_workdays", chance_.between(1, 20)},
        {"trial", "pieces_max", chance_.between(5, 60)},
        {"trial", "strict", chance_.percent(50)},
        {"trial", "motto", core::Json(values_.words(20))},
        {"trial", "begun_on", core::Json(values_.day(400, 0))},
        {"foundation", "reviewers", chance_.between(1, 3)},
        {"rectification", "office_reviewers", chance_.between(1, 3)},
        {"rectification", "review_workdays", core::Json("ten")},
        {"trial", "unheard_of", 1},
    };
    const Choice& choice = chance_.one_of(choices);
    const std::string seed = town_.house.random.bytes(32);
    town_.house.store->write(Town::kOrg, [&](store::Transaction& tx) {
        town_.house.adoption->set_parameter(
            tx,
            Town::kOrg,
            choice.pack,
            choice.name,
            choice.value,
            {town_.house.system_admin, town_.house.security_admin},
            seed
        );
    });
    town_.house.registers->forget_profile(Town::kOrg);
    return std::string{"parameter "} + choice.pack + "." + choice.name + " = " +
           core::json_text(choice.value);
}

std::string Changes::decision() {
    static const std::vector<std::string> kRegisters = {
        "matter", "sheet", "measure", "item", "notice", "concurrent_post", "handover"
    };
    registers::Decision decision{
        .id = make_id(),
        .title = values_.words(30),
        .paper = "云教〔2026〕" + std::to_string(++count_) + "号",
        .registers = {},
        .from = *calendar::Date::parse("2019-01-01"),
        .to = town_.today(),
        .recorder = town_.house.office_clerk,
        .checker = chance_.percent(10) ? town_.house.office_clerk : town_.house.office_head,
        .decided_on = town_.today()
    };
    for (const std::string& name : kRegisters) {
        if (chance_.percent(70)) {
            decision.registers.push_back(name);
        }
    }
    const std::string seed = town_.house.random.bytes(32);
    town_.house.store->write(Town::kOrg, [&](store::Transaction& tx) {
        registers::put_decision(
            tx,
            town_.house.journal,
            Town::kOrg,
            decision,
            town_.house.system_admin,
            town_.house.security_admin,
            core::to_ms(town_.house.clock.now()),
            seed
        );
    });
    decisions_.push_back(decision);
    return "decision " + decision.paper;
}

std::string Changes::one() {
    if (decisions_.empty()) {
        return decision();
    }
    switch (chance_.below(12)) {
        case 0: return new_person();
        case 1:
        case 2:
        case 3: return new_post();
        case 4: return end_post();
        case 5:
        case 6: return delegation();
        case 7: return division();
        case 8: return unit();
        case 9: return person_leaves();
        case 10: return parameter();
        default: return decision();
    }
}

}  // namespace duban::history
