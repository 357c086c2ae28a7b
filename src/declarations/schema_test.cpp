#include <cstdlib>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "core/json.h"
#include "declarations/internal/faults.h"
#include "declarations/internal/names.h"
#include "declarations/reading.h"

namespace duban::declarations {
namespace {

TEST(Schema, IsTheOneThatIsShipped) {
    const char* root = std::getenv("DUBAN_SOURCE_DIR");
    std::ifstream file{std::string{root == nullptr ? "." : root} + "/schemas/register.schema.json"};
    std::stringstream text;
    text << file.rdbuf();
    EXPECT_EQ(
        core::canonical_json(core::parse_json(text.str())), core::canonical_json(register_schema())
    ) << core::json_text(register_schema());
}

TEST(Schema, DefinesEveryKindItRefersTo) {
    const core::Json schema = register_schema();
    const core::Json* definitions = core::find_member(schema, "$defs");
    ASSERT_NE(definitions, nullptr);
    const std::string text = core::json_text(schema);
    constexpr std::string_view kBefore = "\"#/$defs/";
    for (auto at = text.find(kBefore); at != std::string::npos; at = text.find(kBefore, at)) {
        at += kBefore.size();
        const std::string kind = text.substr(at, text.find('"', at) - at);
        EXPECT_NE(core::find_member(*definitions, kind), nullptr) << kind;
    }
}

TEST(Sentences, AreSortedAndComplete) {
    const auto all = sentences();
    for (std::size_t at = 1; at < all.size(); ++at) {
        EXPECT_LT(all[at - 1].first, all[at].first);
    }
    EXPECT_EQ(
        sentence_of("key.unknown", {{"name", "feilds"}, {"nearest", "fields"}}),
        "There is no key \"feilds\" here. Remove it or correct it. Did you mean \"fields\"?"
    );
}

TEST(Names, KnowsKeywordsOfBothDatabases) {
    for (const auto* word :
         {"order", "end", "user", "glob", "authorization", "value", "location"}) {
        EXPECT_TRUE(is_keyword(word)) << word;
    }
    EXPECT_FALSE(is_keyword("person"));
    EXPECT_TRUE(is_reserved_column("opened_by"));
    EXPECT_TRUE(is_language_tag("zh-Hant-TW"));
    EXPECT_FALSE(is_language_tag("zh-"));
    EXPECT_FALSE(is_language_tag("english!"));
}

TEST(Names, FindsTheNearest) {
    constexpr std::string_view kKnown[] = {"fields", "from", "need"};
    EXPECT_EQ(nearest("feilds", kKnown), "fields");
    EXPECT_EQ(nearest("form", kKnown), "from");
    EXPECT_EQ(nearest("colour", kKnown), std::nullopt);
}

}  // namespace
}  // namespace duban::declarations
