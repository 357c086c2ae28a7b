#include "values.h"

#include <algorithm>

#include "text/utf8.h"

namespace duban::history {

namespace {

using declarations::Field;
using declarations::FieldType;

const std::vector<std::string>& vocabulary() {
    static const std::vector<std::string> kWords = {
        "督查",    "整改",       "苏州调研", "财务处", "销号",    "回头看", "基金会",     "ＡＢＣ",
        "１２３",  "𠮷野家",     "😀",       "é",      "e\u0301", "naïve",  "CAFÉ",       "ß",
        "o'brien", "\"quoted\"", "100%",     "a_b",    "\\n",     "--",     "；",         "——",
        "1.2.3",   "ZG-2026",    "(一)",     "一是",   "Ⅳ",       "㈠",     "ｶﾅ",         "한글",
        "Ω",       "ﬁne",        "x\u200Dy", "督 查",  "2026年",  "B",      "a",          "b",
        "A",       "Z",          "~",        "0",      "中共",    "教育局", "第四十四条", "report",
        "Report",  "null",       "true",     "select", ";drop",   "$1"
    };
    return kWords;
}

}  // namespace

std::string Values::words(std::size_t characters_max) {
    std::string out;
    const std::size_t count = 1 + chance_.below(characters_max > 100 ? 12 : 4);
    for (std::size_t i = 0; i < count; ++i) {
        const std::string& word = chance_.one_of(vocabulary());
        const std::string longer = out.empty() ? word : out + " " + word;
        if (text::length(longer) > characters_max) {
            break;
        }
        out = longer;
    }
    return out;
}

std::string Values::day(int before, int after) {
    return town_.today().plus_days(static_cast<int>(chance_.between(-before, after))).text();
}

std::string Values::file(const core::Id& person) {
    if (!hashes_.empty() && chance_.percent(8)) {
        return chance_.one_of(hashes_);
    }
    if (chance_.percent(2)) {
        return std::string(64, 'a');
    }
    hashes_.push_back(town_.upload(person, "evidence " + chance_.bytes(12)));
    return hashes_.back();
}

core::Json Values::number() {
    switch (chance_.below(8)) {
        case 0: return 0;
        case 1: return -chance_.between(1, 50);
        case 2: return std::int64_t{9007199254740992};
        default: return chance_.between(1, 40);
    }
}

core::Json Values::money() {
    static const std::vector<std::string> kCurrencies = {"CNY", "CNY", "USD"};
    return core::JsonObject{
        {"minor", chance_.between(-500, 300000)}, {"currency", chance_.one_of(kCurrencies)}
    };
}

core::Json Values::entry_of(const std::string& register_name) {
    std::vector<core::Id> there;
    for (auto one = made_.rbegin(); one != made_.rend() && there.size() < 40; ++one) {
        if (one->register_name == register_name) {
            there.push_back(one->entry);
        }
    }
    return there.empty() ? core::Json(nullptr) : core::Json(chance_.one_of(there).text());
}

core::Json Values::list(const Field& field, const core::Id& person) {
    core::JsonArray out;
    const std::size_t count = chance_.below(4);
    Field element = field;
    element.many = false;
    element.type = field.type == FieldType::Links ? FieldType::Link : field.type;
    for (std::size_t i = 0; i < count; ++i) {
        if (field.type == FieldType::Rows) {
            core::JsonObject row;
            for (const Field& column : field.rows) {
                if (column.required || chance_.percent(40)) {
                    row[column.name] = of(column, person);
                }
            }
            out.push_back(std::move(row));
            continue;
        }
        core::Json value = of_type(element, person);
        const bool there = std::find(out.begin(), out.end(), value) != out.end();
        if (!value.is_null() && (!there || chance_.percent(5))) {
            out.push_back(std::move(value));
        }
    }
    return out;
}

core::Json Values::of_type(const Field& field, const core::Id& person) {
    const auto limit = [&](std::int64_t otherwise) {
        return static_cast<std::size_t>(field.max > 0 ? field.max : otherwise);
    };
    switch (field.type) {
        case FieldType::Text: return core::Json(words(limit(100)));
        case FieldType::LongText: {
            std::string text = words(limit(400));
            return core::Json(chance_.percent(20) ? text + "\n\t" + words(10) : text);
        }
        case FieldType::Integer: return number();
        case FieldType::Decimal: {
            const std::string whole = std::to_string(chance_.between(-99, 999));
            return core::Json(chance_.percent(50) ? whole : whole + ".5");
        }
        case FieldType::Money: return money();
        case FieldType::Boolean: return core::Json(chance_.percent(50));
        case FieldType::Date: return core::Json(day(120, 400));
        case FieldType::Moment:
            return core::to_ms(town_.house.clock.now()) + chance_.between(-100000000, 100000000);
        case FieldType::Choice:
            return field.many ? list(field, person)
                              : core::Json(chance_.one_of(field.choices).code);
        case FieldType::Person: return core::Json(chance_.one_of(town_.people()).text());
        case FieldType::Unit:
            return core::Json(chance_.one_of(town_.directory()->units()).id.text());
        case FieldType::Link: return entry_of(field.to);
        case FieldType::File: return core::Json(file(person));
        case FieldType::Links:
        case FieldType::Rows: return list(field, person);
        case FieldType::Computed: break;
    }
    return 1;  // of a computed field: nobody may send it
}

/// Of another type, too long, unknown, or with a control character.
core::Json Values::wrong(const Field& field) {
    switch (chance_.below(5)) {
        case 0: return core::JsonObject{{"x", 1}};
        case 1: return core::Json(std::string(21000, 'l'));
        case 2: return core::Json("bell\a");
        case 3: return core::Json("01932f6e-0c4a-7cc1-a3c1-6d1f2f3d9a10");
        default: break;
    }
    return field.type == FieldType::Integer ? core::Json("7") : core::Json(7);
}

core::Json Values::of(const Field& field, const core::Id& person) {
    const std::size_t way = chance_.below(200);
    if (way < 1) {
        return wrong(field);
    }
    if (way < 3) {
        return nullptr;
    }
    return of_type(field, person);
}

}  // namespace duban::history
