#include "declarations/model.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "declarations/reading.h"

namespace duban::declarations {
namespace {

Pack pack_of(const std::string& head, const std::vector<std::string>& registers) {
    std::vector<SourceFile> files = {{.path = "pack.yaml", .text = head}};
    for (std::size_t at = 0; at < registers.size(); ++at) {
        files.push_back(
            {.path = "registers/r" + std::to_string(at) + ".yaml", .text = registers[at]}
        );
    }
    Loaded loaded = read_pack(files);
    EXPECT_TRUE(loaded.pack.has_value());
    return loaded.pack.value_or(Pack{});
}

std::string chained(const std::string& name, const std::string& next) {
    return "register: " + name +
           "\nfields: {note: {type: text}, next_one: {type: link, to: " + next +
           "}}\nprocedure:\n  initial: kept\n  states: {kept: }\n  actions:\n"
           "    open: {by: self}\n    pass: {from: kept, by: self, acts: [{on: next_one, "
           "action: pass}]}\n";
}

std::vector<std::string> codes_of(const std::vector<Fault>& faults) {
    std::vector<std::string> codes;
    for (const Fault& fault : faults) {
        codes.push_back(fault.code);
    }
    return codes;
}

const std::string kEnd =
    "register: last_one\nfields: {note: {type: text}}\nprocedure:\n  initial: kept\n"
    "  states: {kept: }\n  actions:\n    open: {by: self}\n    pass: {from: kept, by: procedure}\n";

TEST(Model, FindsRegistersAcrossPacks) {
    const Model model{
        {pack_of(
             "name: one\nversion: 1.0.0\nmessages: {a1.b1: {en: Said.}}\n",
             {chained("first_one", "last_one")}
         ),
         pack_of(
             "name: two\nversion: 1.0.0\nparameters: {p1: {type: integer, default: 1}}\n", {kEnd}
         )}
    };
    ASSERT_NE(model.find_register("last_one"), nullptr);
    EXPECT_EQ(model.find_register("last_one")->pack, "two");
    EXPECT_EQ(model.find_register("nowhere"), nullptr);
    EXPECT_EQ(model.registers().size(), 2U);
    EXPECT_EQ(model.find_message("a1.b1")->in("en"), "Said.");
    EXPECT_NE(model.find_parameter("two", "p1"), nullptr);
    EXPECT_EQ(model.find_parameter("one", "p1"), nullptr);
    EXPECT_TRUE(check_model(model).empty());
}

TEST(Model, LetsEffectsReachThreeDeepAndNoFurther) {
    const std::string head = "name: one\nversion: 1.0.0\n";
    const std::vector<std::string> three = {
        chained("a1", "a2"), chained("a2", "a3"), chained("a3", "last_one"), kEnd
    };
    EXPECT_TRUE(check_model(Model{{pack_of(head, three)}}).empty());
    std::vector<std::string> four = three;
    four.push_back(chained("a0", "a1"));
    EXPECT_EQ(
        codes_of(check_model(Model{{pack_of(head, four)}})),
        std::vector<std::string>{"effects.too_deep"}
    );
}

TEST(Model, NamesWhatTwoPacksBothDeclare) {
    const Pack pack = pack_of(
        "name: one\nversion: 1.0.0\nroles: {clerk: {en: Clerk}}\nmessages: {a1.b1: {en: Said.}}\n",
        {kEnd}
    );
    const auto codes = codes_of(check_model(Model{{pack, pack}}));
    for (const auto* code : {"pack.twice", "role.twice", "message.twice", "register.twice"}) {
        EXPECT_NE(std::find(codes.begin(), codes.end(), code), codes.end()) << code;
    }
}

TEST(Role, IsWrittenAsItIsRead) {
    EXPECT_EQ((Role{.place = RolePlace::District, .name = "head"}.text()), "district.head");
    EXPECT_EQ((Role{.place = RolePlace::Self, .name = {}}.text()), "self");
    EXPECT_EQ(find_signature_kind("paper"), SignatureKind::Paper);
    EXPECT_EQ(find_signature_kind("ink"), std::nullopt);
    EXPECT_EQ(text_of(SignatureKind::Delegated), "delegated");
}

TEST(Model, WarnsOfWhatReadsWellAndServesNothing) {
    const std::vector<SourceFile> files = {
        {.path = "pack.yaml", .text = "name: one\nversion: 1.0.0\n"},
        {.path = "remarks.txt", .text = "for later\n"},
        {.path = "controls/idle.sql",
         .text = "-- register: leave · kind: hint\nselect id, 'idle' as reason from leave\n"},
        {.path = "registers/leave.yaml",
         .text = "register: leave\nfields: {note: {type: text}, left_on: {type: date, set_by: "
                 "procedure}}\nprocedure:\n  initial: kept\n  states: {kept: , held: , dropped: "
                 "{ended_otherwise: true}}\n  actions:\n    open: {by: self}\n    drop: {from: "
                 "kept, to: dropped, by: self}\n    hold: {from: [kept, held], to: held, by: "
                 "self}\n    amend: {from: dropped, by: self, fields: note}\n"}
    };
    const Loaded loaded = read_pack(files);
    ASSERT_TRUE(loaded.pack.has_value());
    std::vector<std::string> codes = codes_of(loaded.faults);
    Pack other = *loaded.pack;
    other.name = "two";
    other.registers.clear();
    for (const std::string& code : codes_of(check_model(Model{{*loaded.pack, other}}))) {
        codes.push_back(code);
    }
    for (const char* code :
         {"action.changes_what_ended",
          "control.reasons_missing",
          "control.twice",
          "field.never_set",
          "pack.stray_file",
          "state.final_unsaid"}) {
        EXPECT_NE(std::find(codes.begin(), codes.end(), code), codes.end()) << code;
    }
}

TEST(Model, StateInWhichAnActionStaysIsFinalOrNotAsItSays) {
    for (const auto& [said, is_final] :
         {std::pair{"{final: true}", true}, {"{final: false}", false}}) {
        const Loaded loaded = read_pack(std::vector<SourceFile>{
            {.path = "pack.yaml", .text = "name: one\nversion: 1.0.0\n"},
            {.path = "registers/leave.yaml",
             .text = "register: leave\nfields: {note: {type: text}}\nprocedure:\n  initial: kept\n"
                     "  states: {kept: " +
                     std::string{said} +
                     "}\n  actions:\n    open: {by: self}\n"
                     "    assess: {from: kept, by: self}\n"}
        });
        ASSERT_TRUE(loaded.pack.has_value()) << said;
        const auto codes = codes_of(loaded.faults);
        EXPECT_EQ(std::ranges::count(codes, "state.final_unsaid"), 0) << said;
        EXPECT_EQ(loaded.pack->registers[0].procedure.find_state("kept")->final, is_final);
    }
}

}  // namespace
}  // namespace duban::declarations
