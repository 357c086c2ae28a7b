// What the room's own face refuses, each by its code, and that nothing is left of it.

#include <gtest/gtest.h>

#include "core/problem.h"
#include "registers/decisions.h"
#include "registers/listing.h"
#include "registers/testing.h"

namespace duban::registers {
namespace {

const declarations::SourceFile kRefusalsPack{"pack.yaml", R"yaml(
name: errands
version: 1.0.0
roles:
  clerk: {zh: ZH, en: Clerk}
  head: {zh: ZH, en: Head}
  reviewer: {zh: ZH, en: Reviewer}
parameters:
  reviewers: {type: integer, default: 1, least: 1}
)yaml"};

const declarations::SourceFile kErrand{"registers/errand.yaml", R"yaml(
register: errand
fields:
  place: {type: text, max: 20, required: true, title_field: true}
  days: {type: integer, default: 1}
  helper: {type: unit}
  tags: {type: choice, many: true, choices: [urgent, abroad]}
  stops: {type: rows, max: 2, rows: {town: {type: text}}}
  related: {type: links, to: errand, max: 3}
  left_on: {type: date, set_by: procedure}
read: [unit.clerk, unit.head, office.reviewer, office.head, office.clerk]
procedure:
  initial: draft
  states:
    draft: {backfillable: false}
    review:
    agreed: {final: true}
  actions:
    open: {by: unit.clerk}
    file: {from: draft, to: review, by: unit.clerk}
    touch: {from: draft, by: procedure}
    approve:
      from: review
      to: agreed
      signatures: [{by: office.reviewer, count: {param: reviewers}}, {by: unit.head, count: 1}]
    confirm: {from: review, second_factor: true, kinds: [own, paper], signatures: [{by: office.reviewer, count: 2}]}
    nudge: {from: review, by: unit.clerk, acts: [{on: related, action: touch}]}
    send_out: {from: draft, by: unit.clerk, inputs: {where_to: {type: unit}},
               opens: [{register: errand, set: {place: place, unit: "input('where_to')"}}]}
views:
  all: {columns: [place, days], filters: [days, unit], sorts: [days, place]}
)yaml"};

const declarations::SourceFile kPetition{"registers/petition.yaml", R"yaml(
register: petition
home: {system: Petition System}
fields: {subject: {type: text, required: true, title_field: true}}
read: [unit.clerk, office.reviewer, office.head, office.clerk]
procedure:
  initial: received
  states: {received: , answered: {final: true}}
  actions:
    open: {by: unit.clerk}
    amend: {from: received, by: unit.clerk, fields: [subject]}
    answer: {from: received, to: answered, by: unit.clerk}
)yaml"};

class RefusalsTest : public ::testing::Test {
protected:
    RefusalsTest() { house.adopt({kRefusalsPack, kErrand}); }

    core::Id opened(core::JsonObject fields = {{"place", "苏州"}}) {
        return house.open("errand", house.clerk, std::move(fields)).entry;
    }
    core::Id filed() {
        const core::Id id = opened();
        house.act("errand", id, "file", house.clerk);
        return id;
    }
    std::string sent(const core::Id& person, const Request& request) {
        const std::int64_t before = house.records();
        const std::string code = house.refusal([&] { house.send(person, request); });
        EXPECT_EQ(house.records(), before);
        return code;
    }
    Request request(const std::string& action, const core::Id& entry) const {
        Request out;
        out.register_name = "errand";
        out.action = action;
        out.entry = entry;
        if (!entry.is_nil()) {
            out.revision = house.entry("errand", entry).revision;
        }
        return out;
    }
    std::string listed(const ListRequest& wish) const {
        const Listing listing{*house.registers};
        return House::refusal([&] {
            house.store->read([&](store::Reader& reader) {
                static_cast<void>(listing.page(reader, house.actor(house.clerk), wish));
            });
        });
    }
    static ListRequest list() {
        ListRequest out;
        out.register_name = "errand";
        return out;
    }
    Decision decision() {
        return {
            .id = core::make_id(house.clock.now(), house.random),
            .title = "Old papers",
            .paper = "No. 1",
            .registers = {"errand"},
            .from = *calendar::Date::parse("2023-01-01"),
            .to = *calendar::Date::parse("2025-12-31"),
            .recorder = house.office_clerk,
            .checker = house.office_head,
            .decided_on = *calendar::Date::parse("2026-03-01")
        };
    }
    std::string decided(const Decision& decision) {
        return House::refusal([&] { house.decide(decision); });
    }
    std::string parameter(const std::string& name, const core::Json& value) {
        return House::refusal([&] {
            house.store->write(House::kOrg, [&](store::Transaction& tx) {
                house.adoption->set_parameter(
                    tx,
                    House::kOrg,
                    "errands",
                    name,
                    value,
                    {house.system_admin, house.security_admin},
                    std::string(32, 's')
                );
            });
        });
    }
    std::string plan_codes(const std::vector<declarations::SourceFile>& files) const {
        std::string codes;
        for (const auto& fault : house.adoption->plan(files).faults) {
            if (!fault.warning) {
                codes += codes.empty() ? fault.code : " " + fault.code;
            }
        }
        return codes;
    }
    static declarations::SourceFile with(
        declarations::SourceFile file, const std::string& from, const std::string& to
    ) {
        const auto at = file.text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        file.text.replace(at, from.size(), to);
        return file;
    }

    House house;
};

TEST_F(RefusalsTest, OfAction) {
    EXPECT_EQ(sent(house.clerk, request("touch", opened())), "action.only_caused");
    Request nowhere = request("open", {});
    nowhere.unit = core::make_id(house.clock.now(), house.random);
    EXPECT_EQ(sent(house.clerk, nowhere), "unit.not_found");
    EXPECT_EQ(sent(house.clerk, request("send_out", opened())), "unit.not_found");
}

TEST_F(RefusalsTest, OfFieldValues) {
    const auto refused = [&](core::JsonObject fields) {
        Request wish = request("open", {});
        fields["place"] = fields.contains("place") ? fields["place"] : core::Json("苏州");
        wish.fields = fields;
        return sent(house.clerk, wish);
    };
    EXPECT_EQ(refused({{"place", "a\ab"}}), "entry.invalid_fields field.control_character");
    EXPECT_EQ(
        refused({{"tags", core::JsonArray{"urgent", "urgent"}}}),
        "entry.invalid_fields field.named_twice"
    );
    const core::JsonObject row = {{"town", "x"}};
    EXPECT_EQ(
        refused({{"stops", core::JsonArray{row, row, row}}}),
        "entry.invalid_fields field.too_many_rows"
    );
    EXPECT_EQ(refused({{"helper", house.clerk.text()}}), "entry.invalid_fields field.no_such_unit");
}

TEST_F(RefusalsTest, OfSignatures) {
    const core::Id id = filed();
    Request paper = request("approve", id);
    paper.paper = PaperSignature{
        .signer = house.head,
        .signed_on = "2026-03-01",
        .words = {},
        .scan = std::string(64, 'a'),
        .compares = {}
    };
    EXPECT_EQ(sent(house.clerk, paper), "signature.kind_not_allowed");
    paper.paper->signed_on = "2026-13-01";
    EXPECT_EQ(sent(house.clerk, paper), "signature.date_malformed");
    paper.paper->signed_on = "2026-03-03";  // after today
    EXPECT_EQ(sent(house.clerk, paper), "signature.date_malformed");
    paper.action = "confirm";
    paper.paper->signed_on = "2026-03-01";
    EXPECT_EQ(sent(house.clerk, paper), "signature.signer_without_post");
    paper.paper->compares = house.clerk;
    EXPECT_EQ(sent(house.clerk, paper), "signature.not_found");
    EXPECT_EQ(sent(house.reviewer_a, request("confirm", id)), "signature.second_factor");
    house.act("errand", id, "approve", house.reviewer_a);
    EXPECT_EQ(sent(house.reviewer_b, request("approve", id)), "signature.not_wanted");
}

TEST_F(RefusalsTest, OfBackfill) {
    EXPECT_EQ(
        decided([&] {
            Decision one = decision();
            one.checker = one.recorder;
            return one;
        }()),
        "decision.same_person"
    );
    EXPECT_EQ(
        decided([&] {
            Decision one = decision();
            std::swap(one.from, one.to);
            return one;
        }()),
        "decision.period_reversed"
    );
    const Decision good = decision();
    EXPECT_EQ(decided(good), "");
    Request wish = request("backfill", {});
    wish.unit = house.department;
    wish.fields = core::JsonObject{{"place", "苏州"}};
    EXPECT_EQ(sent(house.office_clerk, wish), "backfill.no_decision");
    wish.backfill = Backfill{
        .decision = house.clerk, .state = "agreed", .claimed_on = "2024-05-01", .paper = {}
    };
    EXPECT_EQ(sent(house.office_clerk, wish), "backfill.no_decision");
    wish.backfill->decision = good.id;
    wish.backfill->state = "draft";
    EXPECT_EQ(sent(house.office_clerk, wish), "backfill.state_not_allowed");
    EXPECT_EQ(
        sent(house.office_head, request("confirm_backfill", opened())),
        "backfill.nothing_to_confirm"
    );
}

TEST_F(RefusalsTest, OfParameters) {
    EXPECT_EQ(parameter("unheard_of", 1), "parameter.not_found");
    EXPECT_EQ(parameter("reviewers", "two"), "parameter.wrong_type");
    EXPECT_EQ(parameter("reviewers", 0), "parameter.too_low");
    EXPECT_EQ(parameter("reviewers", 2), "");
}

TEST_F(RefusalsTest, OfLists) {
    ListRequest wish = list();
    wish.view = "none";
    EXPECT_EQ(listed(wish), "view.not_found");
    wish = list();
    wish.sort = "left_on";
    EXPECT_EQ(listed(wish), "query.sort_not_declared");
    wish = list();
    wish.filters = {{.field = "days", .values = {"many"}, .from = {}, .to = {}}};
    EXPECT_EQ(listed(wish), "query.value_malformed");
    wish.filters = {{.field = "state", .values = {"draft", "nonsense"}, .from = {}, .to = {}}};
    EXPECT_EQ(listed(wish), "query.value_malformed");
    wish.filters = {{.field = "state", .values = {"draft"}, .from = {}, .to = {}}};
    EXPECT_EQ(listed(wish), "");
    wish.filters = {{.field = "unit", .values = {}, .from = house.school.text(), .to = {}}};
    EXPECT_EQ(listed(wish), "query.value_malformed");
    wish.filters = {{.field = "unit", .values = {house.school.text()}, .from = {}, .to = {}}};
    EXPECT_EQ(listed(wish), "");
    wish = list();
    wish.filters = {{.field = "state", .values = {}, .from = {}, .to = "review"}};
    EXPECT_EQ(listed(wish), "query.value_malformed");
    wish.filters = {{.field = "days", .values = {}, .from = "1", .to = "3"}};
    EXPECT_EQ(listed(wish), "");
    wish.filters = {{.field = "place", .values = {"x"}, .from = {}, .to = {}}};
    EXPECT_EQ(listed(wish), "query.filter_not_declared");
    wish = list();
    wish.cursor = "nonsense";
    EXPECT_EQ(listed(wish), "cursor.malformed");
    opened();
    opened();
    wish = list();
    wish.limit = 1;
    const Listing listing{*house.registers};
    house.store->read([&](store::Reader& reader) {
        wish.cursor = listing.page(reader, house.actor(house.clerk), wish).next;
    });
    EXPECT_EQ(listed(wish), "");
    wish.sort = "place";
    EXPECT_EQ(listed(wish), "cursor.other_query");
}

TEST_F(RefusalsTest, OfPacks) {
    EXPECT_NE(
        plan_codes({kRefusalsPack,
                    with(kErrand, "helper: {type: unit}", "helper: {type: unit, sealed: true}")})
            .find("field.sealing_unsupported"),
        std::string::npos
    );
    EXPECT_NE(
        plan_codes({kRefusalsPack,
                    with(kErrand, "touch: {from: draft,", "touch: {from: draft, run: magic,")})
            .find("action.operation_unknown"),
        std::string::npos
    );
    const auto later = with(kRefusalsPack, "1.0.0", "1.1.0");
    EXPECT_EQ(
        plan_codes({later, with(kErrand, "  helper: {type: unit}\n", "")}), "pack.loses_data"
    );
    // Two plans of one version: the second one finds another in force.
    const Plan first = house.adoption->plan(
        std::vector{later, with(kErrand, "  days:", "  colour: {type: text, max: 9}\n  days:")}
    );
    const Plan second = house.adoption->plan(
        std::vector{later, with(kErrand, "  days:", "  length: {type: integer}\n  days:")}
    );
    const auto adopt = [&](const Plan& plan) {
        return House::refusal([&] {
            house.store->write(House::kOrg, [&](store::Transaction& tx) {
                house.adoption->adopt(
                    tx,
                    House::kOrg,
                    plan,
                    {house.system_admin, house.security_admin},
                    std::string(32, 's')
                );
            });
        });
    };
    EXPECT_EQ(adopt(first), "");
    EXPECT_EQ(adopt(second), "pack.changed_meanwhile");
}

TEST(NoPack, LetsNobodyAct) {
    House house;
    Request request;
    request.register_name = "errand";
    request.action = "open";
    EXPECT_EQ(house.refusal([&] { house.send(house.clerk, request); }), "pack.none_adopted");
}

TEST_F(RefusalsTest, OfALinkWhoseEntryWasTakenAwayBehindTheProgram) {
    const core::Id target = opened();
    const core::Id id =
        opened({{"place", "无锡"}, {"related", core::JsonArray{core::Json(target.text())}}});
    house.act("errand", id, "file", house.clerk);
    house.store->write(House::kOrg, [&](store::Transaction& tx) {
        tx.execute({"test.remove", "delete from errand where id = $1"}, {store::value(target)});
    });
    EXPECT_EQ(sent(house.clerk, request("nudge", id)), "entry.link_broken");
}

TEST(Refusals, OfTypingWhatAnotherSystemKeeps) {
    House house;
    house.adopt({kRefusalsPack, kPetition});
    const auto refused = [&](const Request& request) {
        const std::int64_t before = house.records();
        const std::string code = House::refusal([&] { house.send(house.clerk, request); });
        EXPECT_EQ(house.records(), before);
        return code;
    };
    Request open;
    open.register_name = "petition";
    open.action = "open";
    open.fields = core::JsonObject{{"subject", "Noise"}};
    EXPECT_EQ(refused(open), "register.kept_elsewhere");
    open.from_sheet = true;
    const core::Id entry = house.send(house.clerk, open).entry;

    Request amend = open;
    amend.action = "amend";
    amend.from_sheet = false;
    amend.entry = entry;
    amend.revision = 1;
    EXPECT_EQ(refused(amend), "register.kept_elsewhere");
    std::vector<std::string> offered;
    house.store->read([&](store::Reader& reader) {
        const access::Actor clerk = house.actor(house.clerk);
        const Entry shown = house.registers->entry(reader, clerk, "petition", entry);
        for (const auto& offer : house.registers->offers(reader, clerk, "petition", shown)) {
            offered.push_back(offer.action->name);
        }
    });
    EXPECT_EQ(offered, std::vector<std::string>{"answer"});
    EXPECT_EQ(house.act("petition", entry, "answer", house.clerk).state, "answered");
}

}  // namespace
}  // namespace duban::registers
