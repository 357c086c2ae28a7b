// The closed lists of words of the language, each with what it means.

#pragma once

#include <array>
#include <span>
#include <string_view>
#include <utility>

#include "declarations/model.h"

namespace duban::declarations {

template <typename Meaning>
using Words = std::span<const std::pair<std::string_view, Meaning>>;

inline constexpr std::array kFieldTypes = std::to_array<std::pair<std::string_view, FieldType>>({
    {"text", FieldType::Text},
    {"long_text", FieldType::LongText},
    {"integer", FieldType::Integer},
    {"decimal", FieldType::Decimal},
    {"money", FieldType::Money},
    {"boolean", FieldType::Boolean},
    {"date", FieldType::Date},
    {"moment", FieldType::Moment},
    {"choice", FieldType::Choice},
    {"person", FieldType::Person},
    {"unit", FieldType::Unit},
    {"link", FieldType::Link},
    {"links", FieldType::Links},
    {"file", FieldType::File},
    {"rows", FieldType::Rows},
    {"computed", FieldType::Computed},
});

inline constexpr std::array kResultTypes = std::to_array<std::pair<std::string_view, FieldType>>({
    {"integer", FieldType::Integer},
    {"text", FieldType::Text},
    {"boolean", FieldType::Boolean},
    {"date", FieldType::Date},
});

inline constexpr std::array kParameterTypes =
    std::to_array<std::string_view>({"integer", "text", "boolean", "date"});

inline constexpr std::array kSetBy = std::to_array<std::pair<std::string_view, SetBy>>({
    {"person", SetBy::Person},
    {"procedure", SetBy::Procedure},
});

inline constexpr std::array kRolePlaces = std::to_array<std::pair<std::string_view, RolePlace>>({
    {"unit", RolePlace::Unit},
    {"parent", RolePlace::Parent},
    {"district", RolePlace::District},
    {"office", RolePlace::Office},
    {"leader", RolePlace::Leader},
    {"self", RolePlace::Self},
    {"outside", RolePlace::Outside},
});

inline constexpr std::array kSignatureKinds =
    std::to_array<std::pair<std::string_view, SignatureKind>>({
        {"own", SignatureKind::Own},
        {"delegated", SignatureKind::Delegated},
        {"paper", SignatureKind::Paper},
    });

inline constexpr std::array kTermUnits =
    std::to_array<std::pair<std::string_view, calendar::TermUnit>>({
        {"days", calendar::TermUnit::Days},
        {"workdays", calendar::TermUnit::Workdays},
        {"months", calendar::TermUnit::Months},
    });

inline constexpr std::array kControlKinds =
    std::to_array<std::pair<std::string_view, ControlKind>>({
        {"fact", ControlKind::Fact},
        {"hint", ControlKind::Hint},
        {"invariant", ControlKind::Invariant},
        {"figure", ControlKind::Figure},
    });

inline constexpr std::array kControlScopes =
    std::to_array<std::pair<std::string_view, ControlScope>>({
        {"entry", ControlScope::Entry},
        {"register", ControlScope::Register},
    });

inline constexpr std::array kSeverities =
    std::to_array<std::string_view>({"low", "medium", "high"});
inline constexpr std::array kEvery = std::to_array<std::string_view>({"change", "day", "week"});

/// What a view may show beside the register's fields.
inline constexpr std::array kEntryColumns =
    std::to_array<std::string_view>({"number", "unit", "state", "opened_at", "changed_at", "due"});
inline constexpr std::array kEntryFilters =
    std::to_array<std::string_view>({"unit", "state", "due"});
inline constexpr std::array kEntrySorts =
    std::to_array<std::string_view>({"number", "unit", "state", "opened_at", "changed_at", "due"});

}  // namespace duban::declarations
