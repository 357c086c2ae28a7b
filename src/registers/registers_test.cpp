#include "registers/registers.h"

#include <limits>

#include <gtest/gtest.h>

#include "crypto/encoding.h"
#include "registers/decisions.h"
#include "registers/testing.h"

namespace duban::registers {
namespace {

const declarations::SourceFile kRegistersPack{"pack.yaml", R"yaml(
name: trial
version: 1.0.0
roles:
  clerk: {zh: 经办}
  head: {zh: 负责人}
  reviewer: {zh: 审核}
parameters:
  reviewers: {type: integer, default: 2, least: 1}
messages:
  trip.too_long: {zh: 行程过长。请分次申请。, en: The trip is too long. Apply for it in parts.}
)yaml"};

const declarations::SourceFile kTrip{"registers/trip.yaml", R"yaml(
register: trip
number: {format: "CC-{year}-{seq:4}", at: file}
fields:
  place: {type: text, max: 20, required: true, title_field: true}
  days: {type: integer, default: 1}
  expense: {type: money}
  rate: {type: decimal, scale: 2}
  tags: {type: choice, many: true, choices: [urgent, abroad]}
  stops: {type: rows, rows: {town: {type: text, required: true}, nights: {type: integer}}}
  guide: {type: person}
  earlier: {type: link, to: trip}
  leaves_on: {type: date}
  approved_on: {type: date, set_by: procedure}
  double_days: {type: computed, expression: "days * 2"}
read: [unit.clerk, unit.head, office.reviewer, office.head, office.clerk]
procedure:
  initial: draft
  states: {draft: , review: , agreed: {final: true}, dropped: {final: true, ended_otherwise: true}}
  actions:
    open: {by: unit.clerk}
    amend: {from: draft, by: unit.clerk, fields: [place, days, expense, rate, tags, stops, guide, earlier, leaves_on]}
    file: {from: draft, to: review, by: unit.clerk, need: [leaves_on]}
    stretch: {from: draft, by: unit.clerk, set: {days: "days * 1000"}}
    approve:
      from: review
      to: agreed
      apart_from: [open, amend, file]
      kinds: [own, delegated, paper]
      signatures: [{by: office.reviewer, count: {param: reviewers}}]
      check: [{that: "days <= 30", code: trip.too_long}]
      set: {approved_on: "today()"}
      opens: [{register: note, set: {trip: id, words: place}}]
    send_back: {from: review, returns: earlier, by: office.reviewer, inputs: {reason: {type: long_text, required: true}}}
    drop: {from: [draft, review], to: dropped, by: unit.head}
  deadlines:
    review: {starts: file, stops: [approve, send_back, drop], term: {workdays: 5}, holder: office.reviewer}
)yaml"};

const declarations::SourceFile kNote{"registers/note.yaml", R"yaml(
register: note
fields:
  trip: {type: link, to: trip}
  words: {type: text, max: 40}
read: [unit.clerk, office.head]
procedure:
  initial: kept
  states: {kept: }
  actions:
    open: {by: procedure, fields: [trip, words]}
)yaml"};

class RegistersTest : public ::testing::Test {
protected:
    RegistersTest() { house.adopt({kRegistersPack, kTrip, kNote}); }

    core::Id filed() {
        const core::Id id =
            house.open("trip", house.clerk, {{"place", "苏州"}, {"leaves_on", "2026-04-01"}}).entry;
        house.act("trip", id, "file", house.clerk);
        return id;
    }

    House house;
};

TEST_F(RegistersTest, AnEntryIsOpenedFiledAndApprovedByTwo) {
    const core::Id id = filed();
    EXPECT_EQ(house.entry("trip", id).number, "CC-2026-0001");
    EXPECT_EQ(house.entry("trip", id).due_on, "2026-03-09");
    const Applied first = house.act("trip", id, "approve", house.reviewer_a);
    EXPECT_EQ(first.state, "review");
    EXPECT_EQ(first.signatures_open, 1);
    const Applied second = house.act("trip", id, "approve", house.reviewer_b);
    EXPECT_EQ(second.state, "agreed");
    EXPECT_EQ(second.signatures_open, 0);
    const Entry entry = house.entry("trip", id);
    EXPECT_EQ(entry.fields.at("approved_on"), core::Json("2026-03-02"));
    EXPECT_EQ(entry.fields.at("days"), core::Json(1));
    EXPECT_EQ(entry.fields.at("double_days"), core::Json(2));
    EXPECT_EQ(entry.due_on, "");
    EXPECT_EQ(entry.revision, 4);
}

TEST_F(RegistersTest, AnActionOpensAnEntryOfAnotherRegisterWithItsCause) {
    const core::Id id = filed();
    house.act("trip", id, "approve", house.reviewer_a);
    const std::int64_t before = house.records();
    house.act("trip", id, "approve", house.reviewer_b);
    EXPECT_EQ(house.records(), before + 2);
    house.store->read([&](store::Reader& reader) {
        const auto last = house.journal.find(reader, House::kOrg, before + 1);
        ASSERT_TRUE(last.has_value());
        const journal::Draft draft = last->draft();
        EXPECT_EQ(draft.register_name, "note");
        ASSERT_TRUE(draft.caused_by.has_value());
        EXPECT_EQ(draft.caused_by->entry, id);
    });
}

TEST_F(RegistersTest, EveryKindOfFieldComesBackAsItWasSent) {
    const core::JsonObject fields = {
        {"place", "苏州"},
        {"days", 3},
        {"expense", core::JsonObject{{"minor", 12345}, {"currency", "CNY"}}},
        {"rate", "1.50"},
        {"tags", core::JsonArray{"urgent", "abroad"}},
        {"stops", core::JsonArray{core::JsonObject{{"town", "昆山"}, {"nights", 2}}}},
        {"guide", house.head.text()}
    };
    const core::Id id = house.open("trip", house.clerk, fields).entry;
    const Entry entry = house.entry("trip", id);
    for (const auto& field : fields) {
        EXPECT_EQ(entry.fields.at(field.key()), field.value()) << field.key();
    }
}

TEST_F(RegistersTest, OnePersonSignsOnceUnderWhateverPost) {
    const core::Id id = filed();
    house.act("trip", id, "approve", house.reviewer_a);
    EXPECT_EQ(
        house.refusal([&] { house.act("trip", id, "approve", house.reviewer_a); }),
        "signature.same_person"
    );
    house.delegate(house.post_of(house.reviewer_b, "reviewer"), house.reviewer_a);
    Request request;
    request.register_name = "trip";
    request.action = "approve";
    request.entry = id;
    request.revision = house.entry("trip", id).revision;
    request.post = house.post_of(house.reviewer_b, "reviewer");
    EXPECT_EQ(
        house.refusal([&] { house.send(house.reviewer_a, request); }), "signature.same_person"
    );
}

TEST_F(RegistersTest, ADelegateOfBothCountsAsOnePerson) {
    const core::Id id = filed();
    house.delegate(house.post_of(house.reviewer_a, "reviewer"), house.office_head);
    house.delegate(house.post_of(house.reviewer_b, "reviewer"), house.office_head);
    EXPECT_EQ(house.act("trip", id, "approve", house.office_head).signatures_open, 1);
    EXPECT_EQ(
        house.refusal([&] { house.act("trip", id, "approve", house.office_head); }),
        "signature.same_person"
    );
}

TEST_F(RegistersTest, WhoAppliedDoesNotApproveUnderAnyPost) {
    house.add_post(house.clerk, house.office, "reviewer");
    const core::Id id = filed();
    EXPECT_EQ(
        house.refusal([&] { house.act("trip", id, "approve", house.clerk); }), "signature.apart"
    );
}

TEST_F(RegistersTest, APaperSignatureCountsWhenASecondPersonHasComparedIt) {
    const core::Id id = filed();
    Request request;
    request.register_name = "trip";
    request.action = "approve";
    request.entry = id;
    request.revision = house.entry("trip", id).revision;
    request.paper = PaperSignature{
        .signer = house.reviewer_a,
        .signed_on = "2026-03-01",
        .words = "同意",
        .scan = std::string(64, 'a'),
        .compares = {}
    };
    EXPECT_EQ(
        house.refusal([&] { house.send(house.reviewer_a, request); }),
        "signature.recorder_is_signer"
    );
    EXPECT_EQ(house.send(house.office_clerk, request).signatures_open, 2);
    store::Rows rows;
    house.store->read([&](store::Reader& reader) {
        rows = reader.query({"test.find", "select id from d_signature"}, {});
    });
    ASSERT_EQ(rows.size(), 1U);
    request.revision = house.entry("trip", id).revision;
    request.paper = PaperSignature{
        .signer = {}, .signed_on = {}, .words = {}, .scan = {}, .compares = rows.front().id(0)
    };
    EXPECT_EQ(
        house.refusal([&] { house.send(house.office_clerk, request); }),
        "signature.comparer_is_recorder"
    );
    EXPECT_EQ(house.send(house.office_head, request).signatures_open, 1);
    EXPECT_EQ(house.act("trip", id, "approve", house.reviewer_b).state, "agreed");
}

TEST_F(RegistersTest, APenSignsForItsOwnPostAndNotUnderADelegation) {
    const core::Id id = filed();
    house.delegate(house.post_of(house.reviewer_a, "reviewer"), house.office_head);
    Request request;
    request.register_name = "trip";
    request.action = "approve";
    request.entry = id;
    request.revision = house.entry("trip", id).revision;
    request.paper = PaperSignature{
        .signer = house.office_head,
        .signed_on = "2026-03-02",
        .words = {},
        .scan = std::string(64, 'a'),
        .compares = {}
    };
    EXPECT_EQ(
        house.refusal([&] { house.send(house.office_clerk, request); }),
        "signature.signer_without_post"
    );
    request.paper->signer = house.reviewer_a;
    EXPECT_EQ(house.send(house.office_clerk, request).signatures_open, 2);
}

TEST_F(RegistersTest, AReturnInTheMiddleOfARoundVoidsItsSignatures) {
    const core::Id id = filed();
    house.act("trip", id, "approve", house.reviewer_a);
    const core::JsonObject inputs = {{"to", "draft"}, {"reason", "附件不清"}};
    EXPECT_EQ(house.act("trip", id, "send_back", house.reviewer_b, {}, inputs).state, "draft");
    house.act("trip", id, "file", house.clerk);
    EXPECT_EQ(house.entry("trip", id).number, "CC-2026-0001");
    EXPECT_EQ(house.act("trip", id, "approve", house.reviewer_a).signatures_open, 1);
}

TEST_F(RegistersTest, AReturnGoesOnlyToAStateTheEntryWasIn) {
    const core::Id id = filed();
    const core::JsonObject inputs = {{"to", "agreed"}, {"reason", "附件不清"}};
    EXPECT_EQ(
        house.refusal([&] { house.act("trip", id, "send_back", house.reviewer_b, {}, inputs); }),
        "action.not_an_earlier_state"
    );
}

TEST_F(RegistersTest, RefusalsNameWhatIsWrongAndLeaveNothing) {
    const core::Id id = house.open("trip", house.clerk, {{"place", "苏州"}}).entry;
    const std::int64_t before = house.records();
    const auto refused = [&](const char* action, const core::Id& who, core::JsonObject fields) {
        return house.refusal([&] { house.act("trip", id, action, who, std::move(fields)); });
    };
    EXPECT_EQ(refused("file", house.clerk, {}), "entry.incomplete field.required");
    EXPECT_EQ(refused("approve", house.reviewer_a, {}), "entry.wrong_state");
    EXPECT_EQ(refused("fly", house.clerk, {}), "action.not_found");
    EXPECT_EQ(refused("file", house.head, {}), "action.not_yours");
    EXPECT_EQ(refused("file", house.teacher, {}), "entry.not_found");
    EXPECT_EQ(
        refused("amend", house.clerk, {{"colour", "red"}}), "entry.invalid_fields field.unknown"
    );
    EXPECT_EQ(
        refused("amend", house.clerk, {{"approved_on", "2026-01-01"}}),
        "entry.invalid_fields field.not_in_action"
    );
    EXPECT_EQ(
        refused("amend", house.clerk, {{"place", std::string(21, 'x')}}),
        "entry.invalid_fields field.too_long"
    );
    EXPECT_EQ(
        refused("amend", house.clerk, {{"guide", core::Id{}.text()}}),
        "entry.invalid_fields field.no_such_person"
    );
    EXPECT_EQ(
        refused("amend", house.clerk, {{"earlier", house.clerk.text()}}),
        "entry.invalid_fields field.no_such_entry"
    );
    EXPECT_EQ(house.records(), before);
}

TEST_F(RegistersTest, AValueThatARuleGivesBeyondTheSafeIntegersIsRefused) {
    const core::Id id =
        house.open("trip", house.clerk, {{"place", "苏州"}, {"days", 4000000000000}}).entry;
    EXPECT_EQ(house.act("trip", id, "stretch", house.clerk).state, "draft");
    EXPECT_EQ(
        house.refusal([&] { house.act("trip", id, "stretch", house.clerk); }), "rule.wrong_type"
    );
}

TEST_F(RegistersTest, AStaleOrMissingRevisionIsRefused) {
    const core::Id id = filed();
    Request request;
    request.register_name = "trip";
    request.action = "approve";
    request.entry = id;
    EXPECT_EQ(
        house.refusal([&] { house.send(house.reviewer_a, request); }), "precondition.required"
    );
    request.revision = 1;
    EXPECT_EQ(house.refusal([&] { house.send(house.reviewer_a, request); }), "entry.stale");
}

TEST_F(RegistersTest, ACheckRefusesWithThePacksOwnSentence) {
    const core::Id id =
        house
            .open(
                "trip", house.clerk, {{"place", "苏州"}, {"leaves_on", "2026-04-01"}, {"days", 31}}
            )
            .entry;
    house.act("trip", id, "file", house.clerk);
    house.act("trip", id, "approve", house.reviewer_a);
    EXPECT_EQ(
        house.refusal([&] { house.act("trip", id, "approve", house.reviewer_b); }), "trip.too_long"
    );
    EXPECT_EQ(house.entry("trip", id).state, "review");
}

TEST_F(RegistersTest, ARepeatedKeyGetsTheFirstAnswerAndNoSecondEntry) {
    Request request;
    request.register_name = "trip";
    request.action = "open";
    request.fields = core::JsonObject{{"place", "苏州"}};
    request.idempotency_key = "k1";
    const Applied first = house.send(house.clerk, request);
    const Applied again = house.send(house.clerk, request);
    EXPECT_TRUE(again.repeated);
    EXPECT_EQ(again.entry, first.entry);
    request.fields = core::JsonObject{{"place", "无锡"}};
    EXPECT_EQ(house.refusal([&] { house.send(house.clerk, request); }), "idempotency.key_reused");
}

TEST_F(RegistersTest, BackfillNeedsADecisionItsRecorderAndItsChecker) {
    Decision decision{
        .id = core::make_id(house.clock.now(), house.random),
        .title = "补录旧台账",
        .paper = "云教〔2026〕1号",
        .registers = {"trip"},
        .from = *calendar::Date::parse("2023-01-01"),
        .to = *calendar::Date::parse("2025-12-31"),
        .recorder = house.office_clerk,
        .checker = house.office_head,
        .decided_on = *calendar::Date::parse("2026-03-01")
    };
    house.decide(decision);
    Request request;
    request.register_name = "trip";
    request.action = "backfill";
    request.unit = house.department;
    request.fields = core::JsonObject{{"place", "苏州"}, {"approved_on", "2024-05-01"}};
    request.backfill = Backfill{
        .decision = decision.id, .state = "agreed", .claimed_on = "2024-05-01", .paper = "旧1"
    };
    EXPECT_EQ(
        house.refusal([&] { house.send(house.office_head, request); }), "backfill.not_recorder"
    );
    const Applied done = house.send(house.office_clerk, request);
    EXPECT_EQ(done.state, "agreed");
    EXPECT_EQ(
        house.refusal([&] { house.act("trip", done.entry, "confirm_backfill", house.office_clerk); }
        ),
        "backfill.not_checker"
    );
    house.act("trip", done.entry, "confirm_backfill", house.office_head);
    request.backfill->claimed_on = "2026-05-01";
    EXPECT_EQ(
        house.refusal([&] { house.send(house.office_clerk, request); }), "backfill.outside_period"
    );
}

TEST_F(RegistersTest, ASecondVersionAddsAFieldWhileEntriesAreUnderWay) {
    const core::Id id = filed();
    declarations::SourceFile second = kTrip;
    second.text.insert(second.text.find("  days:"), "  colour: {type: text, max: 10}\n");
    declarations::SourceFile pack = kRegistersPack;
    pack.text.replace(pack.text.find("1.0.0"), 5, "1.1.0");
    house.adopt({pack, second, kNote});
    EXPECT_EQ(house.entry("trip", id).fields.at("colour"), core::Json(nullptr));
    house.act("trip", id, "approve", house.reviewer_a);
    EXPECT_EQ(house.act("trip", id, "approve", house.reviewer_b).state, "agreed");
}

TEST_F(RegistersTest, ASecondVersionAddsAListToARegisterThatHasLists) {
    const core::Id id = filed();
    declarations::SourceFile second = kTrip;
    second.text.insert(
        second.text.find("  days:"), "  meals: {type: rows, rows: {dish: {type: text}}}\n"
    );
    second.text.replace(second.text.find("tags, stops, guide"), 18, "tags, stops, meals, guide");
    declarations::SourceFile pack = kRegistersPack;
    pack.text.replace(pack.text.find("1.0.0"), 5, "1.1.0");
    house.adopt({pack, second, kNote});
    EXPECT_EQ(house.entry("trip", id).fields.at("meals"), core::Json(core::JsonArray{}));
    const core::JsonArray meals = {core::JsonObject{{"dish", "面"}}};
    const core::Id next =
        house.open("trip", house.clerk, {{"place", "无锡"}, {"meals", meals}}).entry;
    EXPECT_EQ(house.entry("trip", next).fields.at("meals"), core::Json(meals));
}

TEST_F(RegistersTest, AListShowsWhatOneReachesAndPagesThroughIt) {
    for (int i = 0; i < 7; ++i) {
        filed();
    }
    const Listing listing{*house.registers};
    house.store->read([&](store::Reader& reader) {
        ListRequest request;
        request.register_name = "trip";
        request.limit = 3;
        std::size_t seen = 0;
        for (int pages = 0; pages < 3; ++pages) {
            const Page page = listing.page(reader, house.actor(house.clerk), request);
            EXPECT_EQ(page.total.has_value(), pages == 0);
            seen += page.entries.size();
            request.cursor = page.next;
        }
        EXPECT_EQ(seen, 7U);
        EXPECT_TRUE(request.cursor.empty());
        request.cursor.clear();
        EXPECT_EQ(listing.page(reader, house.actor(house.teacher), request).entries.size(), 0U);
    });
}

// A cursor comes back from a client: bytes where a number stood ended as a failure of PostgreSQL.
TEST_F(RegistersTest, ACursorWithAValueOfAnotherKindIsRefused) {
    filed();
    filed();
    const Listing listing{*house.registers};
    house.store->read([&](store::Reader& reader) {
        ListRequest request;
        request.register_name = "trip";
        request.limit = 1;
        const Page page = listing.page(reader, house.actor(house.clerk), request);
        core::Json json = core::parse_json(crypto::base64url_decode(page.next).value());
        json.as_object().erase("v");
        json.as_object()["b"] = "AAAA";
        request.cursor = crypto::base64url_encode(core::canonical_json(json));
        const auto ask = [&] {
            static_cast<void>(listing.page(reader, house.actor(house.clerk), request));
        };
        EXPECT_EQ(House::refusal(ask), "cursor.malformed");
    });
}

TEST_F(RegistersTest, ANumberThatJsonCannotHoldExactlyIsRefused) {
    for (const std::int64_t days :
         {std::numeric_limits<std::int64_t>::min(), std::int64_t{1} << 60}) {
        const auto open = [&] {
            house.open("trip", house.clerk, {{"place", "Kunming"}, {"days", days}});
        };
        EXPECT_EQ(House::refusal(open), "entry.invalid_fields field.wrong_type");
    }
}

}  // namespace
}  // namespace duban::registers
