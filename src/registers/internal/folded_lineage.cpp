#include "registers/internal/folded_lineage.h"

#include <algorithm>

#include "declarations/reading.h"
#include "rules/columns.h"

namespace duban::registers {

namespace {

using declarations::Field;
using declarations::find_former;
using declarations::Register;
using Epoch = FoldedLineage::Epoch;
using Names = std::map<std::string, std::string>;

/// What a version calls its fields, and the columns of its rows, against what they are called now.
struct Called {
    Names fields;
    std::map<std::string, Names> columns;  ///< by the field's name now
};

Names same_names(const std::vector<Field>& fields) {
    Names names;
    for (const Field& field : fields) {
        names[field.name] = field.name;
    }
    return names;
}

Called same_names(const Register& declared) {
    Called called{.fields = same_names(declared.fields), .columns = {}};
    for (const Field& field : declared.fields) {
        if (field.type == declarations::FieldType::Rows) {
            called.columns[field.name] = same_names(field.rows);
        }
    }
    return called;
}

/// What `before` called the fields that `after` calls as `names` says.
Names names_before(
    const std::vector<Field>& before, const std::vector<Field>& after, const Names& names
) {
    Names out;
    for (const Field& field : after) {
        const Field* old = find_former(before, field);
        const auto now = names.find(field.name);
        if (old != nullptr && now != names.end()) {
            out[old->name] = now->second;
        }
    }
    return out;
}

Called names_before(const Register& before, const Register& after, const Called& called) {
    Called out{.fields = names_before(before.fields, after.fields, called.fields), .columns = {}};
    for (const Field& field : after.fields) {
        const Field* old = find_former(before.fields, field);
        const auto now = called.fields.find(field.name);
        if (old == nullptr || now == called.fields.end()) {
            continue;
        }
        if (const auto columns = called.columns.find(now->second);
            columns != called.columns.end()) {
            out.columns[now->second] = names_before(old->rows, field.rows, columns->second);
        }
    }
    return out;
}

/// As fill_defaults() does it in the migration.
void add_fills(Epoch& epoch, const Register& before) {
    for (const Field& field : epoch.declared->fields) {
        const auto now = epoch.fields.find(field.name);
        if (field.required && field.initial && !rules::has_child_table(field) &&
            now != epoch.fields.end() && find_former(before.fields, field) == nullptr) {
            epoch.fills.emplace_back(now->second, *field.initial);
        }
    }
}

std::set<std::string> changed_actions(const LawVersion& version, const std::string& name) {
    constexpr std::string_view kActions = "procedure.actions.";
    std::set<std::string> actions;
    for (const declarations::Difference& difference : version.differences) {
        const std::string& path = difference.path;
        if (difference.register_name == name && path.starts_with(kActions)) {
            const std::size_t end = path.find('.', kActions.size());
            actions.insert(path.substr(kActions.size(), end - kActions.size()));
        }
    }
    return actions;
}

}  // namespace

FoldedLineage::FoldedLineage(const FoldedLaw& law, const Register& declared)
    : law_{law}, declared_{&declared} {
    // From the program's declaration backwards: names are followed from what they are now.
    const std::vector<LawVersion>& versions = law.versions(declared.pack);
    const Register* after = &declared;
    Called called = same_names(declared);
    for (auto version = versions.rbegin(); version != versions.rend(); ++version) {
        Epoch epoch{
            .position = version->position,
            .declared = version->pack ? find_former(*version->pack, *after) : nullptr,
            .fields = {},
            .columns = {},
            .fills = {},
            .voided = {}
        };
        if (epoch.declared != nullptr) {
            called = names_before(*epoch.declared, *after, called);
            after = epoch.declared;
            epoch.voided = changed_actions(*version, epoch.declared->name);
        }
        epoch.fields = called.fields;
        epoch.columns = called.columns;
        epochs_.push_back(std::move(epoch));
    }
    std::reverse(epochs_.begin(), epochs_.end());
    for (std::size_t i = 1; i < epochs_.size(); ++i) {
        if (epochs_[i].declared != nullptr && epochs_[i - 1].declared != nullptr) {
            add_fills(epochs_[i], *epochs_[i - 1].declared);
        }
    }
    for (const Epoch& epoch : epochs_) {
        if (epoch.declared != nullptr &&
            std::ranges::find(names_, epoch.declared->name) == names_.end()) {
            names_.push_back(epoch.declared->name);
        }
    }
    if (names_.empty() || names_.back() != declared.name) {
        std::erase(names_, declared.name);
        names_.push_back(declared.name);
    }
}

const Epoch* FoldedLineage::find_epoch(std::int64_t position) const {
    const Epoch* found = nullptr;
    for (const Epoch& epoch : epochs_) {
        if (epoch.position < position) {
            found = &epoch;
        }
    }
    return found;
}

}  // namespace duban::registers
