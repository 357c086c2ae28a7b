#include <filesystem>

#include "app/demo.h"
#include "core/check.h"
#include "core/problem.h"
#include "reading/reading.h"
#include "rectification/notice.h"

namespace duban::app {

namespace {

access::Actor actor_of(const House& house, const core::Id& person) {
    const calendar::Date today = house.services().registers.today(kFirstOrg);
    return house.services().access.actor(kFirstOrg, person, today);
}

/// The dated decision under which the notice of another body comes in (P08).
core::Id decide(House& house, const DemoPeople& people, const rectification::Proposal& notice) {
    const std::string on = house.services().registers.today(kFirstOrg).text();
    const core::JsonObject payload = {
        {"title", notice.title},
        {"paper", "DEMO-1"},
        {"registers", core::JsonArray{"notice", "item", "measure"}},
        {"from", notice.date},
        {"to", on},
        {"recorder", people.office_clerk.text()},
        {"checker", people.office_head.text()}
    };
    access::Proposals& proposals = house.services().proposals;
    const core::Id id = proposals.propose(
        actor_of(house, people.system_admin),
        {.kind = "backfill_decision",
         .payload = core::canonical_json(payload),
         .difference = core::JsonArray{core::JsonObject{
             {"code", "difference.backfill_decision"},
             {"params", core::JsonObject{{"paper", "DEMO-1"}, {"from", notice.date}, {"to", on}}}
         }},
         .on = on}
    );
    proposals.approve(actor_of(house, people.security_admin), {.proposal = id, .on = on});
    return id;
}

void check_entries(
    House& house, const DemoPeople& people, const rectification::Confirmed& entered
) {
    registers::Registers& registers = house.services().registers;
    const access::Actor checker = actor_of(house, people.office_head);
    for (const rectification::EnteredEntry& entry : entered.entries) {
        registers::Request request;
        request.register_name = entry.register_name;
        request.action = "confirm_backfill";
        request.entry = entry.applied.entry;
        request.revision = entry.applied.revision;
        static_cast<void>(registers.apply(checker, request));
    }
}

/// Keeps the document itself, so that the reader of the notice can be shown it; its hash.
std::string keep(
    House& house, const DemoPeople& people, const std::string& path, std::string_view bytes
) {
    files::Upload upload = house.services().files.begin(kFirstOrg, people.office_clerk);
    upload.write(bytes);
    return upload.finish(std::filesystem::path{path}.filename().string()).hash.hex();
}

}  // namespace

std::size_t enter_demo_notice(House& house, const DemoPeople& people, const std::string& path) {
    const std::string bytes = read_file(path);
    rectification::Proposal notice = rectification::propose(reading::read(bytes));
    notice.paper = keep(house, people, path, bytes);
    const core::Id decision = decide(house, people, notice);
    const rectification::Confirmed entered = rectification::confirm(
        house.services().registers,
        actor_of(house, people.office_clerk),
        notice,
        {.decision = decision,
         .claimed_on = notice.date,
         .paper = notice.title,
         .unit = people.finance,
         .unit_of = {}}
    );
    check_entries(house, people, entered);
    return entered.entries.size();
}

}  // namespace duban::app
