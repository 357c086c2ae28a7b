#include <algorithm>

#include "declarations/internal/differ.h"
#include "declarations/internal/words.h"

namespace duban::declarations {

namespace {

std::string text_of(FieldType type) {
    for (const auto& [word, known] : kFieldTypes) {
        if (known == type) {
            return std::string{word};
        }
    }
    return {};
}

std::string text_of(bool value) {
    return value ? "true" : "false";
}

bool is_written(FieldType type) {
    return type == FieldType::Text || type == FieldType::LongText;
}

const Field* find_named(const std::vector<Field>& fields, std::string_view name) {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

class FieldComparison {
public:
    FieldComparison(Differ& differ, std::string path, const Field& before, const Field& after)
        : differ_{differ}, path_{std::move(path)}, before_{before}, after_{after} {}

    void run() const {
        if (before_.name != after_.name) {
            differ_.add(
                path_, "difference.field_renamed", {{"from", before_.name}, {"to", after_.name}}
            );
        }
        compare_types();
        compare_values();
        compare_choices();
        if (before_.sealed != after_.sealed) {
            add("sealed",
                text_of(before_.sealed),
                text_of(after_.sealed),
                before_.sealed ? Effect::Loosens : Effect::Neutral);
        }
        if (before_.set_by != after_.set_by) {
            const auto word = [](SetBy by) { return by == SetBy::Person ? "person" : "procedure"; };
            add("set_by",
                word(before_.set_by),
                word(after_.set_by),
                after_.set_by == SetBy::Person ? Effect::Loosens : Effect::Neutral);
        }
        compare_fields(differ_, path_ + ".rows", before_.rows, after_.rows);
    }

private:
    /// Text of both kinds lies in the same column; no value of another type can be brought over.
    void compare_types() const {
        const FieldType was = effective(before_);
        const FieldType is = effective(after_);
        if (was == is && before_.type == after_.type) {
            return;
        }
        const bool written = is_written(before_.type) && is_written(after_.type);
        const Effect rewritten = is == FieldType::LongText ? Effect::Neutral : Effect::LosesData;
        add("type",
            text_of(before_.type),
            text_of(after_.type),
            written ? rewritten : Effect::Unmovable);
    }

    static FieldType effective(const Field& field) {
        return field.type == FieldType::Computed ? field.computed_type : field.type;
    }

    void add(const char* key, std::string from, std::string to, Effect effect) const {
        differ_.add(
            path_ + "." + key,
            "difference.field_changed",
            {{"field", after_.name}, {"key", key}, {"from", std::move(from)}, {"to", std::move(to)}
            },
            effect
        );
    }

    void compare_values() const {
        if (before_.required != after_.required) {
            add("required",
                text_of(before_.required),
                text_of(after_.required),
                before_.required ? Effect::Loosens : Effect::Neutral);
        }
        const bool same_type = before_.type == after_.type;
        if (same_type && before_.max != after_.max) {
            add("max",
                std::to_string(before_.max),
                std::to_string(after_.max),
                after_.max < before_.max ? Effect::LosesData : Effect::Neutral);
        }
        if (same_type && before_.scale != after_.scale) {
            add("scale",
                std::to_string(before_.scale),
                std::to_string(after_.scale),
                Effect::Unmovable);
        }
        if (same_type && before_.to != after_.to) {
            add("to", before_.to, after_.to, Effect::Unmovable);
        }
        if (same_type && before_.many != after_.many) {
            add("many", text_of(before_.many), text_of(after_.many), Effect::Unmovable);
        }
        if (before_.expression != after_.expression) {
            add("expression", before_.expression, after_.expression, Effect::Neutral);
        }
    }

    void compare_choices() const {
        if (before_.type != after_.type) {
            return;
        }
        const auto codes = [](const Field& field) {
            std::vector<std::string> all;
            for (const Choice& choice : field.choices) {
                all.push_back(choice.code);
            }
            return all;
        };
        const auto gone = fallen(codes(before_), codes(after_));
        const auto added = fallen(codes(after_), codes(before_));
        if (!gone.empty() || !added.empty()) {
            add("choices",
                listed(codes(before_)),
                listed(codes(after_)),
                gone.empty() ? Effect::Neutral : Effect::LosesData);
        }
    }

    Differ& differ_;
    std::string path_;
    const Field& before_;
    const Field& after_;
};

/// Whether `field` takes over values although its name, or the one it had, is used on both sides.
bool overlaps(
    const std::vector<Field>& before,
    const std::vector<Field>& after,
    const Field& field,
    const Field& former
) {
    if (former.name == field.name) {
        // Its own values stay, and those of the field that it says it was would be nobody's.
        return !field.was.empty() && field.was != field.name &&
               find_named(before, field.was) != nullptr && find_named(after, field.was) == nullptr;
    }
    return std::ranges::count_if(after, [&](const Field& one) {
               return find_former(before, one) == &former;
           }) > 1;
}

}  // namespace

const Field* find_former(const std::vector<Field>& before, const Field& field) {
    const Field* same = find_named(before, field.name);
    return same == nullptr && !field.was.empty() ? find_named(before, field.was) : same;
}

void compare_fields(
    Differ& differ,
    const std::string& path,
    const std::vector<Field>& before,
    const std::vector<Field>& after
) {
    std::vector<const Field*> continued;
    for (const Field& field : after) {
        const std::string place = path + "." + field.name;
        const Field* former = find_former(before, field);
        if (former == nullptr) {
            differ.add(place, "difference.field_added", {{"field", field.name}});
        } else {
            continued.push_back(former);
            if (overlaps(before, after, field, *former)) {
                differ.add(
                    place,
                    "difference.field_renamed",
                    {{"from", field.was}, {"to", field.name}},
                    Effect::Unmovable
                );
                continue;
            }
            FieldComparison{differ, place, *former, field}.run();
        }
    }
    for (const Field& field : before) {
        if (std::find(continued.begin(), continued.end(), &field) == continued.end()) {
            differ.add(
                path + "." + field.name,
                "difference.field_removed",
                {{"field", field.name}},
                Effect::LosesData
            );
        }
    }
}

}  // namespace duban::declarations
